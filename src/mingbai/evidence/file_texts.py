"""A text and the part of a file that it stands in; a text file as offices here write it."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.kernel import Refused


@dataclass(frozen=True)
class Text:
    """A text and where it stands in the file, as a clerk would look for it."""

    field: str
    text: str


@dataclass(frozen=True)
class Read:
    """What was read: the format, its texts, and in plain words what of it no machine could read.

    `located` says that the file tells where pictures were taken.
    """

    kind: str
    texts: tuple[Text, ...]
    unseen: tuple[str, ...] = ()
    located: bool = False


def plain_text(content: bytes) -> str:
    """A text file as UTF-8 or GB 18030.

    Raises:
        Refused: neither, or it has bytes that no text has.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(
        "认不出这是什么文件", remedy="只看文字、Word（docx）、Excel（xlsx）、PDF 和照片（JPG、PNG）"
    )
