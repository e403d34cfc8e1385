"""The papers a step asks for: kept as evidence, of this village, all there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mingbai.cases.events import PaperRef
from mingbai.cases.rules.values import missing_paper
from mingbai.cases.services.running import Running
from mingbai.evidence import queries as evidence
from mingbai.kernel import Refused
from mingbai.procedures.rules.graph import Node, PaperNeed


def require_papers(running: Running, node: Node, handed: Mapping[str, Sequence[str]]) -> tuple[PaperRef, ...]:
    """The papers handed in for a step, each checked; refused when a required one is missing."""
    known = {need.id for need in node.papers}
    strange = sorted(set(handed) - known)
    if strange:
        raise Refused(f"“{node.title}”不收“{strange[0]}”这种单据", remedy="刷新页面后重新提交")
    ids = {need.id: tuple(dict.fromkeys(handed.get(need.id, ()))) for need in node.papers}
    missing = [need for need in node.papers if need.required and not ids[need.id]]
    if missing:
        raise missing_paper(node, missing[0])
    wanted = [paper for group in ids.values() for paper in group]
    found = evidence.originals(wanted) if wanted else {}
    return tuple(_require(running, need, found.get(paper)) for need in node.papers for paper in ids[need.id])


def _require(running: Running, need: PaperNeed, view: evidence.Original | None) -> PaperRef:
    if view is None or view.village != running.row.village:
        raise Refused(f"“{need.label}”的单据找不到，或者不是本村的", remedy="重新上传这张单据")
    return PaperRef(view.id, need.label, view.digest)
