"""From approved payments to instructions for the bank: what waits at its payment step, and one file of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingbai.cases.models import Case, StepRun
from mingbai.cases.queries import charts
from mingbai.cases.rules import days
from mingbai.cases.services import matching, signing
from mingbai.cases.services.running import Running, Signed, lock
from mingbai.cases.services.spending import ceiling, require_decision
from mingbai.kernel import Money, Refused
from mingbai.ledger.queries import transfers
from mingbai.ledger.queries.handling import AccountView, payee_accounts
from mingbai.ledger.services.transfers import FileMade, Order, make_transfer_file
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.interpreter import from_json


@dataclass(frozen=True)
class Payable:
    """An approved payment that waits: whom and how much at most, and the account registered for the payee."""

    case: str
    step: str
    turn: int
    title: str
    step_title: str
    payee: str
    left: Money | None
    account: AccountView | None

    @property
    def key(self) -> str:
        """How a page names it."""
        return f"{self.case}:{self.step}"


def payables(village: str, today: date, at: datetime) -> tuple[Payable, ...]:
    """What waits at its payment step in a village and is in no file that the bank has not refused."""
    steps = StepRun.objects.filter(village=village, case__status=Case.Status.running)
    taken, found = transfers.instructed(village), []
    done: dict[str, list[StepRun]] = {}
    for run in steps.select_related("case").order_by("case", "id"):
        done.setdefault(run.case_id, []).append(run)
    for runs in done.values():
        edition, chart = charts.of(runs[0].case)
        for run in runs:
            waits = run.status == StepRun.Status.open and chart.nodes[run.node].kind == "payment"
            if waits and (run.case_id, run.node, run.turn) not in taken:
                found.append((run, Running(run.case, edition, chart, from_json(run.case.state), at, runs)))
    payees = {run.pk: matching.asked_payee(running) for run, running in found}
    known = payee_accounts(village, tuple(payees.values()), today)
    return tuple(_payable(run, running, payees[run.pk], known) for run, running in found)


def instruct(
    *,
    village: str,
    picked: Mapping[tuple[str, str], Money],
    layout: str,
    payer_account: str,
    by: Actor,
    at: datetime,
    office: str,
) -> FileMade:
    """Put approved payments, by case and step and each with its sum, into one file for the bank.

    The cases stay where they are until the bank has answered and the payment is entered with its slip.

    Raises:
        Refused: a case that does not wait at a payment, more than remains, a person who may not pay, what
            `matching` refuses (R08, R09, R11, R12, R42), or what `make_transfer_file` refuses.
    """
    today = days.legal_day(at)
    with transaction.atomic():
        orders = [
            _order(village, case, step, picked[case, step], by, today, at) for case, step in sorted(picked)
        ]
        return make_transfer_file(
            village=village, orders=orders, layout=layout, payer_account=payer_account, made_on=today, by=by,
            office=office, at=at,
        )  # fmt: skip


def _order(village: str, case: str, step: str, amount: Money, by: Actor, on: date, at: datetime) -> Order:
    running = lock(case, at)
    run, node = running.open_step(step), running.node(step)
    if running.row.village != village or node.kind != "payment":
        raise Refused(f"{case}不是本村等着付款的事项", remedy="从清单里选")
    signed = Signed(node, run, by, signing.require_office(running, node, by, on), on, ())
    payee = matching.asked_payee(running)
    decision = require_decision(running, signed)
    matching.refuse_mismatch(running, signed, payee)
    left = _left(running)
    if left is not None and amount > left:
        raise Refused(
            f"{case}要转{amount.yuan()}元，超过余下可付的{left.yuan()}元", node.citation, "核对金额"
        )
    return Order(case, step, run.turn, decision, payee, amount, running.row.title)


def _left(running: Running) -> Money | None:
    top = ceiling(running)
    if top is None:
        return None
    paid = sum(
        run.amount_fen or 0 for run in running.done_steps() if running.chart.nodes[run.node].kind == "payment"
    )
    return Money(max(0, top[0] - paid))


def _payable(run: StepRun, running: Running, payee: str, known: Mapping[str, AccountView]) -> Payable:
    node = running.chart.nodes[run.node]
    return Payable(
        run.case_id, run.node, run.turn, run.case.title, node.title, payee, _left(running), known.get(payee)
    )
