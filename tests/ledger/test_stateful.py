"""Whatever is done to a book in whatever order: money is never created or lost, and nothing is out of place."""

from __future__ import annotations

from datetime import date, timedelta

from bookkeeping import Office, district
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mingbai.kernel import Money, Refused
from mingbai.ledger import queries, services
from mingbai.ledger.queries.reconciling import reconcile
from mingbai.ledger.queries.statements import statements
from mingbai.ledger.rules import Line, next_period, read_span

VILLAGE = "340311104201"
ZERO = Money(0)
sums = st.integers(1, 3_000_000)
methods = st.sampled_from(["cash", "bank"])


class Book(RuleBasedStateMachine):
    """A book beside a model of it: two purses, the numbers given, the months closed."""

    def __init__(self) -> None:
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.office = Office()
        self.office.open(a101="1000.00", a102="50000.00")
        self.purse = {"cash": 100_000, "bank": 5_000_000}
        self.given: dict[str, int] = {}
        self.closed = "2026-07"
        self.standing: list[tuple[str, dict[str, int]]] = []

    def teardown(self) -> None:
        """Each run ends as it began."""
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def posted(self, number: str, change: dict[str, int]) -> None:
        """What the model expects of a voucher that was taken."""
        month = number.split("-记-")[0]
        self.given[month] = self.given.get(month, 0) + 1
        assert number == f"{month}-记-{self.given[month]}"
        assert month > self.closed
        for method, fen in change.items():
            self.purse[method] += fen
        self.standing.append((number, change))

    def attempt(self, act, change: dict[str, int]) -> None:
        try:
            number = act().number
        except Refused:
            return
        self.posted(number, change)

    def day(self, back: int) -> date:
        return self.office.at.date() - timedelta(days=back)

    @rule(fen=sums, method=methods, back=st.integers(0, 70))
    def pay(self, fen: int, method: str, back: int) -> None:
        self.attempt(
            lambda: self.office.pay(amount=Money(fen), method=method, occurred_on=self.day(back)),
            {method: -fen},
        )

    @rule(fen=sums, method=methods, back=st.integers(0, 70))
    def receive(self, fen: int, method: str, back: int) -> None:
        self.attempt(
            lambda: self.office.receive(amount=Money(fen), method=method, occurred_on=self.day(back)),
            {method: fen},
        )

    @rule(fen=sums, to=methods)
    def move(self, fen: int, to: str) -> None:
        away = "bank" if to == "cash" else "cash"
        self.attempt(
            lambda: services.move_money(
                village=VILLAGE, to=to, amount=Money(fen), papers=[self.office.paper()],
                occurred_on=self.day(0), by=self.office.by, office="bookkeeper", at=self.office.at,
            ),
            {to: fen, away: -fen},
        )  # fmt: skip

    @rule(
        lines=st.lists(
            st.tuples(st.sampled_from(["101", "102", "112", "211", "501", "513"]), sums), max_size=4
        ),
        off=st.sampled_from([0, 0, 0, 1]),
    )
    def enter(self, lines: list[tuple[str, int]], off: int) -> None:
        """Debits as drawn, credited to 241, sometimes a fen too little: never taken then."""
        total = sum(fen for _, fen in lines)
        both = [Line(code, Money(fen), ZERO) for code, fen in lines]
        both.append(Line("241", ZERO, Money(total - off)))
        change = {
            name: sum(fen for code, fen in lines if code == account)
            for name, account in (("cash", "101"), ("bank", "102"))
        }
        before = len(self.standing)
        self.attempt(
            lambda: services.post_entry(
                village=VILLAGE, summary="转账", lines=both, papers=[self.office.paper()],
                occurred_on=self.day(0), by=self.office.by, office="bookkeeper", at=self.office.at,
            ),
            change,
        )  # fmt: skip
        assert not off or len(self.standing) == before

    @precondition(lambda self: self.standing)
    @rule(at=st.integers(0, 10))
    def reverse(self, at: int) -> None:
        number, change = self.standing[at % len(self.standing)]
        self.attempt(
            lambda: services.reverse_voucher(
                village=VILLAGE, number=number, reason="记错", papers=[self.office.paper()],
                occurred_on=self.day(0), by=self.office.by, office="bookkeeper", at=self.office.at,
            ),
            {method: -fen for method, fen in change.items()},
        )  # fmt: skip

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        self.office.later(days=days)

    @rule()
    def close(self) -> None:
        month = next_period(self.closed)
        try:
            self.office.close(month)
        except Refused:
            return
        self.closed = month

    @rule()
    def close_year(self) -> None:
        self.attempt(
            lambda: services.close_year(
                village=VILLAGE, year=int(next_period(self.closed)[:4]), by=self.office.by,
                office="bookkeeper", at=self.office.at,
            ),
            {},
        )  # fmt: skip
        if self.standing and queries.voucher(VILLAGE, self.standing[-1][0]).kind == "yearend":
            self.standing.pop()

    @invariant()
    def money_is_where_the_model_says(self) -> None:
        stands = {line.account.code: line.balance.fen for line in queries.trial_balance(VILLAGE).lines}
        assert (stands["101"], stands["102"]) == (self.purse["cash"], self.purse["bank"])
        assert min(self.purse.values()) >= 0
        assert queries.trial_balance(VILLAGE).balanced

    @invariant()
    def nothing_is_out_of_place(self) -> None:
        assert queries.check_book(VILLAGE) == ()
        today = self.office.at.date()
        assert reconcile(VILLAGE, None, today).ok
        found = statements(VILLAGE, read_span(f"{today:%Y-%m}"))
        assert found.sheet.assets == found.sheet.claims


def test_a_book_is_sound_whatever_is_done_to_it(db):
    district()
    run_state_machine_as_test(
        Book,
        settings=settings(
            max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
