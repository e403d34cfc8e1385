"""Advances and petty cash: refused beyond their rules (R46, one fund, overdue), settled to the fen, races."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from bookkeeping import CASE, VILLAGE, Office
from test_races import together

from mingbai.kernel import Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.queries import handling as asked
from mingbai.ledger.services.advances import Terms, issue_advance, replenish_petty, settle_advance
from mingbai.organisations.models import Division
from mingbai.organisations.models import Office as OfficeRow
from mingbai.organisations.services import add_person, give_mandate

DAY, DUE = date(2026, 9, 10), date(2026, 9, 30)


def person(desk: Office, name: str, office: str = "") -> str:
    """Somebody of the village, in an office or in none."""
    Division.objects.get_or_create(
        code=VILLAGE, defaults={"name": "某村", "short": "某村", "level": "village"}
    )
    who = add_person(name=name, village=VILLAGE, by=desk.by, at=desk.at)
    if office:
        OfficeRow.objects.get_or_create(code=office, defaults={"title": office, "level": "village"})
        give_mandate(
            person=who,
            office=office,
            division=VILLAGE,
            since=date(2026, 1, 1),
            until=None,
            by=desk.by,
            at=desk.at,
        )
    return who


def issue(desk: Office, who: str, yuan: str = "600.00", **more: Any) -> str:
    terms = Terms(
        more.pop("kind", "purchase"), who, more.pop("purpose", "买水泵配件"), more.pop("due_on", DUE)
    )
    given = {
        "village": VILLAGE, "case": CASE, "decision": "06/approve", "terms": terms, "method": "bank",
        "amount": Money.parse(yuan), "papers": None, "occurred_on": DAY, "by": desk.by, "office": "bookkeeper",
        "at": desk.at, **more,
    }  # fmt: skip
    given["papers"] = given["papers"] or [desk.paper()]
    return issue_advance(**given)[0]


def settle(desk: Office, number: str, spent: str, returned: str, **more: Any) -> Any:
    given = {
        "village": VILLAGE, "number": number, "spent": [("513", Money.parse(spent))], "returned": Money.parse(returned),
        "method": "cash", "papers": [desk.paper()], "occurred_on": date(2026, 9, 15), "by": desk.by,
        "office": "bookkeeper", "at": desk.at, **more,
    }  # fmt: skip
    return settle_advance(**given)


def listed(on: date = date(2026, 10, 20)) -> list[tuple[str, int]]:
    return [(one.number, one.late_days) for one in asked.advances(VILLAGE, on)]


def test_an_advance_stands_with_its_age_and_is_settled_to_the_fen(desk):
    number = issue(desk, person(desk, "赵明"))
    assert number == f"JZ-{VILLAGE}-2026-001" and listed() == [(number, 20)]
    for spent, returned in (
        ("500.00", "99.99"),
        ("500.00", "100.01"),
        ("600.01", "0.00"),
    ):
        with pytest.raises(Refused, match="一分不差|不等于"):
            settle(desk, number, spent, returned)
    posted = settle(desk, number, "512.34", "87.66")
    lines = {one.account: one.debit - one.credit for one in queries.voucher(VILLAGE, posted.number).lines}
    assert lines == {"513": Money(51234), "101": Money(8766), "113": Money(-60000)}
    assert listed() == [] and asked.unbanked(VILLAGE) == Money(0), "money given back is no income"
    assert [one for one in queries.trial_balance(VILLAGE).lines if one.account.code == "113"][
        0
    ].balance == Money(0)
    with pytest.raises(Refused, match="没有这笔"):
        settle(desk, number, "512.34", "87.66")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"purpose": "  "}, "写明用途"),
        ({"due_on": date(2026, 10, 11)}, "最晚2026-10-10结清"),
        ({"due_on": date(2026, 9, 9)}, "结清"),
        ({"kind": "beer"}, "没有这种借支"),
        ({"case": ""}, "没有对应的办理事项"),
        ({"decision": ""}, "没有决定"),
        ({"papers": ["x"]}, "凭证"),
    ],
)
def test_an_advance_names_its_purpose_kind_day_decision_and_papers(desk, more, said):
    who = person(desk, "赵明")
    with pytest.raises(Refused, match=said):
        issue(desk, who, **more)
    assert listed() == []


def test_r46_no_loan_to_a_manager(desk):
    """R46: a loan that is no official business goes to no manager; official advances do."""
    chair = person(desk, "钱理事", "rce_chair")
    with pytest.raises(Refused, match="不能以“个人借款”借给管理人员") as refusal:
        issue(desk, chair, kind="loan")
    assert (refusal.value.basis.law, refusal.value.basis.article) == ("rceo", "第35条第2款第2项")
    assert issue(desk, chair, kind="travel")


def test_r46_what_a_manager_owes_by_the_receivables_is_listed(desk):
    person(desk, "钱理事", "rce_chair")
    from mingbai.ledger.rules import Line
    from mingbai.ledger.services import post_entry

    lines = [Line("112", Money(5000), Money(0), party="钱理事"), Line("504", Money(0), Money(5000))]
    post_entry(
        village=VILLAGE, summary="欠款", lines=lines, papers=[desk.paper()], occurred_on=DAY, by=desk.by,
        office="bookkeeper", at=desk.at,
    )  # fmt: skip
    assert [(one.name, one.left) for one in asked.manager_debts(VILLAGE, DAY)] == [("钱理事", Money(5000))]


def test_who_has_an_overdue_advance_gets_no_other(desk):
    who, other = person(desk, "赵明"), person(desk, "钱亮")
    first = issue(desk, who, due_on=date(2026, 9, 12))
    second = issue(desk, who)
    with pytest.raises(Refused, match="前账不清，后账不借"):
        issue(desk, who, occurred_on=date(2026, 9, 13))
    issue(desk, other, occurred_on=date(2026, 9, 13))
    settle(desk, first, "600.00", "0.00")
    issue(desk, who, occurred_on=date(2026, 9, 16), case=f"{CASE}x")
    assert second in dict(listed())


def test_one_petty_cash_fund_a_person_within_the_limit(desk):
    who, far = person(desk, "赵明"), DAY + timedelta(days=90)
    with pytest.raises(Refused, match="超过上限5,000.00元"):
        issue(desk, who, "5000.01", kind="petty", due_on=far)
    fund = issue(desk, who, "5000.00", kind="petty", due_on=far)
    with pytest.raises(Refused, match="一个人只能有一份"):
        issue(desk, who, "1.00", kind="petty", due_on=far)
    given = {
        "village": VILLAGE, "case": CASE, "decision": "06/approve", "number": fund, "purpose": "办公用品",
        "method": "bank", "expense_account": "513", "occurred_on": date(2026, 9, 18), "by": desk.by,
        "office": "bookkeeper", "at": desk.at,
    }  # fmt: skip
    with pytest.raises(Refused, match="超过备用金"):
        replenish_petty(amount=Money.parse("5000.01"), papers=[desk.paper()], **given)
    replenish_petty(amount=Money.parse("320.50"), papers=[desk.paper()], **given)
    assert asked.advances(VILLAGE, DAY, "petty")[0].left == Money.parse("5000.00")
    settle(desk, fund, "4000.00", "1000.00", method="bank")
    issue(desk, who, "100.00", kind="petty", due_on=far, case=f"{CASE}x")


def test_a_corrected_advance_is_taken_back_and_a_corrected_settling_stands_open_again(desk):
    who = person(desk, "赵明")
    first = issue(desk, who)
    desk.undo(asked.advances(VILLAGE, DAY)[0].voucher)
    assert listed() == []
    second = issue(desk, who)
    assert second != first
    posted = settle(desk, second, "600.00", "0.00")
    with pytest.raises(Refused, match="先冲销结清"):
        desk.undo(asked.advance(VILLAGE, second, DAY).voucher)
    desk.undo(posted.number, occurred_on=date(2026, 9, 16))
    assert listed() == [(second, 20)]
    settle(desk, second, "300.00", "300.00")
    assert listed() == [] and queries.check_book(VILLAGE) == ()


def test_nobody_settles_his_own(desk):
    number = issue(desk, person(desk, "赵明"))
    from mingbai.ledger.models import Advance

    mine = person(desk, "王会计")
    Advance.objects.filter(number=number).update(who=mine)
    from mingbai.organisations.rules import Actor

    with pytest.raises(Refused, match="不能自己结清"):
        settle(desk, number, "600.00", "0.00", by=Actor(mine, "王会计", desk.by.mandates))


def test_whatever_is_advanced_and_settled_the_account_stands_at_what_is_open(desk):
    chance, people = random.Random(46), [person(desk, f"赵{name}") for name in "明亮强"]
    for turn in range(40):
        open_ones = asked.advances(VILLAGE, DAY)
        try:
            if open_ones and chance.random() < 0.5:
                one = chance.choice(open_ones)
                spent = chance.randrange(1, one.left.fen + 2)
                settle(desk, one.number, str(spent / 100), str((one.left.fen - spent) / 100), method="bank")
            else:
                kind = chance.choice(["travel", "petty", "purchase"])
                issue(
                    desk,
                    chance.choice(people),
                    str(chance.randrange(1, 600_000) / 100),
                    kind=kind,
                    case=f"{turn}",
                )
        except Refused:
            continue
        left = sum(one.left.fen for one in asked.advances(VILLAGE, DAY))
        moved = [x.balance.fen for x in queries.trial_balance(VILLAGE).lines if x.account.code == "113"]
        assert moved == [left]
    assert left and len(queries.vouchers(VILLAGE, "2026-09")) > 20
    assert queries.check_book(VILLAGE) == ()


@pytest.mark.slow
def test_two_funds_at_once_for_one_person_are_one(many_hands):
    who = person(many_hands, "赵明")
    papers = [many_hands.paper() for _ in range(4)]
    acts = [
        lambda p=p, i=i: issue(many_hands, who, "10.00", kind="petty", papers=[p], case=f"{CASE}{i}")
        for i, p in enumerate(papers)
    ]
    done = together(acts)
    assert sum(not isinstance(one, Refused) for one in done) == 1 and len(listed()) == 1
    assert queries.money_left(VILLAGE) == Money.parse("50990.00")


@pytest.mark.slow
def test_one_advance_settled_by_four_hands_at_once_is_settled_once(many_hands):
    number = issue(many_hands, person(many_hands, "赵明"))
    papers = [many_hands.paper() for _ in range(4)]
    done = together([lambda p=p: settle(many_hands, number, "600.00", "0.00", papers=[p]) for p in papers])
    assert sum(not isinstance(one, Refused) for one in done) == 1
    assert queries.check_book(VILLAGE) == ()
