"""The shapes of what is derived from publications. Sums are whole fen of yuan (CNY)."""

from __future__ import annotations

from datetime import date

from ninja import Schema

from mingbai.api.shapes import PublicationOut


class EditionOut(Schema):
    """An edition of the list: why and on what authority it was confirmed."""

    number: int
    since: date
    reason: str
    basis: str
    case: str
    emergency: bool
    ratify_by: date | None
    ratified_on: date | None
    path: str


class MoneyLineOut(Schema):
    """One voucher; either income or expense is set, `balance_fen` is what the village had after it."""

    publication: str
    number: str
    occurred_on: date
    summary: str
    purpose: str
    income_fen: int | None
    expense_fen: int | None
    balance_fen: int
    counterparty: str
    method: str
    case: str
    decision: str
    contract: str
    papers: int
    late_days: int
    path: str
    proof_path: str


class MoneyOut(Schema):
    """A village's month: opening + income - expense = closing. `months` are those that have vouchers."""

    village: str
    month: str
    months: list[str]
    opening_fen: int
    income_fen: int
    expense_fen: int
    closing_fen: int
    lines: list[MoneyLineOut]
    path: str


class DueOut(Schema):
    """A line of a schedule: what is due on a day and what of it was done; `void` when it never falls due."""

    due_on: date
    fen: int
    done_fen: int
    late_days: int
    void: bool


class ContractOut(Schema):
    """A contract by all that was published of it; `events` are the publications after the first."""

    publication: str
    number: str
    title: str
    party: str
    price_fen: int
    first_price_fen: int
    starts_on: date
    ends_on: date
    way: str
    state: str
    case: str
    existing: bool
    schedule: list[DueOut]
    done_fen: int
    overdue_fen: int
    late_days: int
    papers: int
    events: list[str]
    path: str
    proof_path: str


class ContractPage(Schema):
    """Contracts, newest first; go on with `before=next` until `next` is null."""

    items: list[ContractOut]
    count: int
    next: int | None


class ObjectOut(Schema):
    """An asset or a resource as it stands by all that was published of it."""

    publication: str
    number: str
    family: str
    name: str
    state: str
    registered_on: date
    value_fen: int | None
    net_fen: int | None
    shown: dict[str, str]
    newest: str
    path: str
    proof_path: str


class ObjectPage(Schema):
    """Assets or resources in the order of registering; go on with `after=next` until `next` is null."""

    items: list[ObjectOut]
    next: int | None


class NoticeOut(Schema):
    """A publicity period; both days count. `down`: found not hanging, its days stand still."""

    since: date
    until: date
    days_left: int
    down: bool


class CaseOut(Schema):
    """Where a case stands by what was published; `newest` is the publication that says so."""

    number: str
    title: str
    village: str
    power: str
    here: list[str]
    due: date | None
    opened_on: date
    last_on: date
    ended: str
    suspended: bool
    notice: NoticeOut | None
    path: str


class ListedCaseOut(CaseOut):
    """A case in the list of all, with the publication that tells where it stands, and its proof."""

    newest: str
    proof_path: str


class CasePageOut(Schema):
    """Cases in the order of their numbers; go on with `after=next` until `next` is null."""

    items: list[ListedCaseOut]
    next: str | None


class WholeCase(CaseOut):
    """A case with everything published of it, in order."""

    publications: list[PublicationOut]


class MeetingOut(Schema):
    """A meeting; `state` is called, ended or cancelled."""

    number: str
    village: str
    body: str
    held_on: date
    starts_at: str
    place: str
    state: str
    path: str


class WholeMeeting(MeetingOut):
    """A meeting with everything published of it, in order."""

    publications: list[PublicationOut]
