"""Duty list and negative list beside the list of powers: complete, in the reader's words, marked where unsure."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mingbai.catalogue import queries as catalogue

ADDRESSES = ("/powers/duties/", "/powers/negative/")


def held():
    return catalogue.catalogue(catalogue.latest())


def test_both_lists_are_led_to_from_the_list_of_powers(village, read):
    html = read("/powers/")
    assert all(f'href="{address}"' in html for address in ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_pages_are_cheap_chinese_and_free_of_inline_code(village, read, count_queries, address):
    assert count_queries(address) <= 4
    html = read(address)
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html) and html.count("<h1") == 1
    text = re.sub(r"(?s)<(script|style|title)\b.*?</\1>|<[^>]+>", " ", html)
    assert not re.findall(r"[A-Za-z_]{3,}", text.replace("ICP", "").replace("English", ""))


def test_every_office_finds_what_it_owes(village, read):
    html, duties = read("/powers/duties/"), held().duties
    for one in (*duties.everywhere, *(duty for power in duties.powers for duty in power.duties)):
        assert f"{one.does_title}：{one.text}" in html
    part = html.split('id="family-planning-reward"')[1].split("</section>")[0]
    health = part.split("区卫健委")[1].split("</div>")[0]
    assert "定规矩：制定规矩和流程图" in health and "决定：区级审查确认" in health
    assert "公开：村级公示、村务公开" in part and "待确认" in part


def test_every_ban_stands_with_its_power_and_its_article(village, read):
    html, catalogue_ = read("/powers/negative/"), held()
    for rule in catalogue_.negative.rules:
        assert html.count(f"<li>{rule.text}") == max(len(rule.powers), 1), rule.id
    part = html.split('id="village-fund-approval"')[1].split("</dl>")[0].split("</div>")[0]
    assert "不得坐支现金收入" in part and "现金管理暂行条例第11条" in part
    assert re.search(r"不得设小金库，不得白条抵库 <span class=\"mark ochre\">待确认", part)
    assert "本地细则" not in html


def test_a_district_without_these_lists_says_so(village, read, monkeypatch):
    without = replace(held(), duties=None, negative=None)
    monkeypatch.setattr(catalogue, "catalogue", lambda edition: without)
    assert "区里还没有编责任清单" in read("/powers/duties/")
    assert "区里还没有编负面清单" in read("/powers/negative/")
