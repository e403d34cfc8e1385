"""The register of near relatives, and what should stop or change: lists that offices work through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mingbai.kernel import Money
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import may_see
from mingbai.relief.models import Filing, Member, PaymentLine
from mingbai.relief.queries.access import matrix_on
from mingbai.relief.queries.people import EnrolmentView, covering, enrolments, living_in
from mingbai.relief.rules import Matrix
from mingbai.relief.rules.changing import Due, Paid, Standing, due_changes, overpaid

NO_CADRE = frozenset({"villager", "household_rep"})


def in_office(person: str, village: str, on: date) -> bool:
    """Whether somebody holds an office in the village or above it that day; being a villager is none."""
    actor = organisations.actor_on(person, on)
    held = tuple(one for one in actor.mandates if one.office not in NO_CADRE)
    return may_see(type(actor)(actor.person, actor.name, held), village, on)


@dataclass(frozen=True)
class FilingView:
    """One filing; `declared` false when the system noticed what the application did not say."""

    village: str
    case: str
    applicant: str
    relative: str
    relation: str
    declared: bool
    recorded_at: datetime


def filings(place: str) -> tuple[FilingView, ...]:
    """The filings of a village, a town or the district (by the beginning of its code), newest first."""
    rows = list(Filing.objects.filter(village__startswith=place).order_by("-recorded_at", "-id"))
    asked = {one for row in rows for one in (row.applicant, row.relative)}
    names = {one.id: one.name for one in organisations.people(sorted(asked))}
    return tuple(
        FilingView(
            row.village, row.case, names.get(row.applicant, ""), names.get(row.relative, ""),
            row.relation, row.declared, row.recorded_at,
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True)
class Work:
    """One thing due about an enrolment, whose it is, and what was paid since that should not have been."""

    due: Due
    who: str
    enrolment: EnrolmentView
    overpaid: Money


def due_work(village: str, on: date) -> tuple[Work, ...]:
    """What should stop or be looked at again in a village (该停该调), oldest first. Nothing is stopped by this."""
    matrix = matrix_on(on)
    known = {one.id for one in matrix.schemes}
    standing = [one for one in enrolments(village, on) if one.stopped is None and one.scheme in known]
    found = [work for one in standing for work in _of(matrix, one, on)]
    return tuple(sorted(found, key=lambda one: (one.due.since, one.enrolment.number)))


def _of(matrix: Matrix, one: EnrolmentView, on: date) -> list[Work]:
    """What is due about one enrolment: with a household scheme about everybody in the household."""
    scheme = matrix.scheme(one.scheme)
    living = living_in(one.household, on) if one.covers == "household" else ()
    covered = list(living or Member.objects.filter(pk=one.member))
    ids = [member.who for member in covered]
    gone = organisations.departed(ids, on)
    names = {person.id: person.name for person in organisations.people(ids)}
    found: list[Work] = []
    for member in covered:
        left = gone.get(member.who)
        held = frozenset(held.scheme for held in covering(member.digest, on))
        standing = Standing(
            one.number, scheme, member.birth, one.since, left.kind if left else "", left.on if left else None, held
        )  # fmt: skip
        for due in due_changes(matrix, standing, on):
            found.append(Work(due, names.get(member.who, ""), one, _asked(one, due)))
    return found


def _asked(one: EnrolmentView, due: Due) -> Money:
    """What was paid on signed lists after the month of the event, when it should stop; else nothing is known yet."""
    if due.todo != "stop":
        return Money(0)
    lines = PaymentLine.objects.filter(enrolment=one.number).select_related("list")
    paid = [Paid(line.list.month, line.fen) for line in lines if line.list.signatures.count() >= 2]
    return Money(overpaid(paid, due.since))
