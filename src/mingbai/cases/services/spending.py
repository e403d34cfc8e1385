"""Money and contracts inside a case: not above what was awarded, contracted or approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mingbai.cases.rules import days
from mingbai.cases.rules.values import Value
from mingbai.cases.services import performing, retaining
from mingbai.cases.services.awarding import refuse_late_contract
from mingbai.cases.services.changing import refuse_over_cap
from mingbai.cases.services.invoicing import settle_invoices
from mingbai.cases.services.running import Running, Signed
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.labour.queries.access import labour_power
from mingbai.labour.rules import LABOUR_FILE
from mingbai.labour.services import settle
from mingbai.ledger.events import VoucherPosted
from mingbai.ledger.services import post_payment
from mingbai.registers.events import ContractSigned
from mingbai.registers.services import sign_contract

# Names that charts give to these facts; a chart that names them otherwise is not bound by the rule.
_AWARD, _WINNER, _ASKED, _PAYEE, _INCREASE, _SETTLED, _FLOOR = (
    "award_price", "winner", "amount", "payee_name", "increase", "final_price", "floor_price",
)  # fmt: skip
_CONTRACT, _USE, _DEPOSIT = "contract_number", "use", "deposit"


def contract(running: Running, signed: Signed, read: Mapping[str, Value]) -> ContractSigned:
    """Sign the contract of a case into the register, at the awarded price and with the awarded party.

    Raises:
        Refused: another price or another party than was awarded, or no decision stands behind it.
    """
    node = signed.node
    require_decision(running, signed)
    refuse_late_contract(running, signed)
    retaining.refuse_bad_terms(running, signed, read)
    price, party = int(read["price"]), str(read["party"])
    awarded = awarded_price(running)
    if awarded is not None and price != awarded[0]:
        raise Refused(
            f"合同价{Money(price).yuan()}元与“{awarded[1]}”定下的{Money(awarded[0]).yuan()}元不一致",
            basis=node.citation,
            remedy="按成交价签订合同；价格确需变动的，退回重新决定",
        )
    winner = _latest(running, _WINNER, FieldKind.firm)
    if winner is not None and party != winner[0]:
        raise Refused(
            f"合同对方“{party}”不是“{winner[1]}”确定的“{winner[0]}”",
            basis=node.citation,
            remedy="与成交人签订合同",
        )
    _refuse_below_floor(running, price)
    return sign_contract(
        village=running.row.village,
        case=running.row.number,
        party=party,
        price=Money(price),
        starts_on=_day(read.get("starts_on"), signed.occurred_on),
        ends_on=_day(read.get("ends_on"), signed.occurred_on),
        papers=[paper.id for paper in signed.papers],
        by=signed.by,
        office=signed.office,
        occurred_on=signed.occurred_on,
        at=running.at,
        awarded_price=Money(awarded[0]) if awarded else None,
        party_kind=_kind(signed, "party"),
    )


def _refuse_below_floor(running: Running, price: int) -> None:
    """Nothing of the collective is let or sold below the floor that its case decided on (R49)."""
    floor = _latest(running, _FLOOR, FieldKind.money)
    if floor is not None and price < int(floor[0]):
        raise Refused(
            f"合同价{Money(price).yuan()}元低于“{floor[1]}”定下的底价{Money(int(floor[0])).yuan()}元",
            basis=Citation("rceo", "第26条"),
            remedy="按底价以上成交；确实要低于底价的，退回重新议定底价",
        )


def awarded_price(running: Running) -> tuple[int, str] | None:
    """The price that was awarded, in fen, and the step that awarded it; None when none was."""
    found = _latest(running, _AWARD, FieldKind.money)
    return (int(found[0]), found[1]) if found else None


def _kind(signed: Signed, name: str) -> str:
    """The kind of a field of the step: a private person's name stays masked wherever it goes."""
    kinds = [str(one.kind) for one in signed.node.fields if one.id == name]
    return kinds[0] if kinds else str(FieldKind.person)


def pay(running: Running, signed: Signed, read: Mapping[str, Value]) -> VoucherPosted:
    """Post the payment of a case as a voucher, on its decision and within what remains.

    Raises:
        Refused: no decision, more than remains of the contract or the approved sum, another payee than the
            party to the contract, an invoice used before, or the ledger's own refusal.
    """
    decision = require_decision(running, signed)
    amount = Money(int(read["amount"]))
    _refuse_excess(running, signed, amount)
    _refuse_other_payee(running, signed, str(read["payee"]))
    posted = post_payment(
        village=running.row.village,
        case=running.row.number,
        decision=decision,
        purpose=str(read.get("purpose") or running.row.title),
        payee=str(read["payee"]),
        payee_account=str(read["payee_account"]) if read.get("payee_account") else None,
        method="cash" if read["method"] == "cash" else "bank",
        amount=amount,
        papers=[paper.id for paper in signed.papers],
        occurred_on=signed.occurred_on,
        by=signed.by,
        office=signed.office,
        at=running.at,
        payee_kind=_kind(signed, "payee"),
        link=performing.link_of(running.row.number, running.row.village, _named(running), ceiling(running)),
    )
    settle_invoices(running, signed, read, posted.number)
    _settle_labour(running, signed, amount, posted.number)
    return posted


def _named(running: Running) -> tuple[str, bool]:
    """The contract that the request says the money is for, and whether its deposit is to be given back."""
    said = _latest(running, _CONTRACT, FieldKind.text)
    use = _latest(running, _USE, FieldKind.choice)
    return str(said[0]).strip() if said else "", bool(use and use[0] == _DEPOSIT)


def _settle_labour(running: Running, signed: Signed, amount: Money, voucher: str) -> None:
    """A payment of village labour is the sum of the lists that two signed, to the fen.

    Raises:
        Refused: there is attendance but no such list, or another sum.
    """
    if LABOUR_FILE in running.edition.files and running.row.power == labour_power(running.today):
        settle(
            case=running.row.number,
            amount=amount,
            voucher=voucher,
            by=signed.by,
            office=signed.office,
            at=running.at,
        )


def require_decision(running: Running, signed: Signed) -> str:
    """The decision on which money goes: the latest resolution that passed, else the latest approval."""
    done = running.done_steps()
    for run in reversed(done):
        facts = running.state.facts.get(run.node, {})
        if running.chart.nodes[run.node].kind == "meeting" and facts.get("result") == "passed":
            return run.reference
    approvals = [run for run in done if run.node in signed.node.after or run.person != signed.by.person]
    if not approvals:
        raise Refused(
            f"“{signed.node.title}”之前没有任何决定或者审批",
            basis=signed.node.citation,
            remedy="先按流程图议决或者审批，再办这一步",
        )
    return f"{running.row.number}/{approvals[-1].node}"


def _refuse_excess(running: Running, signed: Signed, amount: Money) -> None:
    if amount.fen <= 0:
        raise Refused("付款金额要大于零", remedy="填写实际支付的金额")
    found = ceiling(running)
    if found is None:
        return
    top, words = found
    paid = sum(run.amount_fen or 0 for run in running.done_steps() if _is_payment(running, run.node))
    held = retaining.hold_back(running, signed, top)
    if top - held < amount.fen + paid <= top:
        retaining.refuse_held(running, signed, held, top - held - paid)
    if amount.fen + paid > top:
        left = Money(max(0, top - paid)).yuan()
        raise Refused(
            f"付款{amount.yuan()}元超过{words}余下可付的{left}元",
            basis=signed.node.citation,
            remedy="核对金额；确需增加的，先按程序变更",
        )


def ceiling(running: Running) -> tuple[int, str] | None:
    """What may be paid in all, in fen, and in whose words: the contract's price with the increases that were
    agreed, or the sum asked for when there is no contract; and never more than was settled at the end."""
    base = _contracted(running) or _asked(running)
    settled = _latest(running, _SETTLED, FieldKind.money)
    if settled is not None and (base is None or int(settled[0]) < base[0]):
        return int(settled[0]), f"“{settled[1]}”审定的金额"
    return base


def _contracted(running: Running) -> tuple[int, str] | None:
    done = running.done_steps()
    signed = [at for at, run in enumerate(done) if days.is_contract(running.chart.nodes[run.node])]
    if not signed:
        return None
    since = [run for run in done[signed[-1] :] if not _is_payment(running, run.node)]
    return sum(run.amount_fen or 0 for run in since), "合同价"


def _asked(running: Running) -> tuple[int, str] | None:
    asked = _latest(running, _ASKED, FieldKind.money)
    return (int(asked[0]), f"“{asked[1]}”的金额") if asked else None


def agreed_increase(running: Running, signed: Signed, read: Mapping[str, Value]) -> int | None:
    """What a change of the works adds to the contract's price, in fen, when it was agreed to.

    Raises:
        Refused: with it, all changes add more to the contract than the dated share of its price.
    """
    if _INCREASE not in read or read.get("verdict") != "agree":
        return None
    increase, base = int(read[_INCREASE]), _contracted(running)
    if base is not None:
        signed_at = [run for run in running.done_steps() if days.is_contract(running.chart.nodes[run.node])]
        refuse_over_cap(running, signed, signed_at[-1].amount_fen or 0, base[0], increase)
    return increase


def _is_payment(running: Running, node: str) -> bool:
    return running.chart.nodes[node].kind == "payment"


def _refuse_other_payee(running: Running, signed: Signed, payee: str) -> None:
    contracts = [run.node for run in running.done_steps() if days.is_contract(running.chart.nodes[run.node])]
    asked = _latest(running, _PAYEE, FieldKind.firm)
    party = str(asked[0]) if asked else payee
    if contracts:
        party = str(running.state.facts[contracts[-1]]["party"])
    if payee != party:
        raise Refused(
            f"收款方“{payee}”不是合同或者申请上的“{party}”",
            basis=signed.node.citation,
            remedy="付给合同相对方；换了收款方的，先签补充协议或者退回重新申请",
        )


def _latest(running: Running, name: str, kind: FieldKind) -> tuple[Value, str] | None:
    """The latest value entered under this name outside payments, and the step that entered it."""
    found = [
        (value, running.chart.nodes[node].title)
        for node, field, value in _facts(running, kind)
        if field == name and not _is_payment(running, node)
    ]
    return found[-1] if found else None


def _facts(running: Running, kind: FieldKind) -> Iterator[tuple[str, str, Value]]:
    """Facts of one kind in the order in which their steps were done."""
    for run in running.done_steps():
        facts = running.state.facts.get(run.node, {})
        for one in running.chart.nodes[run.node].fields:
            if one.kind == kind and one.id in facts:
                yield run.node, one.id, facts[one.id]


def _day(value: Value | None, otherwise: date) -> date:
    return date.fromisoformat(str(value)) if value else otherwise
