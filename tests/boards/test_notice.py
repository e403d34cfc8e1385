"""The printed notice: one A4 page, its words, its code, its 演示, and no character without a glyph."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from mingbai.boards import notice
from mingbai.cases import queries as cases
from mingbai.kernel import Refused

SITE = "http://127.0.0.1:8000"


def words(content):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")


def test_a_notice_is_one_a4_page_with_the_words_of_the_site(village):
    content = notice.make_notice(village.hanging, base_url=SITE, demo=False)
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    assert (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))) == (595, 842)
    text = words(content)
    assert "文化广场地砖维修" in text and "36,800.00" in text and "叁万陆仟捌佰元整" in text
    assert "贴到" in text and "应到" in text and village.hanging in text and "演示" not in text


def test_a_demo_says_so_and_the_same_case_gives_the_same_sheet(village):
    one = notice.make_notice(village.paid, base_url=SITE, demo=True)
    assert "演示" in words(one)
    assert words(one) == words(notice.make_notice(village.paid, base_url=SITE, demo=True))


def test_what_a_case_is_called_is_never_markup(village, monkeypatch):
    real = notice._content

    def hostile(*given):
        return real(*given) | {"title": '#panic("x") $x$ *星* [a] `b` \\u{41} <c> @d'}

    monkeypatch.setattr(notice, "_content", hostile)
    assert '#panic("x")' in words(notice.make_notice(village.paid, base_url=SITE, demo=False))


def test_a_character_the_font_lacks_is_refused_by_name(village, monkeypatch):
    real = notice._content
    monkeypatch.setattr(notice, "_content", lambda *given: real(*given) | {"title": "张\U0002b8c1"})
    with pytest.raises(Refused, match="\U0002b8c1") as refused:
        notice.make_notice(village.paid, base_url=SITE, demo=False)
    assert "U+2B8C1" in refused.value.reason


def test_an_unknown_case_is_a_page_that_is_not_there(village):
    assert Client().get("/cases/05-340311104201-2026-999/notice.pdf").status_code == 404
    found = Client().get(f"/cases/{village.paid}/notice.pdf")
    assert found.headers["Content-Type"] == "application/pdf" and found.content.startswith(b"%PDF")


def test_a_sheet_that_hangs_carries_its_own_code_and_the_one_after_a_change_another(village):
    code, again = cases.notice_sheet(village.hanging, cases.case(village.hanging).here[0].step)
    hung = words(notice.make_notice(village.hanging, base_url=SITE, demo=False))
    changed = words(notice.make_notice(village.hanging, base_url=SITE, demo=False, again=True))
    assert code in hung and again not in hung
    assert again in changed and code not in changed and "重新张贴" in changed and "贴到" not in changed
    assert "这张纸的编号" not in words(notice.make_notice(village.paid, base_url=SITE, demo=False))


def test_a_notice_after_the_decision_is_headed_so(village, monkeypatch):
    assert "公 示" in words(notice.make_notice(village.hanging, base_url=SITE, demo=False))[:20]
    monkeypatch.setattr(notice, "_sheet", lambda published: {"kind": "after", "sheet": "ZZ"})
    assert "公 布" in words(notice.make_notice(village.hanging, base_url=SITE, demo=False))[:20]


def test_the_code_of_a_notice_leads_to_its_case(village):
    code = cases.notice_sheet(village.hanging, cases.case(village.hanging).here[0].step)[0]
    answer = Client().get(f"/sheets/{code}/")
    page = answer.content.decode()
    assert answer.status_code == 404 and "这是一张公示" in page and "张贴的证明" in page
