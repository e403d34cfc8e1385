"""Money on a contract: its voucher and its performance are one act, and a contra-voucher takes both back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.events import VoucherPosted
from mingbai.ledger.queries.journals import contra_of
from mingbai.ledger.rules import Line
from mingbai.ledger.services import ContractLink, Linked, post_entry
from mingbai.ledger.services.writing import lock_book
from mingbai.organisations.rules import Actor
from mingbai.registers import services as registers
from mingbai.registers.queries.agreed import agreed, paid_by
from mingbai.registers.queries.contracts import contract, contracts_of
from mingbai.registers.rules.deposits import KEPT, RECEIVED, RETURNED
from mingbai.registers.rules.schedule import PERFORMED

_NOTHING = Money(0)
_IN, _OUT, _NEITHER = "收款", "付款", "转账"


def perform(said: Linked) -> None:
    """Enter in the register what a voucher is paid on, or take back what a contra-voucher undoes.

    Raises:
        Refused: another village's contract, money that goes the wrong way, and what the register refuses: another
            party (R11), more than is due.
    """
    told = {"on": said.on, "by": said.by, "office": said.office, "at": said.at}
    if said.corrects is not None:
        registers.take_back(village=said.village, voucher=said.corrects, contra=said.number, **told)
    if said.link is None:
        return
    link = said.link
    found = agreed(link.number, said.on)
    if found.village != said.village:
        raise Refused("不是本村的合同", basis=PERFORMED, remedy="核对合同编号")
    _refuse_wrong_way(link.part, found.way, said.change)
    common = {
        "number": link.number,
        "amount": said.amount,
        "voucher": said.number,
        "party": said.party,
        **told,
    }
    if link.part:
        registers.record_deposit(part=link.part, basis=link.basis, **common)
    else:
        registers.record_performance(due_on=link.due_on, most=link.most, **common)


@transaction.atomic
def enter_voucher(
    *, village: str, number: str, voucher: str, amount: Money, on: date, by: Actor, at: datetime
) -> None:
    """Enter that a voucher which stands in the book already, as one of an imported file, was paid on a contract.

    Raises:
        Refused: no such voucher, one that was taken back, money the wrong way, more than the voucher's sum on all
            contracts together, and what `record_performance` refuses.
    """
    lock_book(village)
    found = books.voucher(village, voucher)
    if contra_of(village, voucher) or found.corrects:
        raise Refused(f"凭证{voucher}已经冲销了，或者是红字凭证", basis=PERFORMED, remedy="核对凭证号")
    _refuse_wrong_way("", agreed(number, on).way, found.income.fen - found.expense.fen)
    left = Money(max(found.amount.fen - paid_by(village, voucher), 0))
    if amount.fen > left.fen:
        raise Refused(
            f"凭证{voucher}一共{found.amount.yuan()}元，还没有记到合同上的只有{left.yuan()}元",
            basis=PERFORMED,
            remedy="核对金额和凭证号",
        )
    registers.record_performance(
        number=number, amount=amount, on=on, by=by, at=at, voucher=voucher, party=found.party
    )


def link_of(
    case: str, village: str, named: tuple[str, bool], most: tuple[int, str] | None
) -> ContractLink | None:
    """The contract that a case's payment is for: the one that its request names, else the one it signed; or none.

    `named`: that number, and whether the deposit goes back; `most`: what the case may pay in all, in fen.

    Raises:
        Refused: the number names no contract of the village, or a deposit without its contract.
    """
    number, deposit = named
    if number:
        if contract(number).village != village:
            raise Refused("不是本村的合同", basis=PERFORMED, remedy="核对合同编号")
        return ContractLink(number, RETURNED if deposit else "")
    if deposit:
        raise Refused("退押金没有写合同编号", basis=PERFORMED, remedy="退回申请，写明退哪份合同的押金")
    signed = [one for one in contracts_of(case) if agreed(one.number, one.signed_on).way != "in"]
    return ContractLink(signed[-1].number, most=Money(most[0]) if most else None) if signed else None


def keep_deposit(
    *, village: str, number: str, amount: Money, basis: str, papers: Sequence[str], occurred_on: date, by: Actor,
    office: str, at: datetime,
) -> VoucherPosted:  # fmt: skip
    """A deposit that is not given back, by a decision, is owed no longer and becomes income; no money moves.

    Raises:
        Refused: more than is held, no decision of that number, and what `post_entry` refuses.
    """
    accounts = books.chart(occurred_on)
    lines = [
        Line(accounts.deposit, amount, _NOTHING),
        Line(accounts.income, _NOTHING, amount),
    ]
    return post_entry(
        village=village, summary=f"合同{number}的押金、保证金不退", lines=lines, papers=papers, occurred_on=occurred_on,
        by=by, office=office, at=at, link=ContractLink(number, KEPT, basis=basis),
    )  # fmt: skip


def _refuse_wrong_way(part: str, way: str, change: int) -> None:
    """Money of a contract goes the way of its kind; a deposit comes in, goes back, or stays without any moving."""
    wanted = {RECEIVED: _IN, RETURNED: _OUT, KEPT: _NEITHER}.get(part) or {"in": _IN, "out": _OUT}.get(way)
    is_ = _IN if change > 0 else _OUT if change < 0 else _NEITHER
    if wanted and wanted != is_:
        raise Refused(
            f"这份合同这里该是{wanted}，凭证是{is_}",
            basis=PERFORMED,
            remedy="核对选的合同，或者收、付、退有没有选错",
        )
