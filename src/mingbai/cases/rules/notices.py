"""Pure rules of a hanging notice: what an objection does to it. No clock, no tables."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.kernel import Citation, Confidence, Refused
from mingbai.procedures.rules.graph import Node


@dataclass(frozen=True)
class Objections:
    """How many objections were lodged against a posting, are unanswered, and were found right."""

    lodged: int = 0
    unanswered: int = 0
    upheld: int = 0


# 招标投标法实施条例 第54条: until the answer, the tender stands still. For other notices no article says so as
# plainly; the same is done for them, marked 待确认.
STANDS_STILL = Citation("bidding-reg", "第54条", Confidence.assumed)


def refuse_unanswered(node: Node, unanswered: int) -> None:
    """Refuse to end a notice while somebody who objected has no answer: its clock stands still until then."""
    if unanswered:
        raise Refused(
            f"对“{node.title}”有{unanswered}件异议还没有答复，答复以前不能办结",
            basis=STANDS_STILL,
            remedy="请村务监督委员会、镇（街）先答复，答复以后再来办结",
        )


def refuse_silence(node: Node, objections: Objections, said: str) -> None:
    """Refuse to end a notice as if nobody had objected (`said` is `none`) when somebody had.

    An objection found right leaves no choice: the chart's own way for 有异议, or the changed notice posted again.
    """
    if said != "none" or not objections.lodged:
        return
    if objections.upheld:
        raise Refused(
            f"有{objections.upheld}件异议成立，不能按“无异议”办结",
            basis=node.citation,
            remedy="选“有异议”，转入异议处理；内容已经改正的，改好重新张贴，公示天数从头算",
        )
    raise Refused(
        f"公示期间收到{objections.lodged}件异议，不能按“无异议”办结",
        basis=node.citation,
        remedy="选“有异议”，转入异议处理",
    )
