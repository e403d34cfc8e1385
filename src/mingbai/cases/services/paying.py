"""Before money: what every step on the way to a payment must keep to, and which way the payment goes."""

from __future__ import annotations

from collections.abc import Mapping

from mingbai.cases.rules import values
from mingbai.cases.rules.values import Value
from mingbai.cases.services import advancing, consequences, letting, matching, signing
from mingbai.cases.services.consequences import Result
from mingbai.cases.services.running import Running, Signed
from mingbai.journal.events import TypedField
from mingbai.kernel import Money, Refused
from mingbai.ledger.services.transfers import check_payment


def carry_out(running: Running, signed: Signed, raw: Mapping[str, str]) -> Result:
    """Do what a step brings about, money last of all.

    Raises:
        Refused: what `matching`, `advancing` or `consequences` refuse.
    """
    matching.refuse_substitute(running, signed)
    letting.refuse_unlisted(running, signed)
    advancing.refuse_own(running, signed)
    if signed.node.kind != "payment":
        return _request(running, signed, raw)
    read = values.read_values(signed.node, raw)
    payee, account = str(read["payee"]), str(read.get("payee_account") or "")
    advance = advancing.use_of(running)
    if not advance:
        matching.refuse_mismatch(running, signed, payee, account)
    method = "cash" if read["method"] == "cash" else "bank"
    amount = Money(int(read["amount"]))
    check_payment(running.row.number, signed.run.node, signed.run.turn, payee, amount, method, account)
    if not advance:
        return consequences.carry_out(running, signed, raw)
    _refuse_other_payee(running, signed, payee)
    signing.refuse_recused(running, signed, read)
    return advancing.pay(running, signed, read, _fields(signed, read))


def _request(running: Running, signed: Signed, raw: Mapping[str, str]) -> Result:
    result = consequences.carry_out(running, signed, raw)
    advancing.refuse_unfit(running, signed, result.values)
    return result


def _refuse_other_payee(running: Running, signed: Signed, payee: str) -> None:
    asked = matching.asked_payee(running)
    if asked and asked != payee:
        raise Refused(f"收款方“{payee}”不是申请上的“{asked}”", signed.node.citation, "付给申请上写的人")


def _fields(signed: Signed, read: Mapping[str, Value]) -> tuple[TypedField, ...]:
    return tuple(
        TypedField(one.id, one.label, str(one.kind), values.shown(one, read[one.id]))
        for one in signed.node.fields
        if one.id in read
    )
