"""What others may ask of meetings: body rules, rolls as of a day, resolutions."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import Subquery

from mingbai.catalogue.queries import Edition
from mingbai.kernel import Refused
from mingbai.meetings.events import Resolution, RollMember
from mingbai.meetings.models import ResolutionName, ResolutionRow, RollName, RollVersion
from mingbai.meetings.rules import BODIES_FILE, Bodies, BodyRule, find_body, read_bodies


@lru_cache(maxsize=16)
def _read(text: str) -> Bodies:
    """Keyed by the text itself, so that no edition can be answered with another's rules."""
    return read_bodies(text)


def bodies(edition: Edition) -> Bodies:
    """All body rules of an edition. Raises `Refused` when the district has none."""
    text = edition.files.get(BODIES_FILE)
    if text is None:
        raise Refused("本版清单没有议事规则文件", remedy="请由区级补充议事规则后再开会表决")
    return _read(text)


def body_rule(edition: Edition, body_id: str, on: date | None = None) -> BodyRule:
    """The rule of a body in an edition, in force on `on` (default: the newest written one)."""
    return find_body(bodies(edition), body_id, on or date.max)


def roll(village: str, body: str, on: date) -> tuple[RollMember, ...]:
    """Who makes up a body on a day, by name; empty when no roll was set by then."""
    versions = RollVersion.objects.filter(village=village, body=body, since__lte=on)
    newest = versions.order_by("-since", "-id").values("pk")[:1]
    names = RollName.objects.filter(roll=Subquery(newest)).order_by("id")
    return tuple(RollMember(*row) for row in names.values_list("person", "name", "household"))


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
    )
