"""Advances and petty cash in a case: asked for and checked at the request, handed out at the payment step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mingbai.cases.rules.values import Value
from mingbai.cases.services import matching
from mingbai.cases.services.consequences import Result
from mingbai.cases.services.running import Running, Signed
from mingbai.cases.services.spending import ceiling, require_decision
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.ledger.queries import handling as cash
from mingbai.ledger.services.advances import Terms, issue_advance, refuse_terms, replenish_petty
from mingbai.organisations import queries as organisations

# Names and words that charts give to these facts; a chart without them hands out no advance.
_USE, _KIND, _WHO, _DUE = "use", "advance_kind", "advance_person", "due_on"
_REFILL, _ISSUED = "refill", ("advance", "petty")


def use_of(running: Running) -> str:
    """What the case asks money for: advance, petty, refill, or empty for a plain expense."""
    said = str(matching.entered(running, _USE, FieldKind.choice) or "")
    return said if said in (*_ISSUED, _REFILL) else ""


def refuse_unfit(running: Running, signed: Signed, read: Mapping[str, Value]) -> None:
    """Refuse, when it is asked for, an advance that could not be paid: its person, purpose, day, and R46.

    Raises:
        Refused: nobody or nobody known is named, no kind or day, or what `issue_advance` would refuse.
    """
    use = str(read.get(_USE, ""))
    if use in _ISSUED:
        terms = _terms(running, signed, use, read)
        refuse_terms(running.row.village, terms, Money(int(read["amount"])), signed.occurred_on)
    elif use == _REFILL:
        _fund(running, signed, str(read.get(_WHO, "")))


def refuse_own(running: Running, signed: Signed) -> None:
    """Refuse whoever is to get an advance as the one who witnesses, reviews, approves or pays it.

    Raises:
        Refused: he signs for himself (R43).
    """
    said = str(matching.entered(running, _WHO, FieldKind.person) or "")
    if not said or not use_of(running) or signed.node.hand == "propose":
        return
    if _person(running, signed, said) == signed.by.person:
        raise Refused("自己借的款不能自己证明、审核、审批或者付", matching.HANDS, "由同一职务的其他人办理")


def pay(
    running: Running, signed: Signed, read: Mapping[str, Value], fields: tuple[TypedField, ...]
) -> Result:
    """Hand out the advance or refill the fund that the case asked for; the voucher is the payment's.

    Raises:
        Refused: no decision, another sum than was approved, or the ledger's own refusal.
    """
    decision, amount = require_decision(running, signed), Money(int(read["amount"]))
    found = ceiling(running)
    if found is not None and amount.fen != found[0]:
        raise Refused(
            f"借支、备用金要一次付足批准的{Money(found[0]).yuan()}元", signed.node.citation, "按批准的金额付"
        )
    use = use_of(running)
    asked = {one: matching.entered(running, one, kind) or "" for one, kind in _ASKED.items()}
    common = {
        "village": running.row.village, "case": running.row.number, "decision": decision,
        "method": "cash" if read["method"] == "cash" else "bank", "amount": amount,
        "papers": [paper.id for paper in signed.papers], "occurred_on": signed.occurred_on, "by": signed.by,
        "office": signed.office, "at": running.at,
    }  # fmt: skip
    if use == _REFILL:
        number = _fund(running, signed, str(asked[_WHO]))
        posted = replenish_petty(number=number, purpose=running.row.title, expense_account=None, **common)
    else:
        posted = issue_advance(terms=_terms(running, signed, use, asked), **common)[1]
    return Result(read, fields, voucher=posted.number, amount_fen=posted.amount.fen)


_ASKED = {_KIND: FieldKind.choice, _WHO: FieldKind.person, _DUE: FieldKind.date}


def _terms(running: Running, signed: Signed, use: str, read: Mapping[str, Value]) -> Terms:
    kind = "petty" if use == "petty" else str(read.get(_KIND, ""))
    if not kind or not read.get(_DUE):
        raise Refused("借支要选种类，填最晚哪天结清", signed.node.citation, "补齐再提交")
    due = date.fromisoformat(str(read[_DUE]))
    return Terms(kind, _person(running, signed, str(read.get(_WHO, ""))), running.row.title, due)


def _person(running: Running, signed: Signed, said: str) -> str:
    village = running.row.village
    numbered = organisations.find_by_number(village, said) if said else None
    found = (numbered,) if numbered else organisations.named(village, said) if said else ()
    if len(found) != 1:
        why = (
            f"本村登记的人里，“{said[:12]}”{'不止一个' if found else '一个也没有'}"
            if said
            else "没有写借款人"
        )
        raise Refused(why, signed.node.citation, "填本村登记的姓名；同名的，填村里给他的编号")
    return found[0].id


def _fund(running: Running, signed: Signed, said: str) -> str:
    who = _person(running, signed, said)
    held = [one for one in cash.advances(running.row.village, signed.occurred_on, "petty") if one.who == who]
    if not held:
        raise Refused("他没有领备用金，不能报账补足", signed.node.citation, "直接支出，或者先申请领备用金")
    return held[0].number
