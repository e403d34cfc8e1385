"""Photographs and contract texts that are handed in beside a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from mingbai.evidence.services import keep_paper
from mingbai.exchange.services.taking import office_for
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor

LABELS = {"assets": "实物照片", "contracts": "合同文本"}
MOST = 2_000


@transaction.atomic
def keep_papers(
    kind: str, village: str, files: Iterable[tuple[str, bytes]], *, by: Actor, at: datetime
) -> dict[str, str]:
    """Seal what is handed in beside a file; the ids by the names under which the file names them.

    Raises:
        Refused: another kind, an office that may not take such a file, too many, or a paper that is refused.
    """
    if kind not in LABELS:
        raise Refused("这一种不带照片和文本", remedy="只传表")
    office_for(by, village, kind, at)
    kept: dict[str, str] = {}
    for name, content in files:
        if len(kept) == MOST:
            raise Refused(f"照片和文本最多{MOST}个", remedy="分几次导入")
        try:
            paper = keep_paper(
                content=content, name=name, label=LABELS[kind], village=village, actor=by.person, at=at,
                subject=f"register:{village}",
            )  # fmt: skip
        except Refused as problem:
            raise Refused(
                f"{name[:40]}：{problem.reason}", basis=problem.basis, remedy=problem.remedy
            ) from None
        kept[name] = paper.id
    return kept
