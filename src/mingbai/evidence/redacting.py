"""A file before it is published: every text in it, what must be masked and why, what a machine could not see; a masked copy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mingbai.evidence.file_texts import Text, texts_of
from mingbai.evidence.masked_files import masked_copy
from mingbai.evidence.masking import Personal, Place, places

__all__ = ["Report", "inspect", "masked_copy"]

FILE_NAME = "文件名"


@dataclass(frozen=True)
class Report:
    """What was found in a file of a `kind` (text, docx, xlsx, pdf, image); `unseen` says what no machine looked at."""

    kind: str
    places: tuple[Place, ...]
    unseen: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For machines. Nothing of what was found is repeated, only where it stands."""
        found = [one.as_dict() for one in self.places]
        return {
            "kind": self.kind,
            "release": "refused" if found else "person",
            "places": found,
            "unseen": list(self.unseen),
        }

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
    texts = [*([Text(FILE_NAME, name.rpartition(".")[0])] if name else []), *read.texts]
    return Report(
        read.kind, tuple(one for text in texts for one in places(text.field, text.text, let)), read.unseen
    )
