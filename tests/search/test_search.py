"""Searching what was published, on both databases."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingbai.disclosure import queries as disclosure
from mingbai.search import models, queries
from mingbai.search.follow import follow
from mingbai.search.rules import Phrase, Question, ask, index_tokens
from mingbai.search.services import rebuild

WORDS = ["低保", "排水沟", "光伏", "村", "工程款", "12500", "12,500.50元", "abc", "2026年8月", "记-3", "租金"]


def orders(typed: str, **narrow: str) -> list[int]:
    return [one.order for one in queries.search(typed, **narrow).items]


def holds(tokens: list[str], phrase: Phrase) -> bool:
    n, (*before, last) = len(phrase.tokens), phrase.tokens
    return any(
        tokens[at : at + n - 1] == before
        and (tokens[at + n - 1].startswith(last) if phrase.open_end else tokens[at + n - 1] == last)
        for at in range(len(tokens) - n + 1)
    )


@pytest.mark.django_db
def test_both_databases_find_what_reading_each_text_finds() -> None:
    chance = random.Random(7)
    texts = {order: "，".join(chance.choices(WORDS, k=4)) for order in range(1, 121)}
    models.add([(order, index_tokens(text)) for order, text in texts.items()])
    asked = [*WORDS, "沟光", "款", "保排", "1250", "500 村", "低保 光伏", "8月", "2026-08"]
    for typed in asked:
        question = ask(typed)
        expected = [
            order
            for order in sorted(texts, reverse=True)
            if all(holds(index_tokens(texts[order]), one) for one in question.phrases)
        ]
        assert models.find(question, 2**62, 1000) == expected, typed
    assert any(models.find(ask(typed), 2**62, 1000) for typed in asked)


@pytest.mark.django_db
def test_a_removed_publication_is_found_no_more() -> None:
    models.add([(1, index_tokens("张三的电话")), (2, index_tokens("电话费"))])
    models.remove(1)
    assert models.find(ask("电话"), 2**62, 10) == [2]
    assert models.find(ask("张三"), 2**62, 10) == []


@pytest.mark.django_db
def test_pages_follow_each_other_without_a_gap() -> None:
    models.add([(order, index_tokens("排水沟")) for order in range(1, 46)])
    seen, before = [], 2**62
    while found := models.find(Question((Phrase(("排水", "水沟")),)), before, 20):
        seen += found
        before = found[-1]
    assert seen == list(range(45, 0, -1))


def test_what_was_published_is_found_by_name_number_and_sum(made) -> None:
    assert [one.case for one in queries.search("文化广场地砖").items][:1] == [made.hanging]
    assert {one.case for one in queries.search("排水沟").items} == {made.paid}
    assert {one.case for one in queries.search(made.paid).items} == {made.paid}
    voucher = next(one for one in disclosure.of_case(made.paid) if one.kind == "ledger.voucher_posted")
    fen = voucher.data["amount_fen"]
    assert voucher.order in orders(f"{fen / 100:,.2f}")
    assert voucher.order in orders(str(fen // 100), place=made.code, group="money")
    assert orders(str(fen // 100), group="meetings") == []
    assert orders("排水沟", place="340311100200") == []
    assert orders("排水沟", place=made.code[:9]) == orders("排水沟")
    assert orders("no such words 甲乙丙丁") == []


def test_a_search_takes_two_queries(made) -> None:
    with CaptureQueriesContext(
        connection,
    ) as taken:
        queries.search("排水沟 村", place=made.code)
    assert len(taken) == 2


def test_the_index_can_be_made_again(made) -> None:
    before = orders("村")
    assert rebuild() == disclosure.head()
    assert orders("村") == before
    assert follow() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_each_publication_in_once(two_hundred) -> None:
    def take(_: int) -> int:
        try:
            return follow()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(4))) == two_hundred
    assert len(models.find(ask("排水沟"), 2**62, 1000)) == two_hundred
