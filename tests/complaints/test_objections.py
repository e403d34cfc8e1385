"""Objections: lodged by anyone, answered by somebody else than the one complained of."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mingbai.complaints import queries, rules, services
from mingbai.complaints.models import Objection
from mingbai.journal.queries import entries_after, entries_of
from mingbai.kernel import Refused
from mingbai.organisations.services import declare_kinship

STEP = "award_publicity"


@pytest.fixture
def case(world):
    """A case whose award hangs on the board."""
    number = world.open()
    world.forward(number, until=STEP)
    world.post(number)
    return number


def lodge(world, number, **more):
    return services.lodge_objection(
        **{
            "case": number, "step": STEP, "text": "成交方是村干部亲戚", "remedy": "重新比选", "contact": None,
            "occurred_on": world.day, "at": world.at, **more,
        }
    )  # fmt: skip


def answer(world, objection, office="village_supervision_committee", **more):
    return services.answer_objection(
        **{
            "objection": objection, "answer": "已核对，三家报价齐全", "upheld": False,
            "occurred_on": world.day, "by": world.who(office), "at": world.at, **more,
        }
    )  # fmt: skip


def test_a_receipt_has_at_least_eighty_bits_in_groups_of_four():
    assert rules.RECEIPT_LETTERS * 5 >= 80
    code = rules.receipt_code(bytes(range(13)))
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", code)
    with pytest.raises(ValueError):
        rules.receipt_code(b"12345678")


def test_a_receipt_may_be_typed_by_hand():
    code = rules.receipt_code(bytes(range(1, 14)))
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert rules.receipt_digest(typed) == rules.receipt_digest(code)


def test_lodging_gives_a_receipt_that_is_kept_nowhere(world, case):
    lodged = lodge(world, case, contact="电话另告")
    row = Objection.objects.get()
    assert lodged.receipt not in str(vars(row))
    assert rules.plain_receipt(lodged.receipt) not in str(vars(row))
    found = queries.status(lodged.receipt)
    assert (found.objection, found.answered_on, found.due) == (lodged.objection, None, lodged.due)
    assert lodged.objection == "Y-340311104201-2026-001"


def test_the_chart_s_own_days_bind_the_answer(world, case):
    lodged = lodge(world, case)
    assert timedelta(days=3) <= lodged.due - world.day <= timedelta(days=11)  # 三日，遇假日顺延


def test_the_journal_knows_the_words_but_not_who(world, case):
    lodge(world, case, contact="张三 13800138000")
    entry = entries_of(f"case:{case}")[-1]
    assert (entry.act, entry.actor, entry.office) == ("objection.lodged", "", "villager")
    assert [field.value for field in entry.fields][1:3] == ["成交方是村干部亲戚", "重新比选"]
    assert "13800138000" not in str(entries_after(0, 10_000))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": " "}, "还没有写明异议"),
        ({"text": "他的身份证 11010519491231002X"}, "身份证号码"),
        ({"remedy": "打 13800138000 找我"}, "号码"),
        ({"step": "nonsense"}, "没有这个环节"),
        ({"case": "05-340311104201-2026-404"}, "没有这件事"),
    ],
)
def test_lodging_refused(world, case, change, sentence):
    with pytest.raises(Refused, match=sentence):
        lodge(world, case, **change)
    assert not Objection.objects.exists()


def test_the_case_cannot_pass_over_it(world, case):
    lodge(world, case)
    world.wait(20)
    with pytest.raises(Refused, match="1件异议还没有答复"):
        world.do(case, STEP, objection="none")


def test_an_answer_by_the_supervision_committee_or_the_town(world, case):
    lodged, second = lodge(world, case), lodge(world, case, text="公示没有贴在东组")
    assert len(queries.unanswered(world.who("town_government"), world.day)) == 2
    answer(world, lodged.objection)
    answer(world, second.objection, "town_government", upheld=True)
    assert queries.status(second.receipt).upheld is True
    assert queries.unanswered(world.who("town_government"), world.day) == ()
    entry = entries_of(f"case:{case}")[-1]
    assert (entry.act, entry.office) == ("objection.answered", "town_government")
    assert entry.fields[-1].value == "异议成立"
    with pytest.raises(Refused, match="已经在"):
        answer(world, lodged.objection)


def test_never_by_the_body_complained_of(world, case):
    lodged = lodge(world, case)
    for office in ("village_committee", "village_committee_director", "bookkeeper"):
        with pytest.raises(Refused, match="不能自己答复"):
            answer(world, lodged.objection, office)


def test_a_step_of_the_supervision_committee_is_answered_above_it(world, case):
    lodged = lodge(world, case, step="construct")
    with pytest.raises(Refused, match="不能答复对它的异议|不能自己答复"):
        answer(world, lodged.objection)
    answer(world, lodged.objection, "town_discipline")


def test_not_by_kin_of_whoever_did_the_step(world, case):
    lodged = lodge(world, case, step="request")
    declare_kinship(
        person=world.person["village_supervision_committee"], relative=world.person["village_committee"],
        relation="兄弟姐妹", by=world.who("town_government"), at=world.at,
    )  # fmt: skip
    with pytest.raises(Refused, match="近亲属"):
        answer(world, lodged.objection)
    answer(world, lodged.objection, "town_government")


def test_an_answer_needs_words_without_personal_numbers_and_a_day_that_fits(world, case):
    lodged = lodge(world, case)
    with pytest.raises(Refused, match="还没有写明答复"):
        answer(world, lodged.objection, answer=" ")
    with pytest.raises(Refused, match="身份证号码"):
        answer(world, lodged.objection, answer="张三 11010519491231002X 反映不实")
    with pytest.raises(Refused, match="早于提出日期"):
        answer(world, lodged.objection, occurred_on=world.day - timedelta(days=1))
    with pytest.raises(Refused, match="没有这件异议"):
        answer(world, "Y-340311104201-2026-404")


@pytest.mark.parametrize("typed", ["", "AAAA", "0000-0000-0000-0000-0000", "x" * 5000])
def test_a_wrong_receipt_finds_nothing(world, case, typed):
    lodge(world, case)
    with pytest.raises(Refused):
        queries.status(typed)
