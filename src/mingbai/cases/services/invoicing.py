"""The invoices of a case's payment: what the case spoke for, or names on the step, is paid by this voucher."""

from __future__ import annotations

from collections.abc import Mapping

from mingbai.cases.rules.values import Value
from mingbai.cases.services.running import Running, Signed
from mingbai.evidence.invoice import Invoice, invoice_name
from mingbai.evidence.services import pay_invoices, use_invoice
from mingbai.organisations.rules import may_see

# Names that charts give to these facts.
_NUMBER, _CODE = "invoice_number", "invoice_code"


def settle_invoices(running: Running, signed: Signed, read: Mapping[str, Value], voucher: str) -> None:
    """Mark as paid by `voucher` what the case has entered at the desk, and what the payment itself names.

    Raises:
        Refused: no invoice number, or the invoice was used before anywhere in the district.
    """
    village, subject = running.row.village, f"case:{running.row.number}"
    key, person = f"{village}/{voucher}", signed.by.person
    if read.get(_NUMBER):
        use_invoice(
            invoice=Invoice(invoice_name(str(read[_NUMBER]), str(read.get(_CODE) or ""))),
            village=village,
            subject=subject,
            actor=person,
            at=running.at,
            voucher=key,
            sees=lambda place: may_see(signed.by, place, running.today),
        )
    pay_invoices(village=village, subject=subject, voucher=key, actor=person, at=running.at)
