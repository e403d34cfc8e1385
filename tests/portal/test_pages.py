"""Every public page, made with real acts: what it says, what it costs, what it never says."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mingbai.catalogue.queries import latest, powers
from mingbai.disclosure import queries as disclosure
from mingbai.search.queries import GROUPS

MOST_QUERIES = 12
# Latin letters that may stand on a page: an example to type, what only the curious unfold, a name the tests gave.
ALLOWED = re.compile(
    r"English|dbc|ICP|PDF|mingbai verify\S*|--publication|https?://\S+|/log/\w+|testserver|[a-z_]+丙"
)


def addresses(village):
    published = disclosure.of_case(village.paid)
    some = {one.kind: one.id for one in published}
    return [
        "/",
        "/find/",
        "/find/?q=村",
        f"/v/{village.code}/",
        f"/v/{village.code}/?month=2026-09",
        f"/v/{village.code}/money/",
        f"/v/{village.code}/news/",
        f"/v/{village.code}/due/",
        "/words/",
        "/powers/",
        *(f"/powers/{power.id}/" for power in powers(latest())),
        f"/cases/{village.paid}/",
        f"/cases/{village.hanging}/",
        *(f"/p/{id}/" for id in some.values()),
        "/verify/",
    ]


def visible(html):
    """What a reader sees without unfolding anything."""
    html = re.sub(r"(?s)<(script|style|details|svg|title|code)\b.*?</\1>", " ", html)
    return re.sub(r"\s+", " ", re.sub(r"(?s)<[^>]+>", " ", html))


def test_every_page_is_cheap_chinese_and_free_of_inline_code(village, read, count_queries):
    for address in addresses(village):
        assert count_queries(address) <= MOST_QUERIES, address
        html = read(address)
        assert not re.search(r"<[^>]+\s(style|on\w+)=", html), address
        assert "<style" not in html and not re.search(r"<script(?![^>]*\ssrc=)", html), address
        text = ALLOWED.sub(" ", visible(html))
        assert not re.findall(r"[A-Za-z_]{3,}", text), (address, re.findall(r"[A-Za-z_]{3,}", text))
        assert html.count("<h1") == 1 and 'lang="zh-CN"' in html and 'href="#main"' in html, address


def test_the_home_page_finds_and_warns(village, read):
    html = read("/")
    assert "文化广场地砖维修" in html and "还剩" in html and 'class="today"' not in html.split("<main")[0]
    assert "正在公示" in html and f"/v/{village.code}/" in html


def test_a_village_shows_sums_marks_and_that_no_number_is_missing(village, read):
    html = read(f"/v/{village.code}/")
    assert "记-1" in html and "月初结余" in html and "提异议" in html
    assert re.search(r"1 笔，记-1|不缺号", html)
    assert "应到" in html and "同意" in html


def test_a_case_tells_votes_payment_and_where_it_stands(village, read):
    html = read(f"/cases/{village.paid}/")
    assert "元整" in html and "应到" in html and "办结" in html and "验这一步" in html
    waiting = read(f"/cases/{village.hanging}/")
    assert "成交公示：贴出来了" in waiting and f"/objections/new/?case={village.hanging}" in waiting
    assert "现在在这里" in waiting


def test_a_power_has_its_chart_its_list_and_its_articles(village, read):
    html = read("/powers/procurement-small-works/")
    assert "<svg" in html and "第46条" in html and "待确认" in html and "五公开" in html
    assert "/powers/procurement-small-works/card.pdf" in html


@pytest.mark.parametrize(
    "q, status, to",
    [("340311104201", 302, "/v/340311104201/"), ("没有的村", 200, ""), ("", 200, ""), ("x" * 500, 200, "")],
)
def test_finding(village, q, status, to):
    response = Client().get("/find/", {"q": q})
    assert response.status_code == status
    assert response.headers.get("Location", "") == to


def test_words_names_and_sums_lead_to_what_was_published(village, read):
    html = read("/find/?q=排水沟")
    assert "<mark>排水沟</mark>" in html and "/p/" in html and "按镇街找" not in html
    assert "权力清单里的" in read("/find/?q=采购")
    money = read("/find/?q=排水沟&group=money")
    assert "记账凭证" in money and "立项" not in visible(money).split("公布过的")[1]
    inside = read(f"/find/?q=排水沟&village={village.code}")
    assert "只在" in inside and "在全区找" in inside and "<mark>" in inside
    assert "<mark>" not in read("/find/?q=排水沟&village=340311100200")
    assert "&lt;b&gt;" in read("/find/?q=%3Cb%3E") and "<b>" not in read("/find/?q=%3Cb%3E")


@pytest.mark.parametrize("wild", ["before=x", "before=-1", "village=x", "group=x", "before=" + "9" * 30])
def test_a_wild_search_address_is_answered(village, read, wild):
    assert "查一查" in read(f"/find/?q=村&{wild}")


def test_every_group_has_its_title(village, read):
    html = read("/find/?q=村")
    assert all(f"group={one}" in html for one in GROUPS) and html.count('class="choices"') == 1


def test_what_is_not_there_is_said_in_chinese(village):
    for address in (
        "/v/000000000000/",
        "/powers/nothing/",
        "/cases/1-2-3-4/",
        "/p/340311104201-9999/",
        "/nowhere/",
    ):
        response = Client().get(address)
        assert response.status_code == 404 and "没有这一页" in response.content.decode(), address


def test_large_print_is_one_cookie_and_leads_nowhere_else(village):
    client = Client()
    response = client.post("/large-print/", {"large": "1", "next": "/powers/"})
    assert response.headers["Location"] == "/powers/"
    assert 'class="large"' in client.get("/").content.decode()
    assert client.post("/large-print/", {"large": "0", "next": "//evil.example/"}).headers["Location"] == "/"
    assert 'class="large"' not in client.get("/").content.decode()


def test_reading_leaves_no_cookie(village):
    response = Client().get(f"/v/{village.code}/")
    assert not response.cookies


def test_the_site_is_well(village):
    assert Client().get("/healthz").content.startswith(b"ok ")
