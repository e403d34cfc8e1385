"""Following without an account: feeds and calendars that programs read, with nothing private and no cookie."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar

from mingbai.disclosure import queries as disclosure
from mingbai.portal import feeds
from mingbai.portal.pages import following

ATOM = "{http://www.w3.org/2005/Atom}"
POWER = "procurement-small-works"


def links(answer: HttpResponse) -> list[str]:
    """Where the entries of a feed lead, each with a title, a day and a text."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)  # noqa: S314
    for one in root.findall(f"{ATOM}entry"):
        assert all(one.findtext(f"{ATOM}{name}") for name in ("title", "summary", "updated", "id"))
    return [one.find(f"{ATOM}link").attrib["href"] for one in root.findall(f"{ATOM}entry")]


@pytest.fixture
def addresses(village) -> dict[str, str]:
    """A feed of each kind."""
    return {
        "all": "/feeds/all.atom",
        "village": f"/feeds/v/{village.code}.atom",
        "power": f"/feeds/powers/{POWER}.atom",
        "case": f"/feeds/cases/{village.paid}.atom",
        "word": "/feeds/find.atom?q=地砖",
    }


def test_a_feed_has_every_publication_once_newest_first(addresses, village, monkeypatch, settings):
    monkeypatch.setattr(following, "AT_ONCE", 7)
    read, address = [], addresses["village"]
    while address:
        answer = Client().get(address.removeprefix(settings.MINGBAI_BASE_URL))
        read += links(answer)
        older = ElementTree.fromstring(answer.content).find(f"{ATOM}link[@rel='next']")  # noqa: S314
        address = older.attrib["href"] if older is not None else ""
    published = disclosure.publications(village=village.code, newest_first=True, limit=200).items
    assert read == [f"{settings.MINGBAI_BASE_URL}/p/{one.id}/" for one in published]
    assert len(read) > 14


def test_each_kind_tells_of_what_is_followed_and_of_nothing_else(addresses, village, monkeypatch):
    monkeypatch.setattr(following, "AT_ONCE", 200)
    told = {kind: links(Client().get(address)) for kind, address in addresses.items()}
    assert len(told["case"]) == len(disclosure.of_case(village.paid))
    assert set(told["case"]) < set(told["power"])
    assert told["word"]
    assert set(told["word"]) < {*told["village"], *told["power"]}


def test_following_costs_few_queries_no_cookie_and_nothing_when_nothing_is_new(
    addresses, village, count_queries
):
    calendars = [
        f"/feeds/v/{village.code}.ics",
        f"/feeds/powers/{POWER}.ics",
        f"/feeds/cases/{village.paid}.ics",
    ]
    for address in (*addresses.values(), *calendars):
        assert count_queries(address) <= 12, address
        answer = Client().get(address)
        assert not answer.cookies
        again = Client().get(address, headers={"if-none-match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert Client().get(address).content == answer.content


def test_a_calendar_has_the_days_of_the_notice(village):
    answer = Client().get(f"/feeds/v/{village.code}.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    hung = disclosure.case(village.hanging).notice
    event = events[f"notice-{village.hanging}@127.0.0.1:8000"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (hung.since, hung.until + timedelta(days=1))
    assert "文化广场地砖维修" in event["summary"]
    assert not any(village.paid in uid for uid in events), "what has ended has no days any more"


@pytest.mark.parametrize(
    "address",
    [
        "v/340311999999.atom",
        "v/x.ics",
        "powers/none.atom",
        "cases/none.ics",
        "find.atom",
        "find.atom?q=" + "长" * 61,
    ],
)
def test_what_cannot_be_followed_is_not_there(village, address):
    assert Client().get(f"/feeds/{address}").status_code == 404


def test_pages_lead_to_their_feeds(village, read):
    pages = {
        "/": ["/feeds/all.atom"],
        f"/v/{village.code}/": [f"/feeds/v/{village.code}.atom", f"/feeds/v/{village.code}.ics"],
        f"/powers/{POWER}/": [f"/feeds/powers/{POWER}.atom", f"/feeds/powers/{POWER}.ics"],
        f"/cases/{village.paid}/": [f"/feeds/cases/{village.paid}.atom", f"/feeds/cases/{village.paid}.ics"],
        "/find/?q=地砖": ["/feeds/find.atom?q=%E5%9C%B0%E7%A0%96"],
    }
    for page, expected in pages.items():
        text = read(page)
        assert re.findall(r'<link rel="alternate" [^>]*href="([^"]+)"', text) == expected
        if page != "/":
            assert all(text.count(f'href="{href}"') == 2 for href in expected), page
        assert all(Client().get(href).status_code == 200 for href in expected)


@pytest.mark.once
def test_no_text_breaks_a_feed():
    feed = feeds.PagedAtom("t", "/", "", older="")
    feed.add_item(feeds._plain("水\x00渠\x0b<b>"), "/p/1/", "", updateddate=feeds.EMPTY)
    root = ElementTree.fromstring(feed.writeString("utf-8"))  # noqa: S314
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == "水渠<b>"


@pytest.mark.once
def test_an_empty_feed_says_the_same_each_time():
    assert feeds.PagedAtom("t", "/", "", older="").latest_post_date().date() == date(2000, 1, 1)
