"""Every text of a file, with the name of the part it stands in. Bounded: what is too large is refused, never cut."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.evidence.rules import MAX_BYTES
from mingbai.kernel import Refused


@dataclass(frozen=True)
class Text:
    """A text and where it stands in the file, as a clerk would look for it."""

    field: str
    text: str


@dataclass(frozen=True)
class Read:
    """What was read: the format, its texts, and in plain words what of it no machine could read."""

    kind: str
    texts: tuple[Text, ...]
    unseen: tuple[str, ...] = ()


def texts_of(content: bytes) -> Read:
    """The texts of a file, told apart by its bytes.

    Raises:
        Refused: empty, larger than 12 MB, damaged, locked, or no format that is known.
    """
    if not content or len(content) > MAX_BYTES:
        raise Refused("这个文件是空的，或者超过 12 兆", remedy="分成几份再查")
    return Read("text", (Text("正文", plain_text(content)),))


def plain_text(content: bytes) -> str:
    """A text file as UTF-8 or GB 18030, as offices here write it.

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
