"""What makes pages easier to read: words with their meaning, what changed this month, pages kept on the device."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from mingbai.catalogue.queries import catalogue, latest
from mingbai.catalogue.rules.words import read_words
from mingbai.kernel import BadFile

NAMED = re.compile(r'{% word "([\w-]+)" %}')


def test_every_word_that_a_page_marks_is_explained(village, read) -> None:
    """A link to a meaning that is not there would be a broken promise."""
    known = {one.id for one in catalogue(latest()).words}
    pages = [path.read_text("utf-8") for path in Path("src/mingbai").glob("*/templates/**/*.html")]
    marked = {id for page in pages for id in NAMED.findall(page)}
    assert len(marked) >= 10 and marked <= known
    html = read("/words/")
    for one in catalogue(latest()).words:
        assert f'id="{one.id}"' in html and one.plain in html
    assert "村民委员会组织法第37条" in re.sub(r"（[^）]*）|\([^)]*\)", "", html)
    assert '<a class="word" href="/words/#publicity">' in read(f"/v/{village.code}/")


@pytest.mark.once
@pytest.mark.parametrize(
    "twice", ["id: b, term: 公示", "id: a, term: 公布", "id: b, term: 公布, also: [公示]"]
)
def test_a_word_is_explained_once(twice) -> None:
    text = f"words:\n  - {{id: a, term: 公示, plain: 先贴出来}}\n  - {{{twice}, plain: 再贴出来}}\n"
    with pytest.raises(BadFile, match="写了两遍"):
        read_words({"words.yaml": text})


@pytest.mark.once
def test_a_district_without_words_has_none() -> None:
    assert read_words({}) == ()


def test_the_month_beside_the_one_before(village, read, count_queries) -> None:
    """Everything published is counted once, in its month and in its group."""
    address = f"/v/{village.code}/news/"
    html = read(address)
    assert count_queries(address) <= 12
    total = int(re.search(r"到今天公布了 (\d+) 条", html)[1])
    assert total == sum(int(n) for n in re.findall(r">(\d+) 条，上个月", html)) > 0
    assert html.count('class="bar"') >= 1


def test_a_group_of_a_village_is_listed_without_words(village, read) -> None:
    html = read(f"/find/?village={village.code}&group=meetings")
    assert "会议决议" in html and "记账凭证" not in html


def test_what_a_device_keeps_is_public_and_asked_anew(village) -> None:
    script = Client().get("/sw.js")
    assert script.status_code == 200 and script["Content-Type"].startswith("text/javascript")
    assert script["Cache-Control"] == "no-cache"
    public = re.search(rb"const PUBLIC = /(.+)/;", script.content)[1].decode()
    kept = re.compile(public.replace(r"\/", "/"))
    assert all(
        kept.match(one) for one in ("/", "/v/340311100200/", "/p/340311100200-1/", "/static/mingbai/a.css")
    )
    private = (
        "/desk/",
        "/objections/new/",
        "/objections/status/",
        "/vote/x/",
        "/quote/x/",
        "/sign-in/x/",
        "/find/?q=a",
    )
    assert not any(kept.match(one) for one in private)
