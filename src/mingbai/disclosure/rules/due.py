"""What must be public, and is it: given a table of duties, the facts of a village and a day, each duty in one state.

Nothing is typed in: a state follows from what was published by that day. 村民委员会组织法 (2025) 第35条、第36条.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mingbai.disclosure.rules.due_facts import Facts, Posting, Shown, Visit, as_of
from mingbai.disclosure.rules.due_file import Cited, DueTable, Duty
from mingbai.disclosure.rules.due_periods import Period, month_of, period_title, periods, quarter_before
from mingbai.kernel import Citation, Confidence, Refused, WorkingCalendar


class State(StrEnum):
    """Where a duty stands on a day; it is always in exactly one of these."""

    waiting = "waiting"
    published = "published"
    late = "late"
    missing = "missing"


@dataclass(frozen=True)
class Law:
    """By which the facts are judged: duties, table of notices by place, working days."""

    table: DueTable
    postings: Mapping[str, Posting]
    calendar: WorkingCalendar


@dataclass(frozen=True)
class Owed:
    """One thing that must be public. `since`: the trigger; `due`: the last day in time, None when it cannot be known.

    unsure: an article or figure that decides it is not verified (待确认).
    """

    key: str
    duty: str
    title: str
    about: str
    owner: str
    since: date
    due: date | None
    published: date | None
    publication: str
    case: str
    citation: Citation
    limit: Citation
    unsure: bool
    state: State
    late_days: int


def state_of(due: date | None, published: date | None, day: date) -> State:
    """The one state of a duty on a day: what was published counts even when nobody knows the last day."""
    if published is not None:
        return State.late if due is not None and published > due else State.published
    return State.missing if due is not None and day > due else State.waiting


def late_by(due: date | None, published: date | None, day: date) -> int:
    """How many days after its last day it was published, or still is not; 0 in time."""
    return max(((published or day) - due).days, 0) if due is not None else 0


@dataclass(frozen=True)
class _Found:
    """A duty that arose, before its last day is counted."""

    key: str
    since: date
    about: str
    done: tuple[date, str] | None
    case: str = ""
    title: str = ""
    owner: str = ""
    citation: Citation | None = None
    also: Cited | None = None


def due_on(law: Law, facts: Facts, day: date, since: date) -> tuple[Owed, ...]:
    """Every duty of a village that arose from `since` to `day`, as it stood on `day`; the first due first.

    What happened after that day is not known to it.
    """
    if facts.began is None or facts.began > day:
        return ()
    known = as_of(facts, day)
    found = (
        _owed(law, duty, one, day) for duty in law.table.duties for one in _arisen(law, duty, known, day)
    )
    kept = [one for one in found if one.since >= since or one.state is State.missing]
    return tuple(sorted(kept, key=lambda one: (one.due or date.max, one.key)))


def _owed(law: Law, duty: Duty, found: _Found, day: date) -> Owed:
    limit = duty.limit(found.since) or duty.limits[0]
    due = _last_day(law.calendar, found.since, limit.days, limit.unit)
    published, publication = found.done or (None, "")
    citation = found.citation or duty.citation
    sure = [citation.confidence, limit.confidence, *([found.also.confidence] if found.also else [])]
    return Owed(
        f"{duty.id}/{found.key}", duty.id, found.title or duty.title, found.about, found.owner or duty.owner,
        found.since, due, published, publication, found.case, citation, limit.citation,
        any(one is Confidence.assumed for one in sure), state_of(due, published, day),
        late_by(due, published, day),
    )  # fmt: skip


def _last_day(calendar: WorkingCalendar, since: date, days: int, unit: str) -> date | None:
    """The last day in time; None when a year's holidays are not entered: nothing is guessed."""
    try:
        return calendar.add(since, days, unit)
    except Refused:
        return None


def _arisen(law: Law, duty: Duty, facts: Facts, day: date) -> Iterator[_Found]:
    """How often the duty arose, with what fulfilled it."""
    match duty.trigger.kind:
        case "period":
            found = _periods(law, duty, facts, day)
        case "acts":
            found = _acts(duty, facts)
        case "notice":
            found = _notices(law, duty, facts)
        case "list":
            found = _lists(duty, facts)
        case "edition":
            found = _editions(duty, facts)
    return (one for one in found if one.since >= duty.since)


def _periods(law: Law, duty: Duty, facts: Facts, day: date) -> Iterator[_Found]:
    assert duty.trigger.every and facts.began
    at_start = duty.trigger.counted == "start"
    for period in periods(duty.trigger.every, facts.began, day):
        begins = period.first if at_start else period.last
        if begins > day or (at_start and period.first < facts.began):
            continue
        monthly = _monthly(law.table, facts, period)
        if duty.trigger.of != "all" and (duty.trigger.of == "busy") != (monthly is not None):
            continue
        also = monthly if duty.trigger.of == "busy" else None
        yield _Found(period.label, begins, period.title, _done_in(duty, facts, period), also=also)


def _monthly(table: DueTable, facts: Facts, period: Period) -> Cited | None:
    lines = sum(facts.lines.get(month, 0) for month in quarter_before(period.first))
    return table.monthly(facts.village, lines, period.first)


def _done_in(duty: Duty, facts: Facts, period: Period) -> tuple[date, str] | None:
    """What fulfilled a period: the first publication of it, or the last of one for each month that has records."""
    assert duty.done_by and facts.began
    mine = [one for one in facts.shown if one.kind in duty.done_by.acts and one.duty in ("", duty.id)]
    if duty.done_by.each == "period":
        return _first(one for one in mine if one.ref == period.label or one.ref in period.months)
    books = [one for one in facts.shown if one.kind == duty.done_by.or_before]
    begins = max([month_of(facts.began), *(one.ref for one in books)])
    months = [month for month in period.months if month >= begins]
    found = [_first(one for one in mine if one.ref == month) for month in months]
    if not months:
        return _first(books)
    return max(one for one in found if one) if all(found) else None


def _first(some: Iterable[Shown]) -> tuple[date, str] | None:
    return min(((one.published, one.publication) for one in some), default=None)


def _acts(duty: Duty, facts: Facts) -> Iterator[_Found]:
    """Each publication of the acts, or of several together the one that was longest in coming."""
    slowest: dict[tuple[str, str], Shown] = {}
    for one in (one for one in facts.shown if one.kind in duty.trigger.acts):
        month = month_of(one.on)
        key = {"act": ("", one.publication), "month": ("", month), "case_month": (one.case, month)}
        of = key[duty.trigger.by]
        held = slowest.get(of)
        if held is None or _took(one) > _took(held):
            slowest[of] = one
    for (case, name), one in slowest.items():
        about = period_title(name) if duty.trigger.by == "month" else one.title
        yield _Found(f"{case}/{name}".strip("/"), one.on, about, (one.published, one.publication), one.case)


def _took(one: Shown) -> timedelta:
    return one.published - one.on


def _notices(law: Law, duty: Duty, facts: Facts) -> Iterator[_Found]:
    for one in facts.visits:
        posting = law.postings.get(one.place)
        if posting is None or (duty.trigger.sort and posting.sort != duty.trigger.sort):
            continue
        since, done = _stage(duty.trigger.when, one)
        if since is not None:
            yield _Found(
                f"{one.case}/{one.step}/{one.number}", since, one.title, done, one.case,
                posting.title if duty.trigger.when == "posted" else f"{posting.title}：{duty.title}",
                posting.owner, posting.citation,
            )  # fmt: skip


def _stage(when: str | None, one: Visit) -> tuple[date | None, tuple[date, str] | None]:
    """From when the notice had to be posted, be kept up to its end, or hang again, and when it was."""
    done = (one.done, one.done_by) if one.done else None
    if when == "posted":
        return one.asked, (one.posted, one.posted_by) if one.posted else done
    if when == "kept":
        return one.until, done
    return one.down, (one.up, one.up_by) if one.up else done


def _lists(duty: Duty, facts: Facts) -> Iterator[_Found]:
    assert duty.done_by
    for one in facts.lists:
        shown = (it for it in facts.shown if it.kind in duty.done_by.acts and it.ref == one.ref)
        yield _Found(one.ref, one.made, one.title, _first(shown))


def _editions(duty: Duty, facts: Facts) -> Iterator[_Found]:
    assert duty.done_by
    for one in facts.editions:
        shown = (it for it in facts.shown if it.kind in duty.done_by.acts and it.ref == str(one.number))
        yield _Found(str(one.number), one.since, f"第 {one.number} 版", _first(shown))
