"""Before money goes out: the chain by amount and separate hands (R43), R08, R09, R11, R12, R42, R46 by the services."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingbai.cases import queries
from mingbai.evidence.invoice import Invoice, invoice_name
from mingbai.evidence.services import use_invoice
from mingbai.kernel import Refused
from mingbai.ledger.queries import handling as cash
from mingbai.ledger.queries import vouchers_of
from mingbai.ledger.services import accounts
from mingbai.organisations import queries as organisations
from mingbai.organisations.services import add_person, declare_kinship, give_mandate

POWER, FIRM = "village-fund-approval", "蚌埠市禾丰建筑队"
SINGLE, DUAL, COMMITTEE, ALL = "1000.00", "1000.01", "5000.01", "20000.01"


def asked(world, yuan: str = SINGLE, **more: str) -> str:
    """A request of this much, done."""
    number = world.open("打印纸", power=POWER)
    world.do(number, "request", amount=yuan, **more)
    world.wait()
    return number


def waiting(number: str) -> list[str]:
    return [one.step for one in queries.case(number).here]


def hands(number: str) -> dict[str, str]:
    return {one.step: one.person for one in queries.case(number).done}


@pytest.mark.parametrize(
    ("yuan", "steps"),
    [
        (SINGLE, []),
        (DUAL, ["approval__countersign"]),
        ("5000.00", ["approval__countersign"]),
        (COMMITTEE, ["committee", "approval__countersign"]),
        ("20000.00", ["committee", "approval__countersign"]),
    ],
)
def test_r43_the_chain_grows_with_the_amount_and_every_hand_is_another(world, yuan, steps):
    """经手、证明、审核、审批(、联签)、代理中心、出纳: by the dated limits, each another person."""
    number = asked(world, yuan)
    world.forward(number, "book", amount=yuan)
    always = ["request", "approval__witness", "approval__supervise_review", "approval__approve", "approval__town_review", "pay"]  # fmt: skip
    done = hands(number)
    assert set(done) == {*always, *steps}
    signed = [done[step] for step in [*always, *steps] if step != "committee"]
    assert len(set(signed)) == len(signed)
    assert [one.amount.yuan() for one in vouchers_of(number)] == [f"{float(yuan):,.2f}"]


def test_r43_above_the_collective_limit_the_meetings_decide_first(world):
    number = asked(world, ALL)
    assert not waiting(number)[0].startswith("approval") and waiting(number) != ["committee"]


PAIRS = [
    ("request", "approval__witness", "village_group_leader"),
    ("request", "approval__supervise_review", "village_supervision_committee"),
    ("request", "approval__approve", "village_committee_director"),
    ("request", "pay", "bookkeeper"),
    ("approval__witness", "approval__supervise_review", "village_supervision_committee"),
    ("approval__witness", "approval__approve", "village_committee_director"),
    ("approval__witness", "approval__countersign", "village_party_secretary"),
    ("approval__supervise_review", "approval__approve", "village_committee_director"),
    ("approval__approve", "approval__town_review", "town_sanzi_center"),
    ("approval__approve", "pay", "bookkeeper"),
    ("approval__supervise_review", "pay", "bookkeeper"),
    ("approval__town_review", "pay", "bookkeeper"),
    ("pay", "book", "town_sanzi_center"),
]


@pytest.mark.parametrize(("first", "second", "office"), PAIRS)
def test_r43_two_hands_are_never_one_person(world, first, second, office):
    """Whoever did one step also holds the office of the other: the service refuses the second signature."""
    number = asked(world, DUAL)
    world.forward(number, second, amount=DUAL)
    assert waiting(number) == [second]
    who = hands(number)[first]
    place = {"town_sanzi_center": "340311104"}.get(office, "340311104201")
    _take_office(world, who, office, place)
    with pytest.raises(Refused, match="同一个人"):
        world.do(number, second, by=organisations.actor_on(who, world.day), amount=DUAL)
    assert waiting(number) == [second]


def _take_office(world, who: str, office: str, place: str) -> None:
    """The office itself, whatever the table of incompatible offices says: the chain must hold on its own."""
    from mingbai.organisations.models import MandateRow

    MandateRow.objects.create(
        person_id=who, office_id=office, division_id=place, since=date(2026, 1, 5), recorded_at=world.at
    )


def test_r43_the_cashier_is_not_the_auditor_of_the_village(world):
    """出纳不得兼任稽核 (会计法 第35条): the offices themselves do not go together."""
    with pytest.raises(Refused, match="同时|兼|不能") as refusal:
        give_mandate(
            person=world.person["bookkeeper"], office="village_supervision_committee", division="340311104201",
            since=world.day, until=None, by=world.who("bookkeeper"), at=world.at,
        )  # fmt: skip
    assert refusal.value.reason


def test_r43_one_shoulder_needs_a_second_approver(world):
    """一肩挑: the secretary who approved as director cannot countersign; somebody else of the branch does."""
    director = world.person["village_committee_director"]
    secretary = world.person["village_party_secretary"]
    number = asked(world, DUAL)
    world.forward(number, "approval__countersign", amount=DUAL)
    member = world.who("village_party_org")
    with pytest.raises(Refused, match="本人签") as refusal:
        world.do(number, "approval__countersign", by=member)
    assert refusal.value.basis.law == "accounting"
    from mingbai.organisations.models import MandateRow

    MandateRow.objects.filter(office_id="village_party_secretary", person_id=secretary).delete()
    _take_office(world, director, "village_party_secretary", "340311104201")
    with pytest.raises(Refused, match="同一个人"):
        world.do(number, "approval__countersign", by=organisations.actor_on(director, world.day))
    world.do(number, "approval__countersign", by=member)
    assert waiting(number) == ["approval__town_review"]


# days, invoices, payees


def ready(world, yuan: str = SINGLE, **more: str) -> str:
    number = asked(world, yuan, **more)
    world.forward(number, "pay", amount=yuan)
    assert waiting(number) == ["pay"]
    return number


def invoice(
    world, number: str, seller: str = FIRM, issued: date | None = None, digits: str = "26342000000012345678"
):
    use_invoice(
        invoice=Invoice(invoice_name(digits), seller, 100_000, issued), village="340311104201",
        subject=f"case:{number}", actor="x", at=world.at,
    )  # fmt: skip


def test_r08_no_payment_before_its_resolution(world):
    number = ready(world, COMMITTEE)
    decided = next(one for one in queries.case(number).done if one.step == "committee").done_on
    with pytest.raises(Refused, match="先后颠倒|先付后议"):
        world.do(number, "pay", on=decided - timedelta(days=1), amount=COMMITTEE)


def test_r09_an_invoice_older_than_the_resolution_is_not_paid(world):
    number = ready(world, COMMITTEE)
    decided = next(one for one in queries.case(number).done if one.step == "committee").done_on
    invoice(world, number, issued=decided - timedelta(days=1))
    with pytest.raises(Refused, match="早于“村“两委”决定”") as refusal:
        world.do(number, "pay", amount=COMMITTEE)
    assert refusal.value.basis.law == "accounting"


def test_r09_an_invoice_of_the_day_of_the_resolution_is_paid(world):
    number = ready(world, COMMITTEE)
    invoice(
        world,
        number,
        issued=next(one for one in queries.case(number).done if one.step == "committee").done_on,
    )
    world.do(number, "pay", amount=COMMITTEE)
    assert waiting(number) == ["book"]


def test_r10_one_invoice_is_paid_once(world):
    first, second = ready(world), ready(world)
    invoice(world, first)
    world.do(first, "pay", amount=SINGLE)
    with pytest.raises(Refused, match="发票"):
        invoice(world, second)


def test_r11_the_seller_is_the_payee(world):
    number = ready(world)
    invoice(world, number, seller="某某商贸有限公司")
    with pytest.raises(Refused, match="销售方是“某某商贸有限公司”，不是收款方") as refusal:
        world.do(number, "pay", amount=SINGLE)
    assert refusal.value.basis.article == "第19条"


def test_r11_full_width_brackets_and_spaces_make_no_other_seller(world):
    number = ready(world)
    invoice(world, number, seller="蚌埠市 禾丰建筑队")
    world.do(number, "pay", amount=SINGLE)


def test_r11_another_payee_than_approved_is_refused(world):
    number = ready(world)
    with pytest.raises(Refused, match="不是合同或者申请上的"):
        world.do(number, "pay", amount=SINGLE, payee="别的建筑队")


def villager(world, name: str) -> str:
    return add_person(name=name, village="340311104201", by=world.who("bookkeeper"), at=world.at)


def test_r42_a_private_person_on_no_roll_is_not_paid(world):
    villager(world, "孙小圩")
    number = ready(world, payee_name="孙小圩")
    with pytest.raises(Refused, match="不能转给个人") as refusal:
        world.do(number, "pay", amount=SINGLE, payee="孙小圩")
    assert (refusal.value.basis.law, refusal.value.basis.article) == ("rceo", "第44条第3款")
    assert vouchers_of(number) == ()


def test_r42_who_is_not_known_but_reads_like_a_person_is_marked(world):
    number = ready(world, payee_name="周大全")
    world.do(number, "pay", amount=SINGLE, payee="周大全")
    month = world.day.strftime("%Y-%m")
    assert [(x.payee, x.case) for x in cash.private_payees("340311104201", (month,))] == [("周大全", number)]


def own_firm(world, who: str) -> None:
    accounts.declare_firm(
        village="340311104201", firm=FIRM, who=who, words="本人申报", by=world.who("bookkeeper"), office="bookkeeper",
        at=world.at,
    )  # fmt: skip


def declare(world, number: str, kind: str) -> None:
    accounts.declare_payee(
        village="340311104201", case=number, payee=FIRM, kind=kind, words="主任之弟所办，主任回避",
        by=world.who("bookkeeper"), office="bookkeeper", at=world.at,
    )  # fmt: skip


@pytest.mark.parametrize("own", [True, False])
def test_r12_the_firm_of_a_cadre_or_his_brother_is_paid_only_declared_and_without_his_hand(world, own):
    director = world.person["village_committee_director"]
    brother = villager(world, "弟弟")
    declare_kinship(
        person=director, relative=brother, relation="兄弟姐妹", by=world.who("bookkeeper"), at=world.at
    )
    number = ready(world)
    own_firm(world, director if own else brother)
    with pytest.raises(Refused, match="还没有申报") as refusal:
        world.do(number, "pay", amount=SINGLE)
    assert refusal.value.basis.law == "gov-sanctions"
    declare(world, number, "kin")
    with pytest.raises(Refused, match="应当回避"):
        world.do(number, "pay", amount=SINGLE)
    assert vouchers_of(number) == ()


def test_r12_a_cadre_who_had_no_hand_in_it_does_not_stop_a_declared_payment(world):
    own_firm(world, world.person["rce_chair"])
    number = ready(world)
    with pytest.raises(Refused, match="还没有申报"):
        world.do(number, "pay", amount=SINGLE)
    declare(world, number, "kin")
    world.do(number, "pay", amount=SINGLE)


def test_r12_a_namesake_is_said_to_be_one(world):
    own_firm(world, world.person["village_committee_director"])
    number = ready(world)
    declare(world, number, "namesake")
    world.do(number, "pay", amount=SINGLE)


# advances


def advance(world, **more: str) -> dict[str, str]:
    return {
        "use": "advance", "advance_kind": "purchase", "advance_person": "孙小圩", "payee_name": "孙小圩",
        "due_on": (world.day + timedelta(days=25)).isoformat(), **more,
    }  # fmt: skip


def test_an_advance_goes_through_the_same_chain_and_stands_until_it_is_settled(world):
    villager(world, "孙小圩")
    number = ready(world, "600.00", **advance(world))
    with pytest.raises(Refused, match="一次付足批准的600.00元"):
        world.do(number, "pay", amount="599.99", payee="孙小圩")
    world.do(number, "pay", amount="600.00", payee="孙小圩")
    (one,) = cash.advances("340311104201", world.day)
    assert (one.name, one.left.yuan(), one.case, one.title) == ("孙小圩", "600.00", number, "采购暂付")
    (paid,) = vouchers_of(number)
    assert {line.account for line in paid.lines} == {"113", "102"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"advance_person": "没有这个人"}, "一个也没有"),
        ({"due_on": "2027-09-01"}, "结清"),
        ({"due_on": ""}, "最晚哪天结清"),
        ({"advance_kind": ""}, "选种类"),
        ({"use": "petty", "amount": "5000.01"}, "超过上限5,000.00元"),
        ({"use": "refill"}, "没有领备用金"),
    ],
)
def test_an_advance_is_refused_while_it_is_asked_for(world, more, said):
    villager(world, "孙小圩")
    number = world.open("买水泵", power=POWER)
    with pytest.raises(Refused, match=said):
        world.do(number, "request", **{"amount": "600.00", **advance(world, **more)})


def test_r46_a_loan_to_a_manager_is_refused_while_it_is_asked_for(world):
    name = world.who("rce_chair").name
    number = world.open("借款", power=POWER)
    with pytest.raises(Refused, match="借给管理人员") as refusal:
        world.do(
            number,
            "request",
            **{"amount": "600.00", **advance(world, advance_kind="loan", advance_person=name)},
        )
    assert refusal.value.basis.article == "第35条第2款第2项"


def test_r43_nobody_signs_for_his_own_advance(world):
    name = world.who("village_group_leader").name
    number = asked(world, "600.00", **advance(world, advance_person=name, payee_name="组长本人"))
    with pytest.raises(Refused, match="自己借的款"):
        world.do(number, "approval__witness")


def test_petty_cash_is_issued_refilled_and_asked_for_by_the_same_chain(world):
    villager(world, "孙小圩")
    far = (world.day + timedelta(days=80)).isoformat()
    number = ready(world, "3000.00", **advance(world, use="petty", advance_kind="", due_on=far))
    world.do(number, "pay", amount="3000.00", payee="孙小圩")
    again = ready(world, "250.00", use="refill", advance_person="孙小圩", payee_name="孙小圩")
    world.do(again, "pay", amount="250.00", payee="孙小圩")
    assert [one.left.yuan() for one in cash.advances("340311104201", world.day, "petty")] == ["3,000.00"]
    (refilled,) = vouchers_of(again)
    assert {line.account for line in refilled.lines} == {"513", "102"}


# who has signed, and instructions to the bank


def test_the_hands_of_a_payment_say_who_signed_who_is_to_sign_and_why(world):
    from mingbai.cases.queries.approving import hands as approval

    number = asked(world, DUAL)
    world.forward(number, "approval__approve", amount=DUAL)
    found = approval(queries.case(number), world.day)
    assert [(one.step, one.status) for one in found] == [
        ("request", "signed"), ("approval__witness", "signed"), ("approval__supervise_review", "signed"),
        ("approval__approve", "waiting"), ("approval__countersign", "later"), ("approval__town_review", "later"),
        ("pay", "later"),
    ]  # fmt: skip
    witness, countersign = found[1], found[4]
    assert witness.who == world.who("village_group_leader").name and witness.done_on
    assert countersign.why == "批不批：超过的要联签" and witness.who in countersign.not_by
    assert "书记" in countersign.offices and countersign.citation is not None
    small = asked(world)
    assert "approval__countersign" not in [one.step for one in approval(queries.case(small), world.day)]
    fresh = world.open("还没写金额", power=POWER)
    assert approval(queries.case(fresh), world.day) == ()


def banked(world) -> None:
    signed = {
        "village": "340311104201", "by": world.who("bookkeeper"), "office": "bookkeeper", "at": world.at,
    }  # fmt: skip
    place = organisations.division("340311104201")
    accounts.register_bank_account(
        holder=f"{place.name}村民委员会",
        number="34001234567890123456",
        bank="某农商行",
        since=world.day,
        **signed,
    )
    accounts.register_payee_account(
        payee=FIRM,
        number="6222001234567890123",
        bank="某银行",
        paper=world.paper(),
        since=world.day,
        **signed,
    )


def instruct(world, number: str, yuan: str = SINGLE, by: str = "bookkeeper"):
    from mingbai.cases.services.instructing import instruct as make
    from mingbai.kernel import Money

    return make(
        village="340311104201", picked={(number, "pay"): Money.parse(yuan)}, layout="common",
        payer_account="34001234567890123456", by=world.who(by), at=world.at, office="bookkeeper",
    )  # fmt: skip


def answered(world, file: str, result: str) -> None:
    from mingbai.ledger.services.transfers import take_answers

    take_answers(
        village="340311104201", number=file, rows=[["业务编号", "处理结果"], [f"{file}-001", result]], on=world.day,
        by=world.who("bookkeeper"), office="bookkeeper", at=world.at,
    )  # fmt: skip


def test_only_approved_payments_are_instructed_once_and_posted_as_the_bank_did(world):
    from mingbai.cases.services.instructing import payables

    banked(world)
    early = asked(world)
    with pytest.raises(Refused, match="现在不能办"):
        instruct(world, early)
    number = ready(world)
    (one,) = payables("340311104201", world.day, world.at)
    assert (one.case, one.payee, one.left.yuan(), one.account.ending) == (number, FIRM, "1,000.00", "…0123")
    with pytest.raises(Refused, match="超过余下可付的1,000.00元"):
        instruct(world, number, "1000.01")
    with pytest.raises(Refused, match="不担任该职务"):
        instruct(world, number, by="village_clerk")
    made = instruct(world, number)
    assert payables("340311104201", world.day, world.at) == ()
    with pytest.raises(Refused, match="一笔只能付一次"):
        instruct(world, number)
    with pytest.raises(Refused, match="银行还没有回话"):
        world.do(number, "pay", amount=SINGLE)
    answered(world, made.number, "失败")
    with pytest.raises(Refused, match="银行退回了"):
        world.do(number, "pay", amount=SINGLE)
    again = instruct(world, number)
    answered(world, again.number, "成功")
    with pytest.raises(Refused, match="和它不一样"):
        world.do(number, "pay", amount="999.00")
    world.do(number, "pay", amount=SINGLE)
    assert waiting(number) == ["book"] and len(vouchers_of(number)) == 1


def test_r12_and_r11_stop_an_instruction_too(world):
    banked(world)
    number = ready(world)
    invoice(world, number, seller="别的公司")
    with pytest.raises(Refused, match="销售方"):
        instruct(world, number)
    other = ready(world)
    own_firm(world, world.person["village_committee_director"])
    with pytest.raises(Refused, match="还没有申报"):
        instruct(world, other)
