"""Resolutions, and the rolls copied into them."""

from __future__ import annotations

from mingbai.kernel import Refused
from mingbai.meetings.events import Resolution, RollMember
from mingbai.meetings.models import ResolutionName, ResolutionRow


def resolution(number: str) -> Resolution:
    """One resolution. Raises `Refused` when there is none of that number."""
    row = ResolutionRow.objects.filter(number=number).first()
    if row is None:
        raise Refused(f"没有编号为“{number}”的决议", remedy="请核对决议编号")
    return as_resolution(row)


def resolutions_of(case: str) -> tuple[Resolution, ...]:
    """The resolutions of a case, in the order in which they were numbered into the books."""
    rows = ResolutionRow.objects.filter(case=case).order_by("recorded_at", "number")
    return tuple(as_resolution(row) for row in rows)


def resolutions_at(meeting: str) -> tuple[Resolution, ...]:
    """What a meeting decided, in the order of its agenda."""
    return tuple(as_resolution(row) for row in ResolutionRow.objects.filter(meeting=meeting).order_by("item"))


def resolutions_in(village: str, body: str, year: int) -> tuple[Resolution, ...]:
    """A body's resolutions of a year, gap-free from 1."""
    rows = ResolutionRow.objects.filter(village=village, body=body, year=year).order_by("serial")
    return tuple(as_resolution(row) for row in rows)


def entitlement(number: str) -> tuple[tuple[RollMember, bool, bool], ...]:
    """The roll copied when the vote closed: each member with (was present, was recused)."""
    rows = ResolutionName.objects.filter(resolution_id=number).order_by("id")
    return tuple((RollMember(r.person, r.name, r.household), r.present, r.recused) for r in rows)


def as_resolution(row: ResolutionRow) -> Resolution:
    """The frozen face of a row; nobody outside sees the table."""
    return Resolution(
        number=row.number,
        village=row.village,
        body=row.body,
        body_title=row.body_title,
        case=row.case,
        motion=row.motion,
        held_on=row.held_on,
        result=row.result,
        roll=row.roll_size,
        recused=row.recused,
        entitled=row.entitled,
        present=row.present,
        agree=row.agree,
        against=row.against,
        abstain=row.abstain,
        needed_present=row.needed_present,
        needed_agree=row.needed_agree,
        sentence=row.sentence,
        meeting=row.meeting,
        item=row.item,
        step=row.step,
        matter=row.matter,
        spoilt=row.spoilt,
        not_cast=row.not_cast,
        written=row.written,
        proxies=row.proxies,
        remote=row.remote,
        methods=row.methods,
    )
