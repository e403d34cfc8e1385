"""The public change record: every edition, why, on whose authority, and what it changed, in a villager's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.services import confirm_edition, ratify_edition
from mingbai.kernel import Citation

SMALL_WORKS = "procurement-small-works"
CHART = "procedures/small-works.yaml"
POWER = f"powers/05-{SMALL_WORKS}.yaml"
NOTICE = Citation("policy-huaishang", "第三部分(四)")
WORDS = r"[A-Za-z_]{3,}"


def now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=settings.MINGBAI_CLOCK_OFFSET)


def today() -> date:
    return (now() + timedelta(hours=8)).date()


def edit(files, name: str, old: str, new: str) -> dict[str, str]:
    text = files[name].replace(old, new, 1)
    assert text != files[name], (name, old)
    return {**files, name: text}


def enact(files, *, days: int, reason: str = "群众嫌慢", **more) -> int:
    return confirm_edition(
        files=files, since=today() + timedelta(days=days), by_person="", office="district_government", at=now(),
        citation=NOTICE, reason=reason, **more,
    ).number  # fmt: skip


@pytest.fixture
def editions(village) -> Iterator[dict[str, str]]:
    """Three editions: one of an emergency, in force from today, one to come in a month."""
    first = dict(catalogue.latest().files)
    second = edit(first, POWER, "name: ", "name: 新")
    second = edit(second, CHART, "不拆分项目躲限额", "项目不得拆开躲限额")
    second = edit(second, CHART, "quote.quotes >= 3", "quote.quotes >= 4")
    second = edit(second, CHART, "{procurement_direct_max}以下", "不到{procurement_direct_max}")
    enact(second, days=0, reason="汛期等不及", emergency=True)
    enact(edit(second, "powers/12-dibao.yaml", "name: ", "name: 新"), days=30)
    yield second


def text_of(html: str) -> str:
    """Every word of a page, folded or not."""
    html = re.sub(r"(?s)<(script|style|title|svg)\b.*?</\1>", " ", html)
    return re.sub(r"\s+", " ", re.sub(r"(?s)<[^>]+>", " ", html))


def test_the_first_edition_has_nothing_before_it(village, read) -> None:
    html = read("/powers/changes/")
    assert html.count('id="edition-') == 1 and "前面没有可比的" in html
    assert "从第 1 版（2026年1月5日）起就是这样写的" in read(f"/powers/{SMALL_WORKS}/")


def test_every_edition_newest_first_with_reason_authority_and_words_before_and_after(editions, read) -> None:
    html = read("/powers/changes/")
    assert [int(n) for n in re.findall(r'id="edition-(\d+)"', html)] == [3, 2, 1]
    text = text_of(re.split('<section class="section" id="edition-[12]"', html)[1])
    assert "汛期等不及" in text and "第三部分(四)" in text and "先用着" in text and "前补办确认" in text
    assert "原来 不拆分项目躲限额 现在 项目不得拆开躲限额" in text
    assert "增加分支：三家以上（“三家询价比选·有效报价几家”不少于4）去“成交公示”" in text
    figure = catalogue.parameters(catalogue.edition(2))["procurement_direct_max"].title
    assert f"增加分支：不到{figure}（" in text
    assert not re.findall(WORDS, text), re.findall(WORDS, text)


def test_an_emergency_edition_says_whether_it_was_ratified(editions, read) -> None:
    ratify_edition(number=2, ratified_on=today(), by_person="", office="district_government", at=now())
    assert "补办了确认" in read("/powers/changes/")


def test_an_emergency_edition_that_nobody_ratified_in_time_is_red(editions, read) -> None:
    settings.MINGBAI_CLOCK_OFFSET += 90 * 24 * 3600
    try:
        assert "前补办确认，没有办" in read("/powers/changes/")
    finally:
        settings.MINGBAI_CLOCK_OFFSET -= 90 * 24 * 3600


def test_what_is_to_come_is_announced_with_its_day(editions, read) -> None:
    day = today() + timedelta(days=30)
    said = f"第 3 版已经定了，{day.year}年{day.month}月{day.day}日起用"
    assert said in read("/powers/") and said in read(f"/powers/{SMALL_WORKS}/")
    assert "还没有到" in read("/powers/changes/").split('id="edition-2"')[0]


def test_a_power_says_since_when_it_stands_and_what_was_changed(editions, read) -> None:
    assert "从第 2 版" in read(f"/powers/{SMALL_WORKS}/") and "从第 1 版" in read("/powers/dibao/")
    html = read(f"/powers/changes/?power={SMALL_WORKS}")
    assert re.findall(r'id="edition-(\d+)"', html) == ["2", "1"]
    assert re.findall(r'id="edition-(\d+)"', read("/powers/changes/?power=dibao")) == ["3", "1"]
    assert f'href="/powers/changes/?power={SMALL_WORKS}"' in read(f"/powers/{SMALL_WORKS}/")


def test_the_record_is_paged(editions, read) -> None:
    files = editions
    for turn in range(4, 8):
        files = edit(files, "powers/13-medical-assistance.yaml", "name: ", f"name: 第{turn}次")
        enact(files, days=30 + turn)
    html = read("/powers/changes/")
    assert re.findall(r'id="edition-(\d+)"', html) == ["7", "6", "5", "4", "3"]
    assert 'href="/powers/changes/?before=3"' in html
    assert re.findall(r'id="edition-(\d+)"', read("/powers/changes/?before=3")) == ["2", "1"]


def test_the_pages_are_cheap_and_what_is_not_listed_is_not_found(editions, count_queries) -> None:
    for address in (
        "/powers/changes/",
        "/powers/changes/?power=dibao",
        f"/powers/{SMALL_WORKS}/",
        "/powers/",
    ):
        assert count_queries(address) <= 12, address
    assert Client().get("/powers/changes/?power=nothing").status_code == 404
    assert Client().get("/powers/changes/?before=x").status_code == 200
