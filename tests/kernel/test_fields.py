"""What the public sees of a value: absent unless a rule says shown, and never starred."""

from __future__ import annotations

import pytest

from mingbai.kernel import FieldKind, mask

pytestmark = pytest.mark.once

ABSENT = ["person", "id_number", "bank_account", "phone", "address", "household", "minor"]
SHOWN = {
    "firm": "蚌埠市某某建筑有限公司",
    "money": "36,800.00",
    "date": "2026-09-20",
    "integer": "27",
    "choice": "比选",
    "office": "村务监督委员会",
    "text": "修王庄组排水渠 300 米",
}


def test_every_kind_is_decided() -> None:
    assert {*ABSENT, *SHOWN} == {kind.value for kind in FieldKind}


@pytest.mark.parametrize("kind", ABSENT)
@pytest.mark.parametrize("value", ["王小明", "13812345678", "x", ""])
def test_what_belongs_to_a_person_is_absent_with_its_article(kind: str, value: str) -> None:
    masked = mask(kind, value)
    assert masked.shown is None
    assert masked.rule
    assert masked.basis and masked.basis.law == "pipl"


@pytest.mark.parametrize("kind", ["", "unknown", "Money", "money ", "text\n", "name", "PERSON", "__class__"])
def test_what_no_rule_knows_is_absent(kind: str) -> None:
    masked = mask(kind, "五百元")
    assert masked.shown is None
    assert masked.rule and "没有规定" in masked.rule


@pytest.mark.parametrize(("kind", "value"), SHOWN.items())
def test_what_is_public_is_shown_as_it_is(kind: str, value: str) -> None:
    masked = mask(kind, value)
    assert (masked.shown, masked.rule, masked.basis) == (value, None, None)


@pytest.mark.parametrize("kind", ["text", "firm", "choice", "office"])
@pytest.mark.parametrize("value", ["找王某 13812345678", "卡号６２２２０２１２０８０１６８９００００ 等"])
def test_words_with_a_personal_number_are_withheld_whole(kind: str, value: str) -> None:
    masked = mask(kind, value)
    assert masked.shown is None
    assert masked.rule and "*" not in masked.rule


def test_a_sum_that_looks_like_a_phone_is_still_a_sum() -> None:
    assert mask("money", "13812345678").shown == "13812345678"


@pytest.mark.parametrize("kind", list(FieldKind))
def test_a_kind_and_its_name_are_masked_alike(kind: FieldKind) -> None:
    assert mask(kind, "甲") == mask(kind.value, "甲")
