"""The public money page of a village's month: every figure is derived from published vouchers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate

from django.db.models import Q, Sum

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import Publication, view
from mingbai.disclosure.rules.documents import public_id
from mingbai.kernel import Money

VOUCHER, LATER_PAPER, CONTRACT = "ledger.voucher_posted", "ledger.paper_attached", "register.contract_signed"


@dataclass(frozen=True)
class MoneyLine:
    """One voucher. Either `income` or `expense` is set; `balance` is what the village had after it.

    papers: how many originals stand behind it, those handed in later counted too.
    contract: the publication of the contract it was paid on, if one is known; contract_number its number.
    """

    publication: str
    number: str
    occurred_on: date
    summary: str
    income: Money | None
    expense: Money | None
    balance: Money
    counterparty: str
    method: str
    case: str
    late_days: int
    papers: int
    purpose: str = ""
    decision: str = ""
    contract: str = ""
    contract_number: str = ""

    @property
    def lacks_paper(self) -> bool:
        """Whether money went out and no original stands behind it, not even one handed in later."""
        return self.expense is not None and not self.papers


@dataclass(frozen=True)
class MoneyPage:
    """A month: opening + income − expense = closing. `months` are those with vouchers, oldest first.

    totals: income and expense of every month.
    """

    village: str
    month: str
    months: tuple[str, ...]
    opening: Money
    income: Money
    expense: Money
    closing: Money
    lines: tuple[MoneyLine, ...]
    totals: Mapping[str, tuple[Money, Money]] = field(default_factory=dict)


def money(village: str, month: str, *, otherwise: str = "") -> MoneyPage:
    """The vouchers of a village in a month (`2026-09`), with opening and closing balance; three queries.

    Without a month: the newest that has vouchers, or `otherwise` where there are none.
    """
    vouchers = PublicationRow.objects.filter(village=village, kind=VOUCHER)
    totals = {
        row["month"]: (row["income"] or 0, row["expense"] or 0)
        for row in vouchers.values("month")
        .annotate(
            income=Sum("signed_fen", filter=Q(signed_fen__gt=0)),
            expense=Sum("signed_fen", filter=Q(signed_fen__lt=0)),
        )
        .order_by("month")
    }
    month = month or max(totals, default=otherwise)
    found = _of_month(village, month)
    rows = [row for row in found if row.kind == VOUCHER]
    beside = [row for row in found if row.kind != VOUCHER]
    opening = _first_opening(village) + sum(sum(pair) for key, pair in totals.items() if key < month)
    balances = list(accumulate((row.signed_fen or 0 for row in rows), initial=opening))
    income, expense = totals.get(month, (0, 0))
    return MoneyPage(
        village=village,
        month=month,
        months=tuple(totals),
        opening=Money(opening),
        income=Money(income),
        expense=Money(-expense),
        closing=Money(balances[-1]),
        lines=tuple(_line_of(row, after, beside) for row, after in zip(rows, balances[1:], strict=True)),
        totals={key: (Money(came), Money(-went)) for key, (came, went) in totals.items()},
    )


def later_papers(village: str, voucher: str) -> tuple[Publication, ...]:
    """The papers that were handed in after a voucher, in the order of coming; one query."""
    rows = PublicationRow.objects.filter(village=village, kind=LATER_PAPER, voucher=voucher)
    return tuple(view(row) for row in rows.order_by("order"))


def _of_month(village: str, month: str) -> list[PublicationRow]:
    """The vouchers of a month, the papers that came later for them and the contracts of their cases; one query."""
    here = PublicationRow.objects.filter(village=village)
    vouchers = here.filter(kind=VOUCHER, month=month)
    later = Q(kind=LATER_PAPER, voucher__startswith=f"{month}-")
    contracts = Q(kind=CONTRACT, case__in=vouchers.exclude(case="").values("case"))
    return list(here.filter(Q(kind=VOUCHER, month=month) | later | contracts).order_by("order"))


def _line_of(row: PublicationRow, balance: int, beside: Sequence[PublicationRow]) -> MoneyLine:
    """The line of a voucher with what stands beside it: papers that came later, the newest contract."""
    line = _line(view(row), row, balance)
    added = sum(len(view(one).papers) for one in beside if one.voucher == row.voucher)
    signed = [one for one in beside if one.kind == CONTRACT and one.case == row.case and row.case]
    contract = public_id(signed[-1].village, signed[-1].number) if signed else ""
    number = line.contract_number or (signed[-1].voucher if signed else "")
    return replace(line, papers=line.papers + added, contract=contract, contract_number=number)


def _first_opening(village: str) -> int:
    """What the village had before its first published voucher, in fen."""
    first = PublicationRow.objects.filter(village=village, kind=VOUCHER).order_by("order").first()
    if first is None:
        return 0
    balance = view(first).data.get("balance_fen")
    return int(balance) - (first.signed_fen or 0) if isinstance(balance, int) else 0


def _purpose(publication: Publication) -> str:
    """The account that the money went to or came from, by its name; the largest where there are several."""
    purposes = publication.data.get("purposes") or ()
    largest = max(purposes, key=lambda one: abs(int(one["fen"])), default=None)
    return str(largest["name"]) if largest else ""


def _line(publication: Publication, row: PublicationRow, balance: int) -> MoneyLine:
    signed = row.signed_fen or 0
    shown = {field.label: field.value or "" for field in publication.fields}
    return MoneyLine(
        publication=publication.id,
        number=row.voucher,
        occurred_on=row.occurred_on,
        summary=shown.get("摘要") or publication.title,
        income=Money(signed) if signed > 0 else None,
        expense=Money(-signed) if signed < 0 else None,
        balance=Money(balance),
        counterparty=shown.get("收款方") or shown.get("付款方") or "",
        method=shown.get("方式", ""),
        case=publication.case,
        late_days=publication.late_days,
        papers=len(publication.papers),
        purpose=_purpose(publication),
        decision=shown.get("决定", ""),
        contract_number=str(publication.data.get("contract") or ""),
    )
