"""From what the queries derive to the shapes that go out."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingbai.api.content import proof_path, publication_out
from mingbai.api.register_shapes import (
    CaseOut,
    ContractOut,
    DueOut,
    EditionOut,
    ListedCaseOut,
    MeetingOut,
    MoneyLineOut,
    MoneyOut,
    NoticeOut,
    ObjectOut,
    WholeCase,
)
from mingbai.catalogue.queries import Reason
from mingbai.disclosure.queries import (
    CaseSummary,
    MeetingSummary,
    MoneyLine,
    MoneyPage,
    Publication,
    PublicContract,
    PublicObject,
)
from mingbai.disclosure.queries.listing import ListedCase
from mingbai.kernel import Money


def _same(shape: type[Any], value: object) -> dict[str, Any]:
    """What shape and value call by the same name."""
    return {name: getattr(value, name) for name in shape.model_fields if hasattr(value, name)}


def _told_by(publication_id: str) -> dict[str, str]:
    return {"path": f"/p/{publication_id}/", "proof_path": proof_path(publication_id)}


def _fen(money: Money | None) -> int | None:
    return money.fen if money else None


def edition_out(one: Reason) -> EditionOut:
    """An edition as it goes out."""
    basis = one.citation.text() if one.citation else ""
    return EditionOut(**_same(EditionOut, one), basis=basis, path="/powers/changes/")


def money_out(page: MoneyPage) -> MoneyOut:
    """A village's month as it goes out."""
    sums = {f"{name}_fen": getattr(page, name).fen for name in ("opening", "income", "expense", "closing")}
    return MoneyOut(
        village=page.village,
        month=page.month,
        months=list(page.months),
        lines=[money_line_out(line) for line in page.lines],
        path=f"/v/{page.village}/money/?month={page.month}",
        **sums,
    )


def money_line_out(line: MoneyLine) -> MoneyLineOut:
    """A voucher as it goes out."""
    sums = {f"{name}_fen": _fen(getattr(line, name)) for name in ("income", "expense", "balance")}
    return MoneyLineOut(**_same(MoneyLineOut, line), **sums, **_told_by(line.publication))


def contract_out(one: PublicContract) -> ContractOut:
    """A contract as it goes out."""
    plain = _same(ContractOut, one) | {"events": [event.id for event in one.events]}
    sums = {f"{name}_fen": getattr(one, name).fen for name in ("price", "first_price", "done", "overdue")}
    schedule = [
        DueOut(due_on=line.due_on, fen=line.fen, done_fen=line.done, late_days=line.late_days, void=line.void)
        for line in one.lines
    ]
    return ContractOut(**plain, **sums, schedule=schedule, **_told_by(one.publication))


def object_out(one: PublicObject) -> ObjectOut:
    """An asset or a resource as it goes out."""
    plain = _same(ObjectOut, one) | {"shown": dict(one.shown)}
    return ObjectOut(**plain, value_fen=_fen(one.value), net_fen=_fen(one.net), **_told_by(one.publication))


def listed_case_out(one: ListedCase, today: date) -> ListedCaseOut:
    """A case in the list of all."""
    return ListedCaseOut(**_case(one.case, today), newest=one.newest, proof_path=proof_path(one.newest))


def whole_case(case: CaseSummary, published: tuple[Publication, ...], today: date) -> WholeCase:
    """A case with everything published of it."""
    return WholeCase(**_case(case, today), publications=[publication_out(one) for one in published])


def case_out(case: CaseSummary, today: date) -> CaseOut:
    """A case as it goes out."""
    return CaseOut(**_case(case, today))


def _case(case: CaseSummary, today: date) -> dict[str, Any]:
    plain = _same(CaseOut, case)
    hung = case.notice
    notice = (
        NoticeOut(since=hung.since, until=hung.until, days_left=hung.days_left(today), down=hung.down)
        if hung
        else None
    )
    return plain | {
        "here": list(case.here),
        "last_on": case.last_date,
        "notice": notice,
        "path": f"/cases/{case.number}/",
    }


def meeting(one: MeetingSummary) -> dict[str, Any]:
    """The names and values of a meeting as it goes out."""
    return _same(MeetingOut, one) | {"body": one.body_title, "path": f"/meetings/{one.number}/"}
