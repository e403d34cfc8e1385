"""Masked copies of files: what was found is covered in the text itself, or the page is made again from its pixels."""

from __future__ import annotations

from mingbai.evidence.file_texts import plain_text, texts_of
from mingbai.evidence.recognising import hidden, recognise
from mingbai.kernel import Refused


def masked_copy(content: bytes) -> bytes:
    """The file with everything personal covered that a machine found.

    Raises:
        Refused: the format cannot be masked here; then a person prints it and masks a photograph.
    """
    if texts_of(content).kind != "text":
        raise Refused("这种文件不能直接遮", remedy="打印出来拍成照片，在照片上遮")
    text = plain_text(content)
    return hidden(text, recognise(text)).encode()
