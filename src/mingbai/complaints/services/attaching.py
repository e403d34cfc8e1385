"""What is handed in with an objection: looked at whole before any of it is kept, sealed, and never public by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mingbai.evidence.services import Examined, examine, keep_examined
from mingbai.kernel import Refused

MAX_FILES = 4
"""As many photographs as show one thing: the sheet on the board, the place, two papers. More goes to a person."""

MAX_TOGETHER = 20 * 1024 * 1024
"""Bytes of all files together: four photographs of a telephone at its ordinary quality (3 to 5 MB each)."""


def examined(files: Sequence[bytes]) -> tuple[Examined, ...]:
    """The files, each looked at; nothing is kept yet.

    Raises:
        Refused: too many, too large together, or one of them is not a photograph or PDF that may be taken.
    """
    if len(files) > MAX_FILES:
        raise Refused(
            f"最多附{MAX_FILES}张照片或者 PDF，这里有{len(files)}份",
            remedy="挑最能说明问题的几张；写的字都还在，重新选照片再交",
        )
    if sum(len(one) for one in files) > MAX_TOGETHER:
        raise too_large()
    return tuple(_looked_at(place, one) for place, one in enumerate(files, start=1))


def too_large() -> Refused:
    """The sentence for files that are too large together."""
    return Refused(
        f"照片和 PDF 加起来超过{MAX_TOGETHER // 1024 // 1024}兆，没有收",
        remedy="写的字都还在；照片用普通清晰度重拍，或者少附几张再交",
    )


def _looked_at(place: int, content: bytes) -> Examined:
    try:
        return examine(content)
    except Refused as problem:
        reason = f"附的第{place}份没有收：{problem.reason}"
        raise Refused(reason, problem.basis, f"{problem.remedy}。写的字都还在，重新选照片再交") from problem


def keep(found: Sequence[Examined], *, village: str, actor: str, at: datetime) -> list[str]:
    """Seal what was looked at; returns the ids of the papers. Labels are ours: a file's name may name a person."""
    return [
        keep_examined(examined=one, label=f"异议附件{place}", village=village, actor=actor, at=at).id
        for place, one in enumerate(found, start=1)
    ]
