"""A draft becomes an edition: exactly the words that were reviewed, and on the edition it was written for."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.catalogue import queries
from mingbai.catalogue.events import EditionConfirmed
from mingbai.catalogue.models import DraftRow
from mingbai.catalogue.queries import drafts
from mingbai.catalogue.services.confirming import confirm_edition
from mingbai.catalogue.services.drafting import open_row
from mingbai.kernel import Citation, Refused


def refuse_stale_draft(draft: int, digest: str = "") -> None:
    """Refuse a draft that is closed, stands on an older edition, is unsound, or differs from what was signed.

    Raises:
        Refused: which of these, and what to do.
    """
    view = drafts.draft(draft)
    if view.status != "open":
        raise Refused(f"草案“{view.name}”已经关闭", remedy="另起一份草案")
    latest = queries.latest().number
    if view.base != latest:
        raise Refused(
            f"草案“{view.name}”写在第 {view.base} 版上，现在已经有第 {latest} 版",
            remedy="先把草案更新到最新一版，再签字",
        )
    problem = drafts.problem(draft)
    if problem is not None:
        raise Refused(f"草案“{view.name}”还有读不通的地方：{problem}", remedy="改好这一处，再签字")
    if digest and drafts.digest(draft) != digest:
        raise Refused(
            f"草案“{view.name}”在签字以后又改过，与审核的不是同一份文字",
            remedy="退回制定单位，重新签字、重新审核",
        )


@transaction.atomic
def confirm_draft(
    *, draft: int, digest: str, since: date, reason: str, by_person: str, office: str, at: datetime,
    citation: Citation | None, case: str, emergency: bool = False,
) -> EditionConfirmed:  # fmt: skip
    """Confirm a draft as the next edition, in force from `since`, when it still has the digest that was reviewed.

    The authority is the draft's own citation where it has one, else `citation`.

    Raises:
        BadFile: a file is wrong. Refused: what `refuse_stale_draft` and `confirm_edition` refuse.
    """
    row = open_row(draft)
    refuse_stale_draft(draft, digest)
    confirmed = confirm_edition(
        files=drafts.files(draft), since=since, by_person=by_person, office=office, at=at, reason=reason,
        citation=Citation.from_dict(row.citation) if row.citation else citation, emergency=emergency,
        case=case,
    )  # fmt: skip
    row.status, row.edition, row.updated_at = DraftRow.Status.confirmed, confirmed.number, at
    row.save(update_fields=["status", "edition", "updated_at"])
    return confirmed
