"""Sums: whole fen, one spelling in, two spellings out (支付结算办法, annex 1, with its own examples)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingbai.kernel import Money, Refused


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("0.5", 50), ("0.05", 5), ("1250", 125_000), ("1,250.50", 125_050), (" 36800 ", 3_680_000),
     ("999,999,999,999.99", 99_999_999_999_999), ("1250.5", 125_050)],
)  # fmt: skip
def test_what_a_clerk_types(text: str, fen: int) -> None:
    assert Money.parse(text).fen == fen


@pytest.mark.parametrize(
    "text",
    ["", "-1", "+1", "(100)", "1.005", "1.", ".5", "1e3", "１２５０", "1，250", "1,25", "12,50.00", "1 250", "NaN", "inf",
     "1250元", "¥1250", "0x10", "1_000", "007", "00", "1000000000000", "1,000,000,000,000", "一千", "1.2.3", "٣"],
)  # fmt: skip
def test_what_is_never_guessed(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Money.parse(text)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (140_950, "壹仟肆佰零玖元伍角整"), (600_714, "陆仟零柒元壹角肆分"), (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (10_700_053, "壹拾万柒仟元伍角叁分"), (1_640_902, "壹万陆仟肆佰零玖元零贰分"), (32_504, "叁佰贰拾伍元零肆分"),
        (3_680_000, "叁万陆仟捌佰元整"), (0, "零元整"), (5, "伍分"), (50, "伍角整"), (55, "伍角伍分"), (100, "壹元整"),
        (1_000, "壹拾元整"), (10_001_00, "壹万零壹元整"), (10_050_00, "壹万零伍拾元整"), (100_000_000_00, "壹亿元整"),
        (100_000_001_00, "壹亿零壹元整"), (100_010_000_00, "壹亿零壹万元整"), (100_001_000_00, "壹亿零壹仟元整"),
        (-5_00, "负伍元整"), (100_100_00, "壹拾万零壹佰元整"),
    ],
)  # fmt: skip
def test_capital_characters(fen: int, words: str) -> None:
    assert Money(fen).daxie() == words


def test_capital_characters_have_a_bound() -> None:
    with pytest.raises(Refused):
        Money(10**14).daxie()


@given(st.integers(0, 10**14 - 1))
def test_yuan_reads_back_and_capitals_are_one_to_one(fen: int) -> None:
    assert Money.parse(Money(fen).yuan()).fen == fen
    assert _value(Money(fen).daxie()) == fen


def _value(words: str) -> int:
    """The sum that capital characters state, by another way than the code under test."""
    digits, places = "零壹贰叁肆伍陆柒捌玖", {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = 0
    for word in words:
        if word in digits:
            digit = digits.index(word)
        elif word in places:
            group, digit = group + digit * places[word], 0
        elif word in "万亿":
            total, group, digit = total + (group + digit) * (10**4 if word == "万" else 10**8) * 100, 0, 0
        elif word in "元角分":
            total, group, digit = total + (group + digit) * {"元": 100, "角": 10, "分": 1}[word], 0, 0
    return total


def test_sums_are_ordered_and_added() -> None:
    assert Money(1) < Money(2)
    assert Money(100) + Money(50) - Money(25) == Money(125)
    assert (
        sum([Money(1), Money(2)], Money(0)) == sum([Money(1), Money(2)]) == Money.total([Money(1), Money(2)])
    )
    assert Money(-125_050).yuan() == "-1,250.50"
    with pytest.raises(TypeError):
        5 + Money(1)
