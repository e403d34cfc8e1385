"""An invoice may be used once in the district: spoken for, paid, freed when its voucher was corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from mingbai.evidence.events import INVOICE_FREED, INVOICE_USED
from mingbai.evidence.invoice import ONCE, Invoice, InvoiceName
from mingbai.evidence.models import InvoiceFreed, InvoicePaid, InvoiceUse
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import FieldKind, Refused

LEGAL_TIME = ZoneInfo("Asia/Shanghai")
LONGEST_REASON = 240
LONGEST_SELLER = 120


def _nobody_sees(_village: str) -> bool:
    return False


def use_invoice(
    *,
    invoice: Invoice,
    village: str,
    subject: str,
    actor: str,
    at: datetime,
    paper: str = "",
    voucher: str = "",
    sees: Callable[[str], bool] = _nobody_sees,
) -> int:
    """Speak for an invoice on behalf of `subject` (such as `case:06-…`), and with `voucher` mark it as paid.

    What the same subject of the same village has spoken for already, it may pay once. `sees` answers whether the
    person may see a village; only then does the refusal say where the invoice was used.
    Returns the id of the use.

    Raises:
        Refused: used before anywhere in the district (会计法 第14条).
    """
    try:
        with transaction.atomic():
            return _use(invoice, village, subject, actor, at, paper, voucher, sees)
    except IntegrityError as lost:  # somebody else was a moment earlier: the database takes each turn once
        raise _used(_latest(invoice.name), sees) from lost


def _use(
    invoice: Invoice, village: str, subject: str, actor: str, at: datetime, paper: str, voucher: str,
    sees: Callable[[str], bool],
) -> int:  # fmt: skip
    row = _latest(invoice.name)
    if row is not None and not hasattr(row, "freed"):
        own = (row.village, row.subject) == (village, subject)
        if not own or not voucher or hasattr(row, "paid"):
            raise _used(row, sees)
    else:
        row = InvoiceUse.objects.create(
            code=invoice.name.code, number=invoice.name.number, turn=row.turn + 1 if row else 1,
            village=village, subject=subject, paper=paper, seller=invoice.seller[:LONGEST_SELLER],
            amount_fen=invoice.amount_fen, issued_on=invoice.issued_on, actor=actor, recorded_at=at,
        )  # fmt: skip
    if voucher:
        InvoicePaid.objects.create(use=row, voucher=voucher, actor=actor, recorded_at=at)
    _record(INVOICE_USED, row, actor, at, {"paper": row.paper, "voucher": voucher})
    return row.pk


@transaction.atomic
def pay_invoices(*, village: str, subject: str, voucher: str, actor: str, at: datetime) -> int:
    """Mark as paid by `voucher` what a subject has spoken for and not paid yet; how many they were."""
    rows = InvoiceUse.objects.filter(village=village, subject=subject, paid__isnull=True, freed__isnull=True)
    for row in rows:
        InvoicePaid.objects.create(use=row, voucher=voucher, actor=actor, recorded_at=at)
        _record(INVOICE_USED, row, actor, at, {"paper": row.paper, "voucher": voucher})
    return len(rows)


def _record(act: str, row: InvoiceUse, actor: str, at: datetime, data: dict[str, str]) -> None:
    name = InvoiceName(row.code, row.number).printed
    record(
        act=act, village=row.village, subject=row.subject, actor=actor, office="",
        occurred_on=at.astimezone(LEGAL_TIME).date(), at=at,
        fields=[TypedField("invoice", "发票号码", FieldKind.text.value, name)], data={"use": row.pk, **data},
    )  # fmt: skip


@transaction.atomic
def free_invoices(*, voucher: str, reason: str, actor: str, at: datetime) -> int:
    """Let go of what a corrected voucher had paid, so that the right payment may use it; how many they were."""
    rows = InvoiceUse.objects.filter(paid__voucher=voucher, freed__isnull=True)
    for row in rows:
        _free(row, reason, actor, at)
    return len(rows)


def _free(row: InvoiceUse, reason: str, actor: str, at: datetime) -> None:
    InvoiceFreed.objects.create(use=row, reason=reason[:LONGEST_REASON], actor=actor, recorded_at=at)
    _record(INVOICE_FREED, row, actor, at, {"reason": reason[:LONGEST_REASON]})


def free_invoice(*, use: int, village: str, reason: str, actor: str, at: datetime) -> None:
    """Let go of an invoice that was entered in error; the use and the reason stay on record.

    Raises:
        Refused: not this village's, paid (then its voucher must be corrected), freed already, or no reason.
    """
    row = InvoiceUse.objects.filter(pk=use, village=village, freed__isnull=True).first()
    if row is None:
        raise Refused("没有这张登记过的发票", remedy="刷新页面再看")
    if hasattr(row, "paid"):
        raise Refused("这张发票已经付过款", basis=ONCE, remedy="先红字冲销那张记账凭证")
    if not reason.strip():
        raise Refused("没有写为什么撤销", remedy="写明登记错在哪里")
    try:
        with transaction.atomic():
            _free(row, reason.strip(), actor, at)
    except IntegrityError as lost:
        raise Refused("这张发票已经撤销了登记", remedy="刷新页面再看") from lost


def _latest(name: InvoiceName) -> InvoiceUse | None:
    rows = InvoiceUse.objects.filter(code=name.code, number=name.number)
    return rows.select_related("paid", "freed").order_by("-turn").first()


def _used(row: InvoiceUse | None, sees: Callable[[str], bool]) -> Refused:
    remedy = "附这笔付款自己的发票；登记错了的，由登记的村撤销"
    if row is None or not sees(row.village):
        return Refused("这张发票已经在本区用过", basis=ONCE, remedy=remedy)
    where = row.subject.removeprefix("case:")
    paid = f"，记账凭证{row.paid.voucher.rpartition('/')[2]}" if hasattr(row, "paid") else ""
    return Refused(f"这张发票已经用过（{where}{paid}）", basis=ONCE, remedy=remedy)
