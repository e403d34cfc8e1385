"""Calling a meeting: which bodies one may call, what their rules say in plain words, what can go on the agenda."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingbai.cases import queries as cases
from mingbai.cases.queries import ForMeeting
from mingbai.catalogue import queries as catalogue
from mingbai.desk import rolling
from mingbai.desk.printing import words
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.rules import BodyRule, Unit
from mingbai.meetings.rules.competence import Matter
from mingbai.meetings.services.calling import convening_office
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import Actor


@dataclass(frozen=True)
class Callable:
    """A body of a village that this person may call, or `refusal` says who may."""

    rule: BodyRule
    refusal: Refused | None


def bodies_to_call(actor: Actor, village: DivisionView, today: date) -> tuple[Callable, ...]:
    """The bodies of a village, those first that the person may call."""
    found = [
        Callable(one, _unable(one, actor, village.code, today)) for one in rolling.bodies_of(village, today)
    ]
    return tuple(sorted(found, key=lambda one: one.refusal is not None))


def _unable(rule: BodyRule, actor: Actor, village: str, today: date) -> Refused | None:
    try:
        convening_office(rule, village, actor, today)
    except Refused as refusal:
        return refusal
    return None


def steps_of(actor: Actor, today: date, village: str, body: str = "") -> tuple[ForMeeting, ...]:
    """The steps of a village that wait for a meeting, of one body where it is named."""
    waiting = cases.steps_for_meetings(actor, today)
    return tuple(one for one in waiting if one.village == village and body in ("", one.body))


def matters_of(village: DivisionView, body: str, today: date) -> tuple[Matter, ...]:
    """The kinds of matter that a body may be asked to decide, by the law as of a day."""
    kind = village.committee == "residents"
    known = {
        one.id: one
        for one in sorted(meetings.matters(catalogue.current(today)), key=lambda one: one.since)
        if one.since <= today and (one.kind == "residents") is kind
    }
    return tuple(one for one in known.values() if any(who.body == body for who in one.deciders))


def knows_households(rule: BodyRule) -> bool:
    """Whether a body may be convened by household."""
    return any(way.unit is Unit.households for way in rule.quorum)


def in_words(rule: BodyRule) -> Iterator[tuple[str, str]]:
    """The rule as one would explain it: (of what, what)."""
    yield _("谁召集"), rule.convened_by
    if rule.eligible:
        yield _("谁参加"), rule.eligible
    yield _("提前几天通知"), _notice(rule)
    yield _("到会多少人才能开"), _quorum(rule)
    if rule.passing:
        yield _("多少人同意才通过"), words.carries(rule.passing, rule.passing_base)
    if rule.secret:
        yield _("怎么投"), _("无记名投票")
    if rule.proxy:
        yield _("谁可以代表"), rule.proxy
    if rule.remote:
        yield _("远程参加"), rule.remote


def _notice(rule: BodyRule) -> str:
    if rule.notice is None:
        return _("法律没有写，早些通知")
    said = _("%(days)s 天") % {"days": rule.notice.days}
    return f"{said}；{rule.notice.exception}" if rule.notice.exception else said


def _quorum(rule: BodyRule) -> str:
    if not rule.quorum:
        return _("法律没有写；至少要来够能通过的人数")
    ways = (f"{one.label}{words.share(one.majority)}" for one in rule.quorum)
    return _("，或者").join(ways)
