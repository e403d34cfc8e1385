"""The drain of the eastern group: one small work, from request to archive, told as dated acts."""

from __future__ import annotations

from collections import Counter

from mingbai.cases import queries as cases
from mingbai.complaints import services as complaints
from mingbai.journal.queries import entries_of, verify_chain

TITLE = "东组排水沟修复"
THE_WAY = [
    "request",
    "decide__party_propose",
    "decide__township_check",
    "decide__two_committees",
    "decide__party_meeting",
    "decide__notify",
    "decide__villager_vote",
    "decide__publish_decision",
    "quote",
    "award_publicity",
    "contract",
    "construct",
    "accept",
    "settle",
    "approval__witness",
    "approval__supervise_review",
    "approval__approve",
    "approval__countersign",
    "approval__town_review",
    "pay",
    "publish_result",
    "archive",
]


def test_the_drain_of_the_eastern_group(world):
    number = world.open(TITLE)
    assert world.forward(number, **{"request/amount": "38,000.00"}) == THE_WAY

    view = cases.case(number)
    assert (view.status, view.ended, view.here) == ("closed", "end", ())
    entries = entries_of(f"case:{number}")
    acts = Counter(entry.act for entry in entries)
    assert acts == {
        "case.opened": 1,
        "case.step_completed": len(THE_WAY),
        "case.notice_started": 3,
        "procurement.quotes_called": 1,
        "procurement.key_taken": 2,
        "procurement.supplier_invited": 3,
        "procurement.quote_received": 3,
        "procurement.opener_signed": 2,
        "procurement.quotes_opened": 1,
        "meeting.resolved": 4,
        "register.contract_signed": 1,
        "register.contract_performed": 1,
        "ledger.voucher_posted": 1,
        "case.closed": 1,
    }
    done = [entry.data["step"] for entry in entries if entry.act == "case.step_completed"]
    assert done == THE_WAY
    assert verify_chain() == ()


def test_every_meeting_and_every_yuan_stands_in_the_journal(world):
    number = world.open(TITLE)
    world.forward(number)
    entries = entries_of(f"case:{number}")
    bodies = [entry.data["body"] for entry in entries if entry.act == "meeting.resolved"]
    assert bodies == ["party_branch_general", "liangwei", "party_branch_general", "villager_reps_meeting"]
    assert all(entry.data["result"] == "passed" for entry in entries if entry.act == "meeting.resolved")

    contract = next(entry for entry in entries if entry.act == "register.contract_signed")
    voucher = next(entry for entry in entries if entry.act == "ledger.voucher_posted")
    assert contract.data["price_fen"] == 3_680_000
    assert voucher.data["amount_fen"] == 3_680_000
    assert voucher.data["balance_fen"] == world.opening.fen - 3_680_000
    assert contract.seq < voucher.seq
    month = voucher.occurred_on.isoformat()[:7]
    assert voucher.data["number"] == f"{month}-记-1"


def test_the_notices_hung_their_legal_days(world):
    number = world.open(TITLE)
    world.forward(number)
    posted = [step for step in cases.case(number).steps if step.notice]
    assert [step.step for step in posted] == ["decide__publish_decision", "award_publicity", "publish_result"]
    for step, legal_days in zip(posted, (15, 3, 15), strict=True):
        assert (step.notice.until - step.notice.posted_on).days >= legal_days
        assert step.done_on > step.notice.until


def test_an_objection_upheld_sends_the_award_back_to_be_compared_again(world):
    number = world.open(TITLE)
    world.forward(number, until="award_publicity")
    until = world.post(number).until
    lodged = complaints.lodge_objection(
        case=number, step="award_publicity", text="有一份报价是后补的", remedy="重新比选", contact=None,
        occurred_on=world.day, at=world.at,
    )  # fmt: skip
    world.wait()
    complaints.answer_objection(
        objection=lodged.objection, answer="查实，重新比选", upheld=True, occurred_on=world.day,
        by=world.who("town_government"), at=world.at,
    )  # fmt: skip
    world.go_to(until)
    world.wait()
    assert world.do(number, objection="raised").entered == ("complaint",)
    world.wait()
    assert world.do(number, verdict="good").entered == ("quote",)
    assert world.forward(number)[-1] == "archive"
    turns = {step.step: step.turn for step in cases.case(number).done}
    assert (turns["quote"], turns["award_publicity"], turns["contract"]) == (2, 2, 1)


def test_four_thousand_yuan_are_bought_directly_by_two_hands(world):
    number = world.open("村部更换水泵")
    walked = world.forward(
        number,
        **{
            "request/amount": "4,000.00", "request/project_kind": "goods", "direct/award_price": "3,900.00",
            "contract/price": "3,900.00", "settle/final_price": "3,900.00", "pay/amount": "3,900.00",
        },
    )  # fmt: skip
    assert walked[:4] == ["request", "deliberate", "direct", "contract"]
    assert "construct" not in walked and walked[-1] == "archive"
