"""Taking down a publication that tells what is personal: asked and confirmed by two, then emptied with its copies.

The statement is an act and a publication of its own. What it takes down loses its texts and its salt in the same
transaction; the log keeps the digest it had, which tells nothing of it (个人信息保护法第47条).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mingbai.disclosure.events import WITHDRAWN
from mingbai.disclosure.models import CaseHead, PublicationRow
from mingbai.disclosure.queries.reading import Publication, publication
from mingbai.disclosure.rules import documents, emptying
from mingbai.disclosure.rules.values import legal_day
from mingbai.evidence import queries as evidence
from mingbai.evidence.withdrawing import ask_withdrawal, settle_withdrawal, withdraw_copies
from mingbai.journal.events import TypedField
from mingbai.journal.queries import Entry
from mingbai.journal.services import record
from mingbai.kernel import Citation, Confidence, FieldKind, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

DELETION = Citation("pipl", "第47条", Confidence.likely)
VILLAGE_CODE = 12


def office_over(actor: Actor, village: str, at: datetime) -> str:
    """The office of a town or of the district by which the person may take down what is published of this place.

    Raises:
        Refused: the person has none today.
    """
    day = legal_day(at)
    held = (one for one in actor.mandates if one.active(day) and len(one.division) < VILLAGE_CODE)
    found = next((one.office for one in held if village.startswith(one.division)), "")
    if not found:
        raise Refused("只有镇里和区里能撤下已经公开的", basis=DELETION, remedy="告诉镇里，由镇里提出")
    return found


def ask(*, id: str, copy: str, reason: str, by: Actor, at: datetime) -> int:
    """Ask for a publication (or for one public copy of it, named by its digest) to be taken down; returns its number.

    Raises:
        Refused: no such publication, taken down already, a statement of a taking down, no right, no good reason.
    """
    found = publication(id)
    if found is None or found.withdrawn or found.kind == WITHDRAWN:
        raise Refused("没有这一条公布，或者它已经撤下", remedy="核对公布的编号")
    if copy and not any(paper.digest == copy for paper in found.papers):
        raise Refused("这一条公布里没有这张单据的公开副本", remedy="从清单里选")
    office = office_over(by, found.village, at)
    return ask_withdrawal(
        publication=id,
        copy=copy,
        village=found.village,
        reason=reason,
        person=by.person,
        office=office,
        at=at,
    )


def settle(*, asked: int, taken_down: bool, by: Actor, at: datetime) -> None:
    """A second person of the town or of the district confirms, or finds the first mistaken and leaves it published.

    Raises:
        Refused: nothing such was asked or it is settled, the same person, no right.
    """
    with transaction.atomic():
        view = evidence.withdrawal(asked)
        found = publication(view.publication) if view else None
        if view is None or found is None:
            raise Refused("没有这一条撤下的申请", remedy="从清单里选")
        office = office_over(by, view.village, at)
        settle_withdrawal(asked=asked, taken_down=taken_down, person=by.person, office=office, at=at)
        if taken_down:
            _record(view, found, by, office, at)


def _record(view: evidence.WithdrawalView, found: Publication, by: Actor, office: str, at: datetime) -> None:
    what = "这一条公布的全部文字和单据" if not view.copy else "一张单据的公开副本"
    fields = (
        TypedField("what", "撤下什么", FieldKind.text.value, what),
        TypedField("reason", "原因", FieldKind.text.value, view.reason),
        TypedField("asked_by", "提出", FieldKind.office.value, _title(view.office)),
        TypedField("confirmed_by", "核对", FieldKind.office.value, _title(office)),
        TypedField(
            "published_on", "原来哪天公布", FieldKind.date.value, legal_day(found.published_at).isoformat()
        ),
    )
    data: dict[str, Any] = {
        "publication": view.publication,
        "copy": view.copy,
        "digest": view.copy or found.digest,
    }
    record(
        act=WITHDRAWN, village=view.village, subject=f"publication:{view.publication}", actor=by.person, office=office,
        occurred_on=legal_day(at), at=at, fields=fields, data=data, citation=DELETION,
    )  # fmt: skip


def carry_out(said: PublicationRow, entry: Entry) -> None:
    """Take down what a statement names, in the transaction that publishes the statement. Again, it does nothing."""
    data = entry.data or {}
    village, _, number = str(data.get("publication") or "").rpartition("-")
    row = PublicationRow.objects.select_for_update().filter(village=village, number=number or None).first()
    if row is None or bytes(row.salt) == emptying.NO_SALT:
        return
    document = documents.thaw(bytes(row.body))
    reason = next((one.value for one in entry.fields if one.id == "reason"), "")
    on = legal_day(entry.recorded_at)
    copies = (
        [data["copy"]] if data.get("copy") else [one["digest"] for one in document["papers"] if one["digest"]]
    )
    copies += (
        []
        if data.get("copy")
        else list(row.sealed_papers.exclude(digest="").values_list("digest", flat=True))
    )
    withdraw_copies(copies, publication=documents.public_id(row.village, row.number), reason=reason, on=on)
    if not data.get("copy"):
        _empty(row, document, said, entry, reason)


def _empty(
    row: PublicationRow, document: dict[str, Any], said: PublicationRow, entry: Entry, reason: str
) -> None:
    statement = {
        "by": documents.public_id(said.village, said.number),
        "on": legal_day(entry.recorded_at).isoformat(),
        "office_title": _title(entry.office),
        "reason": reason,
    }
    known = (row.village, row.power, row.case, row.kind, row.step, row.month, row.voucher, row.supersedes)
    left = emptying.emptied(document, statement, known)
    body = documents.canonical(left)
    PublicationRow.objects.filter(pk=row.pk).update(
        title=emptying.WITHDRAWN, body=body, salt=emptying.NO_SALT
    )
    if row.case:
        CaseHead.objects.filter(case=row.case, title=row.title).update(title=_title_left(row.case))


def _title_left(case: str) -> str:
    first = PublicationRow.objects.filter(case=case).order_by("order").values_list("title", flat=True).first()
    return first or emptying.WITHDRAWN


def _title(office: str) -> str:
    return organisations.office_title(office) if office else ""
