"""What must agree before money goes out: days, invoices, payee, account and hands (R08, R09, R11, R12, R42, R43)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from mingbai.cases.rules import days
from mingbai.cases.rules.values import Value
from mingbai.cases.services.running import Running, Signed
from mingbai.evidence import queries as evidence
from mingbai.kernel import Citation, Confidence, FieldKind, Refused
from mingbai.ledger.queries import handling as cash
from mingbai.ledger.services import accounts
from mingbai.organisations import queries as organisations
from mingbai.procedures.rules.graph import Node
from mingbai.procurement.queries.suppliers import people_behind

INVOICES = Citation("invoice", "第19条", Confidence.likely)
ORIGINALS = Citation("accounting", "第14条", Confidence.likely)
PRIVATE = Citation("rceo", "第44条第3款")
HANDS = Citation("accounting", "第35条", Confidence.likely)


def refuse_substitute(running: Running, signed: Signed) -> None:
    """Refuse a second approver of another office while the first office could sign itself (R43, 一肩挑).

    Source: 本地惯例 (assumed); 会计法 第35条.

    Raises:
        Refused: some holder of the first office has not signed what this step is separate from.
    """
    node, village = signed.node, running.row.village
    if node.hand != "approve" or signed.office == node.offices[0]:
        return
    levels = {one.code: one.level for one in organisations.offices()}
    if levels.get(node.offices[0]) != "village":
        return
    taken = {
        run.person
        for run in running.done_steps()
        if run.node in node.separate_from or node.id in running.chart.nodes[run.node].separate_from
    }
    free = [
        one
        for one in organisations.holders(node.offices[0], village, signed.occurred_on)
        if one.id not in taken
    ]
    if free:
        title = organisations.office_title(node.offices[0])
        raise Refused(
            f"“{node.title}”由{title}本人签，他没有签过别的环节",
            basis=HANDS,
            remedy=f"请{title}登录办理；只有他已经签过前面的环节（一肩挑），才由第二个人签",
        )


def refuse_mismatch(running: Running, signed: Signed, payee: str, account: str = "") -> None:
    """Refuse a payment whose days, invoices, payee or account do not agree with the case.

    Raises:
        Refused: earlier than its decision or contract (R08); an invoice earlier than those (R09), or of another
            seller (R11); another account than the payee's (R11); a private person on no roll and without a
            contract (R42); a cadre's kin or their firm, undeclared or with the cadre's own signature (R12).
    """
    _refuse_early(running, signed)
    _refuse_invoices(running, payee)
    _refuse_account(running, signed, payee, account)
    _refuse_private(running, signed, payee)
    _refuse_kin(running, signed, payee)


def entered(running: Running, name: str, kind: FieldKind) -> Value | None:
    """The latest value entered under a name outside payments; None when there is none."""
    found = [
        value for node, field, value in _facts(running, kind) if field == name and node.kind != "payment"
    ]
    return found[-1] if found else None


def contract_party(running: Running) -> str:
    """The party to the case's latest contract; empty without one."""
    signed = [run.node for run in running.done_steps() if days.is_contract(running.chart.nodes[run.node])]
    return str(running.state.facts[signed[-1]]["party"]) if signed else ""


def asked_payee(running: Running) -> str:
    """Whom the case was approved to pay: the contract's party, else the payee of the request; empty when none."""
    return contract_party(running) or str(entered(running, "payee_name", FieldKind.firm) or "")


def _facts(running: Running, kind: FieldKind) -> Iterator[tuple[Node, str, Value]]:
    for run in running.done_steps():
        node, facts = running.chart.nodes[run.node], running.state.facts.get(run.node, {})
        for one in node.fields:
            if one.kind == kind and one.id in facts:
                yield node, one.id, facts[one.id]


def _decisions(running: Running) -> list[days.Earlier]:
    """The meetings that passed and the contracts of the case, with both of their days."""
    found = []
    for run in running.done_steps():
        node = running.chart.nodes[run.node]
        passed = running.state.facts.get(run.node, {}).get("result") == "passed"
        if (
            run.done_on
            and run.recorded_at
            and ((node.kind == "meeting" and passed) or days.is_contract(node))
        ):
            found.append(days.Earlier(node.title, run.done_on, days.legal_day(run.recorded_at)))
    return found


def _refuse_early(running: Running, signed: Signed) -> None:
    days.refuse_before(signed.node, signed.occurred_on, _decisions(running), binding=True)


def _refuse_invoices(running: Running, payee: str) -> None:
    for one in evidence.invoices_of(f"case:{running.row.number}"):
        if one.seller and plain_name(one.seller) != plain_name(payee):
            raise Refused(
                f"发票{one.name.printed}的销售方是“{one.seller}”，不是收款方“{payee}”",
                basis=INVOICES,
                remedy="谁开的票付给谁；票开错了的，退回重开",
            )
        for earlier in _decisions(running):
            if one.issued_on and one.issued_on < earlier.occurred_on:
                raise Refused(
                    f"发票{one.name.printed}开在{one.issued_on}，早于“{earlier.title}”（{earlier.occurred_on}）",
                    basis=ORIGINALS,
                    remedy="先办后议的不能付；发票登记错了的，更正登记再付",
                )


def _refuse_account(running: Running, signed: Signed, payee: str, account: str) -> None:
    known = cash.payee_account(running.row.village, payee, signed.occurred_on)
    if account and known and account.replace(" ", "") != known.number:
        raise Refused(
            f"收款账号不是{payee}登记的账户（{known.ending}）",
            basis=INVOICES,
            remedy="核对账号；换了账户的，凭收款人的证明先登记新账户",
        )


def _refuse_private(running: Running, signed: Signed, payee: str) -> None:
    village = running.row.village
    if running.row.power in cash.handling(signed.occurred_on).rolls or contract_party(running) == payee:
        return
    if organisations.named(village, payee):
        raise Refused(
            f"“{payee}”是个人，不在用工、补贴的名册上，也没有采购合同：集体的钱不能转给个人",
            basis=PRIVATE,
            remedy="付给开票的单位；用工的走第7项发放表，向个人买东西的先签合同，因公用款的走借支或者备用金",
        )


def _refuse_kin(running: Running, signed: Signed, payee: str) -> None:
    village, number = running.row.village, running.row.number
    behind = {payee, *people_behind([payee])}
    cadres = {id for name in sorted(behind) for id in accounts.related(village, name, signed.occurred_on)}
    if not cadres:
        return
    said = accounts.declared(village, number, payee)
    if said == "namesake":
        return
    names = "、".join(one.name for one in organisations.people(sorted(cadres)))
    if not said:
        raise Refused(
            f"收款方“{payee}”和村干部{names}是近亲属，或者是他们的企业，还没有申报",
            basis=accounts.KIN,
            remedy="在“现金和转账”页申报关系；有关的人回避以后再付；同名不同人的，写明怎么认定",
        )
    hands = {run.person for run in running.done_steps()} | {signed.by.person}
    if hands & cadres:
        raise Refused(
            f"{names}和收款方“{payee}”有近亲属关系，却签过这件事的环节，应当回避",
            basis=accounts.KIN,
            remedy="退回他签过的环节，由别的人重新办理",
        )


def plain_name(name: str) -> str:
    """A firm's name as it is compared: full and half width alike, without spaces and kinds of brackets."""
    return "".join(unicodedata.normalize("NFKC", name).split()).replace("(", "").replace(")", "")
