"""Who makes up a body on a day, and until when it sits."""

from __future__ import annotations

from datetime import date

from django.db.models import Subquery

from mingbai.kernel import Refused, months_later
from mingbai.meetings.events import RollMember
from mingbai.meetings.models import RollName, RollStanding, RollVersion
from mingbai.meetings.rules import BodyRule
from mingbai.meetings.rules.floor import Seat
from mingbai.organisations import queries as organisations


def roll(village: str, body: str, on: date) -> tuple[RollMember, ...]:
    """Who makes up a body on a day, by name; empty when no roll was set by then."""
    versions = RollVersion.objects.filter(village=village, body=body, since__lte=on)
    newest = versions.order_by("-since", "-id").values("pk")[:1]
    names = RollName.objects.filter(roll=Subquery(newest)).order_by("id")
    return tuple(RollMember(*row) for row in names.values_list("person", "name", "household"))


def members(village: str, rule: BodyRule, on: date) -> tuple[RollMember, ...]:
    """Who makes up a body on a day, without those on its roll who by then had died or otherwise left it."""
    listed = roll(village, rule.id, on)
    gone = organisations.departed([one.person for one in listed], on)
    left = {person for person, one in gone.items() if one.kind in rule.left_by}
    return tuple(one for one in listed if one.person not in left)


def _of_group(
    village: str, rule: BodyRule, on: date, group: str, listed: tuple[RollMember, ...]
) -> tuple[RollMember, ...]:
    if not rule.by_group:
        return listed
    of = groups(village, rule.id, on)
    known = sorted(set(of.values()))
    if not group and len(known) < 2:
        return listed
    if group not in known:
        raise Refused(
            f"名册上没有“{group}”这个小组" if group else "没有写明是哪个村民小组的会",
            basis=rule.citation,
            remedy=f"名册上的小组有：{'、'.join(known) or '没有写'}",
        )
    return tuple(one for one in listed if of.get(one.person) == group)


def term_ends(village: str, rule: BodyRule, on: date) -> date | None:
    """The last day of the term in which the body sits on a day; None when it serves no term, or has no roll."""
    if rule.term_years is None:
        return None
    versions = RollVersion.objects.filter(village=village, body=rule.id, since__lte=on)
    began = versions.order_by("-since", "-id").values_list("term_from", flat=True).first()
    return months_later(began, 12 * rule.term_years) if began else None


def groups(village: str, body: str, on: date) -> dict[str, str]:
    """The villagers' group of each member of a body's roll on a day; who has none is left out."""
    versions = RollVersion.objects.filter(village=village, body=body, since__lte=on)
    newest = versions.order_by("-since", "-id").values("pk")[:1]
    rows = RollStanding.objects.filter(roll=Subquery(newest)).exclude(group="")
    return dict(rows.values_list("person", "group"))


def seats(village: str, rule: BodyRule, on: date, group: str = "") -> dict[str, Seat]:
    """The seats of a body that may meet on a day; of one group, where the body meets group by group.

    Raises:
        Refused: there is no roll by then, no such group, or the body's term has run out.
    """
    sitting = _of_group(village, rule, on, group, members(village, rule, on))
    if not sitting:
        raise Refused(
            f"{on.isoformat()}没有{rule.title}的名册，不能计票", basis=rule.citation, remedy="请先登记名册"
        )
    ends = term_ends(village, rule, on)
    if ends is not None and on > ends:
        raise Refused(
            f"{rule.title}这一届到{ends}已经满{rule.term_years}年，不能再开会决定",
            basis=rule.citation,
            remedy="先换届，登记新一届的名册；依法延期的，登记延期后的名册并写明批准机关",
        )
    return {one.person: Seat(one.person, one.name, one.household) for one in sitting}
