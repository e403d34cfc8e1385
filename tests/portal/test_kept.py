"""Public pages are made once for a position of the records and kept; the same position gives the same bytes."""

from __future__ import annotations

import gzip
import itertools

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingbai.config import public_pages
from mingbai.disclosure import queries as disclosure


@pytest.fixture
def keeping(settings, monkeypatch):
    """Pages are kept, and the position is read each time."""
    settings.MINGBAI_PAGES_KEPT = 8
    monkeypatch.setattr(public_pages, "FRESH_FOR", 0)


def test_the_second_reader_costs_two_queries_and_gets_the_same_bytes(village, keeping):
    client = Client()
    first = client.get(f"/v/{village.code}/")
    with CaptureQueriesContext(connection) as asked:
        second = client.get(f"/v/{village.code}/")
    assert len(asked) == 2
    assert first.content == second.content and first.headers["ETag"] == second.headers["ETag"]
    assert "frame-ancestors" in second.headers["Content-Security-Policy"]
    assert second.headers["Vary"] == first.headers["Vary"] and "Cookie" in second.headers["Vary"]


def test_pages_hold_nothing_but_the_position(village, settings):
    # Without keeping, each page is made anew: still to the byte the same for the same position and day.
    for address in ("/", f"/v/{village.code}/", f"/cases/{village.paid}/", "/powers/", "/find/?q=村"):
        assert Client().get(address).content == Client().get(address).content, address


def test_a_browser_that_has_the_page_is_told_so(village, keeping):
    client = Client()
    tag = client.get("/powers/").headers["ETag"]
    again = client.get("/powers/", headers={"If-None-Match": tag})
    assert again.status_code == 304 and again.content == b"" and again.headers["ETag"] == tag
    assert client.get("/powers/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_browser_that_unpacks_gets_less_than_sixty_kilobytes(village, keeping):
    for address in ("/", f"/v/{village.code}/", f"/cases/{village.paid}/", "/powers/"):
        packed = Client().get(address, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip" and len(packed.content) < 30_000, address
        assert gzip.decompress(packed.content) == Client().get(address).content


def test_large_print_and_language_are_pages_of_their_own(village, keeping):
    plain = Client().get("/").content
    for name, value in (("mingbai_large", "1"), ("django_language", "en")):
        reader = Client()
        reader.cookies[name] = value
        assert reader.get("/").content != plain
    assert Client().get("/").content == plain


def test_what_is_published_is_seen_at_once(village, keeping, monkeypatch):
    before = Client().get("/").content
    newer = itertools.count(disclosure.head() + 1)
    monkeypatch.setattr(disclosure, "head", lambda: next(newer))
    with CaptureQueriesContext(connection) as asked:
        assert Client().get("/").content == before
    assert len(asked) > 2, "a new position makes the page anew"


@pytest.mark.parametrize(
    "address", ["/verify/", "/find/?q=村", "/desk/sign-in/", "/healthz", "/nowhere/", "/v/0/"]
)
def test_what_is_nobodys_or_somebodys_is_not_kept(village, keeping, address):
    assert "ETag" not in Client().get(address).headers


def test_no_more_pages_are_kept_than_allowed(village, settings):
    settings.MINGBAI_PAGES_KEPT = 2
    keeper = public_pages.PublicPagesMiddleware(Client().handler)
    for number in range(5):
        keeper._keep(("page", number), Client().get("/powers/"))
    assert [key[1] for key in keeper.kept] == [3, 4]
