"""Pure rules of a hanging notice: its proof, its days, what an objection or a change does to it. No clock, no tables.

A notice period begins with proof: the day on which the proof was handed in, never a day that is only claimed. The
day of posting is not counted, a last day on a rest day moves on (民法典 第201、203条).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mingbai.kernel import Citation, Confidence, Refused, WorkingCalendar
from mingbai.kernel.checked_codes import read_code, written_code
from mingbai.procedures.rules.graph import Limit, Node

PHOTO, BOARD, WEB = "photo", "board", "web"
PROOFS = {
    PHOTO: "公开栏照片",
    BOARD: "公开栏照片，纸上的编号核对过",
    WEB: "网上公布",
}
"""What proves that a notice hangs: a photograph, one on which the sheet's code was read, or the web posting."""
BEFORE, AFTER = "before", "after"
_DAY = timedelta(days=1)
_LONGEST = 4000
# Stages of a chart whose notices tell what was decided, where the district's table says nothing.
_TOLD_AFTER = frozenset({"publish_decision", "publish_result", "stop"})
_HEAD = "ZZ"  # no edition's number: a notice's code is never taken for a card's


@dataclass(frozen=True)
class Proof:
    """How it is proved that a notice hangs.

    `code` is what somebody read off the sheet or the web posting; `publication` and `published_on` belong to the
    web posting: its public id, and the day from which everybody could read it.
    """

    kind: str
    code: str = ""
    publication: str = ""
    published_on: date | None = None

    @property
    def reference(self) -> str:
        """What the public is told to look at: the sheet's code, or the publication's id."""
        return self.publication if self.kind == WEB else self.code


def sheet_code(case: str, step: str, turn: int, posting: int, content: Sequence[Sequence[object]]) -> str:
    """The code printed on the sheet of a notice.

    `turn` counts the case's visits to the step, `posting` the sheets of that visit; `content` is what the sheet
    tells: every step done so far (step, turn, day, instant). Another content, another code.
    """
    return written_code(["notice", case, step, turn, posting, [list(one) for one in content]], _HEAD)


def checked(node: Node, proof: Proof, code: str) -> Proof:
    """The proof with its code as it is spelled.

    Raises:
        Refused: the code is mistyped, or that of another sheet; or a web posting that names no publication.
    """
    if proof.kind == PHOTO:
        return proof
    read = read_code(proof.code)
    if read != code:
        raise Refused(
            f"编号 {read} 不是“{node.title}”现在这一张的编号",
            basis=basis_of(node),
            remedy="重新打印最新的一张，贴上去拍照，照新的编号填",
        )
    if proof.kind == WEB and (not proof.publication or proof.published_on is None):
        raise Refused(
            f"“{node.title}”网上还没有公布",
            basis=basis_of(node),
            remedy="等网上公布以后再登记，或者用公开栏照片",
        )
    return replace(proof, code=read)


def basis_of(node: Node) -> Citation | None:
    """The article of a notice's days."""
    return (node.limit.citation if node.limit else None) or node.citation


def kind_of(node: Node, said: str | None) -> str:
    """Whether a notice asks `before` a decision (公示) or tells `after` it (公布): as the table `said`, or by its stage."""
    return said or (AFTER if node.stage in _TOLD_AFTER else BEFORE)


def begins(posted_on: date, recorded_on: date, proof: Proof) -> date:
    """The day from which the days run: that on which the proof was handed in.

    A day of posting that is only claimed starts nothing: the sheet is proved to hang when it is shown to hang
    (待确认: no article says who bears a late entry; this way nobody's days are cut). A web posting does not count
    before it could be read.
    """
    return max(posted_on, recorded_on, proof.published_on or posted_on)


def hangs_until(
    calendar: WorkingCalendar, begin: date, value: int, unit: str, idle: Collection[date] = ()
) -> date:
    """The last day of a notice begun on `begin`: `value` units, the days in `idle` not counted.

    Without idle days it is the calendar's own reckoning. With them every day on which the notice was proved not to
    hang is made up by another day of the same unit; the last day is a day on which it hung and offices work
    (民法典 第203条).

    Raises:
        Refused: a year without holidays would decide.
    """
    plain = calendar.add(begin, value, unit)
    if not idle or value == 0:
        return plain
    if unit in ("month", "year"):
        return _made_up(calendar, begin, plain, idle)
    day, left = begin, value
    while left and (day - begin).days < _LONGEST:
        day += _DAY
        counts = day not in idle and (unit == "calendar_day" or calendar.is_working(day))
        left -= counts
    return _moved_on(calendar, day, idle)


def _made_up(calendar: WorkingCalendar, begin: date, until: date, idle: Collection[date]) -> date:
    """A period of months, longer by its idle days."""
    left = sum(begin < one <= until for one in idle)
    while left:
        until += _DAY
        left -= until not in idle
    return _moved_on(calendar, until, idle)


def _moved_on(calendar: WorkingCalendar, day: date, idle: Collection[date]) -> date:
    while day in idle or not calendar.is_working(day):
        day += _DAY
    return day


def days_between(
    gaps: Iterable[Sequence[str]], open_since: date | None = None, today: date | None = None
) -> frozenset[date]:
    """Every day of these gaps, both ends counted; an open gap runs through `today`."""
    pairs = [(date.fromisoformat(gap[0]), date.fromisoformat(gap[1])) for gap in gaps]
    if open_since is not None and today is not None:
        pairs.append((open_since, today))
    return frozenset(start + n * _DAY for start, end in pairs for n in range((end - start).days + 1))


def longest(
    calendar: WorkingCalendar, begin: date, limit: Limit | None, least: tuple[int, str] | None
) -> tuple[int, str]:
    """Of the chart's own days and the table's fewest, whichever hangs longer from that day on."""
    own = (limit.value, limit.unit) if limit else (0, "calendar_day")
    if least is None or calendar.add(begin, *own) >= calendar.add(begin, *least):
        return own
    return least


# No article says what happens when a sheet is torn down; “不少于” is read so that it must be seen on as many days.
def not_hanging(node: Node) -> Citation | None:
    """The article on which a day without a sheet does not count, marked 待确认."""
    basis = basis_of(node)
    return replace(basis, confidence=Confidence.assumed) if basis else None


def refuse_down(node: Node, down_on: date | None) -> None:
    """Refuse to end a notice that was found not to hang and was not hung again."""
    if down_on is not None:
        raise Refused(
            f"“{node.title}”{down_on}发现没有贴着，还没有重新贴上",
            basis=not_hanging(node),
            remedy="重新贴上、拍照登记，没贴着的日子补足以后再办结",
        )


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
