"""A paper that comes after its voucher: added, dated when it was added, never instead of another."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.ledger import queries
from mingbai.ledger.models import Voucher, VoucherPaper
from mingbai.ledger.papers import PAPER_ATTACHED
from mingbai.ledger.services import writing
from mingbai.organisations.rules import Actor

ORIGINALS = Citation("accounting", "第14条")


@transaction.atomic
def attach_paper(*, village: str, number: str, paper: str, by: Actor, office: str, at: datetime) -> None:
    """Add a sealed paper to a posted voucher, whether or not its month is closed; lines and sums stay as they are.

    Raises:
        Refused: no such voucher, an opening balance, a paper of another village, or one that stands behind a
            voucher already (会计法 第14条).
    """
    book = writing.lock_book(village)
    row = Voucher.objects.filter(id=queries.voucher_id(village, number), serial__gt=0).first()
    if row is None:
        raise Refused(f"账簿中没有凭证“{number}”", remedy="请核对凭证号")
    (found,) = writing.find_papers(village, [paper])
    earlier = VoucherPaper.objects.filter(book=book, digest=found.digest).first()
    if earlier is not None:
        where = earlier.voucher_id.split("/", 1)[1]
        raise Refused(f"这份单据已经附在凭证{where}后面", basis=ORIGINALS, remedy="请附这张凭证自己的单据")
    VoucherPaper.objects.create(voucher=row, book=book, paper=found.id, digest=found.digest)
    journal.record(
        act=PAPER_ATTACHED,
        village=village,
        subject=f"case:{row.case}" if row.case else f"village:{village}",
        actor=by.person,
        office=office,
        occurred_on=at.astimezone(writing.LEGAL_TIME).date(),
        at=at,
        fields=[TypedField("number", "凭证号", FieldKind.text.value, number)],
        data={"number": number, "papers": [{"id": found.id, "label": found.label, "digest": found.digest}]},
        citation=ORIGINALS,
    )
