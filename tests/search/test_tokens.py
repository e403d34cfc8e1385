"""How texts become tokens and what is typed becomes phrases, from a table a clerk can read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingbai.search.rules import Phrase, ask, index_tokens, plain

pytestmark = pytest.mark.once

FOUND = [
    ("低保", "关于张家低保金发放"),
    ("保", "低保"),
    ("保", "保洁员工资"),
    ("光伏", "光伏电站租金收入"),
    ("12500", "金额12,500.00元"),
    ("12,500.00", "金额12500元"),
    ("１２５００", "金额12,500.00元"),
    ("12500.5", "金额12,500.50元"),
    ("1.25万", "合同价款12500.00元"),
    ("1.25万元", "合同价款12,500元"),
    ("12500元", "付款1.25万元"),
    ("2026年8月10日", "于2026-08-10签订"),
    ("2026-08-10", "于2026年8月10日签订"),
    ("2026-08", "2026-08-记-12"),
    ("2026-08-记-12", "凭证2026-08-记-12"),
    ("记-12", "2026-08-记-12"),
    ("排水沟 12500", "村西排水沟整修，12,500.00"),
    ("DBC公司", "付dbc公司工程款"),
    ("small-works-340311104201-2026-1", "small-works-340311104201-2026-1"),
    ("安徽淮河", "安徽淮河建设工程有限公司"),
    ("有限公司 排水", "排水沟整修：安徽淮河建设工程有限公司"),
]
MISSED = [
    ("低保", "最低生活保障"),
    ("1250", "金额12,500.00元"),
    ("500", "金额12,500.00元"),
    ("12500.5", "金额12,500.00元"),
    ("记-1", "2026-08-记-12"),
    ("水排", "排水沟"),
    ("排沟", "排水沟"),
    ("2026-09", "2026-08-记-12"),
]


def holds(text: str, phrase: Phrase) -> bool:
    """The meaning of a phrase, read over a list: what the two databases must agree with."""
    tokens, n = index_tokens(text), len(phrase.tokens)
    *before, last = phrase.tokens
    return any(
        tokens[at : at + n - 1] == before
        and (tokens[at + n - 1].startswith(last) if phrase.open_end else tokens[at + n - 1] == last)
        for at in range(len(tokens) - n + 1)
    )


def found(typed: str, text: str) -> bool:
    """Whether every phrase of what was typed is in the text."""
    return all(holds(text, phrase) for phrase in ask(typed).phrases) and bool(ask(typed).phrases)


@pytest.mark.parametrize(("typed", "text"), FOUND)
def test_finds(typed: str, text: str) -> None:
    assert found(typed, text)


@pytest.mark.parametrize(("typed", "text"), MISSED)
def test_does_not_find(typed: str, text: str) -> None:
    assert not found(typed, text)


@pytest.mark.parametrize("typed", ["", "   ", "，。！", "'\"*()^", "\x00", "🙂"])
def test_what_holds_no_word_asks_nothing(typed: str) -> None:
    assert ask(typed).phrases == ()


@given(st.text(max_size=200), st.data())
def test_every_piece_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)
    word = data.draw(chinese)
    at, end = sorted([data.draw(st.integers(0, len(word))), data.draw(st.integers(0, len(word)))])
    part = word[at:end]
    assert not part or found(part, f"{text} {word}")


@given(st.text(max_size=300))
def test_tokens_are_words_of_both_databases(text: str) -> None:
    # A token is put between quotes in a statement's value: nothing but letters, digits and characters may be in it.
    for token in (*index_tokens(text), *(token for one in ask(text).phrases for token in one.tokens)):
        assert token.isalnum()
        assert token == plain(token).strip()
