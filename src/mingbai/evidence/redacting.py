"""A file before it is published: every text in it, what must be masked and why, and what no machine could see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mingbai.evidence.file_texts import Read, Text, plain_text
from mingbai.evidence.masking import Personal, Place, places
from mingbai.evidence.office_files import OfficeFile
from mingbai.evidence.pdf_texts import pdf_read
from mingbai.evidence.picture_texts import LOOKED, printed, told
from mingbai.evidence.rules import MAX_BYTES
from mingbai.kernel import Refused

FILE_NAME = "文件名"
LOCATED = "照片属性 GPS"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True)
class Report:
    """What was found in a file of a `kind` (text, docx, xlsx, pdf, image); `unseen` says what no machine looked at."""

    kind: str
    places: tuple[Place, ...]
    unseen: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For machines. Nothing of what was found is repeated, only where it stands."""
        found = [one.as_dict() for one in self.places]
        release = "refused" if found else "person" if self.unseen else "free"
        return {"kind": self.kind, "release": release, "places": found, "unseen": list(self.unseen)}

    def plain(self, titles: Mapping[str, str] | None = None) -> str:
        """One line for each place and each thing that was not looked at; `titles` are the names of laws by their ids."""
        lines = [_line(one, titles or {}) for one in self.places]
        return "\n".join([*(lines or ["没有找到要遮的。"]), *(f"没有看过：{one}" for one in self.unseen)])


def _line(one: Place, titles: Mapping[str, str]) -> str:
    rule = one.rule
    why = f"{rule.title}（{rule.why}；{rule.basis.text(titles)}）"
    return f"{one.field} 第 {one.start + 1}—{one.end} 个字：{why}。{rule.remedy}"


def inspect(content: bytes, name: str = "", let: Collection[Personal] = ()) -> Report:
    """Everything that must be masked in a file and in its name; `let` are the kinds that its publication lets through.

    Raises:
        Refused: no format that is known, damaged, locked, or too large.
    """
    read = texts_of(content)
    texts = [*([Text(FILE_NAME, name.rpartition(".")[0] or name)] if name else []), *read.texts]
    found = [one for text in texts for one in places(text.field, text.text, let)]
    if read.located and Personal.address not in let:
        found.append(Place(LOCATED, Personal.address, 0, 0))
    return Report(read.kind, tuple(found), read.unseen)


def kind_of(content: bytes) -> str:
    """text, office (docx, xlsx), pdf or image, told by the first bytes.

    Raises:
        Refused: empty, or larger than 12 MB.
    """
    if not content or len(content) > MAX_BYTES:
        raise Refused("这个文件是空的，或者超过 12 兆", remedy="分成几份再查")
    if content.startswith(_PICTURES):
        return "image"
    return (
        "pdf" if content.startswith(b"%PDF-") else "office" if content.startswith(b"PK\x03\x04") else "text"
    )


def texts_of(content: bytes) -> Read:
    """The texts of a file. Raises `Refused` as `inspect` does."""
    match kind_of(content):
        case "image":
            return _picture(content)
        case "pdf":
            return pdf_read(content)
        case "office":
            return _office(content)
    return Read("text", (Text("正文", plain_text(content)),))


def _office(content: bytes) -> Read:
    file = OfficeFile(content)
    texts = tuple(Text(block.where, block.text) for block in file.blocks())
    pictures = (f"图 {name}：图里的字、人脸、签名要人看" for name in file.pictures)
    return Read(file.kind, texts, (*pictures, *(f"夹带的 {name}：读不了" for name in file.foreign)))


def _picture(content: bytes) -> Read:
    around, located = told(content)
    lines, unread = printed(content)
    texts = tuple(Text(f"照片里第 {number} 行字", line.text) for number, line in enumerate(lines, 1))
    return Read("image", (*around, *texts), (*([unread] if unread else []), LOOKED), located)


__all__ = ["Report", "inspect", "kind_of", "texts_of"]
