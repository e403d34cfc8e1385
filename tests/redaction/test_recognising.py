"""What is personal in a text is found where it stands, with its article; what only looks like it is left alone (R68)."""

from __future__ import annotations

import time

import pytest
from stdnum import luhn
from stdnum.cn import ric

from mingbai.evidence.masking import RULES, Personal, places, refuse_personal
from mingbai.evidence.recognising import hidden, recognise
from mingbai.kernel import Refused

pytestmark = pytest.mark.once

ID = "34031119900101123"
ID += ric.calc_check_digit(ID + "0")
CARD = "622202120801689012"
CARD += luhn.calc_check_digit(CARD)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        (f"{ID[:10]}\n{ID[10:]}", "id_number", f"{ID[:10]}\n{ID[10:]}"),
        (f"卡号 {CARD[:8]}\r\n{CARD[8:]}。", "bank_account", f"{CARD[:8]}\r\n{CARD[8:]}"),
        ("身份证号：340311800101123", "id_number", "340311800101123"),
        ("户籍地址：演示村三组15号", "address", "演示村三组15号"),
        ("演示村三组15号来电", "address", "演示村三组15号"),
        ("学生：王甲乙，交学费", "minor", "王甲乙"),
        ("李小甲（8岁）", "minor", "李小甲"),
        ("孤儿王小甲的生活费", "orphan", "王小甲"),
        ("张某某患尿毒症", "illness", "尿毒症"),
        ("肢体二级", "disability", "肢体二级"),
        ("领款人签字：王小甲", "signature", "王小甲"),
    ],
)
def test_it_is_found_where_it_stands(text: str, kind: str, said: str) -> None:
    found = [(str(one.kind), text[one.start : one.end]) for one in recognise(text)]
    assert (kind, said) in found
    assert said not in hidden(text, recognise(text))
    assert len(hidden(text, recognise(text))) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "一级残疾人护理补贴每人每月 80 元", "孤儿基本生活保障政策宣传", "留守儿童活动用品", "艾滋病防治知识讲座", "签字确认",
        "大徐村三组12号地块", "村委会二楼会议室", "100\n13812345\n678", "2026-11-01 至 2026-11-30", "340311800101123",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert recognise(text) == ()


def test_a_refusal_says_where_why_by_which_article_and_what_to_do() -> None:
    with pytest.raises(Refused) as problem:
        refuse_personal("说明", f"转给{ID}，{CARD}")
    assert "“说明”第 3 至 20 个字像是身份证号码，另外还有 1 处" in problem.value.reason
    assert (problem.value.basis.law, problem.value.basis.article) == ("pipl", "第28条")
    assert problem.value.remedy and ID not in problem.value.reason
    refuse_personal("说明", "修水渠 300 米")


def test_every_kind_has_its_rule_and_a_profile_may_let_one_through() -> None:
    assert set(RULES) == set(Personal)
    assert all(rule.why and rule.remedy and rule.basis.article for rule in RULES.values())
    assert not places("地点", "演示村三组15号", let={Personal.address})
    assert places("地点", "演示村三组15号")[0].as_dict()["basis"] == {"law": "pipl", "article": "第25条"}


@pytest.mark.parametrize(
    "text", ["13800138000，" * 10_000, "张" * 60_000, "138\n" * 15_000, "一级残疾患村三组" * 8_000]
)
def test_long_and_hostile_texts_are_read_in_time_that_grows_with_their_length(text: str) -> None:
    short, whole = (_seconds(part) for part in (text[: len(text) // 8], text))
    assert whole < 40 * max(short, 0.01)


def _seconds(text: str) -> float:
    begun = time.process_time()
    recognise(text)
    return time.process_time() - begun
