"""The site as files: every link lands, the pages say what the site says, a later copy adds only what changed."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import connection

from mingbai.config import clock
from mingbai.disclosure.services import withdrawing
from mingbai.kernel import Refused
from mingbai.mirror.copying import copy_site
from mingbai.mirror.rules.addresses import absolute, file_of, link
from mingbai.mirror.rules.freshness import Since, is_fresh
from mingbai.mirror.rules.search_files import shard_of
from mingbai.organisations.rules import Actor, Mandate
from mingbai.translog import queries as translog
from mingbai.translog.position import one_position
from mingbai.worker import run_once

# Which pages there are and what they say is the same on both databases; what differs is tested below on its own.
LINKS = re.compile(r'\s(?:href|src|action|data-src|data-vkey)="([^"#][^"]*)"')


def today():
    return clock.legal_day(clock.now())


@pytest.fixture(scope="module")
def base(made, django_db_blocker, tmp_path_factory) -> Path:
    """The copy of the village's site as it stands."""
    folder = tmp_path_factory.mktemp("copy") / "a"
    with django_db_blocker.unblock():
        copy_site(folder, today=today())
    return folder


PART = re.compile(r"data/log/.*\.p/\d+\Z")
"""A part of a tile: an older one may stay beside the newer, and is no less true."""


def content(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
        and not PART.match(one.relative_to(folder).as_posix())
        and one.name not in ("copy.json", "export.json")
    }


def words(page: str) -> str:
    page = re.sub(
        r'(?s)<(script|style)\b.*?</\1>|<form class="language".*?</form>|<section[^>]*copy-answer.*?</section>'
        r'|<p class="data-until".*?</p>',
        "",
        page,
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()


@pytest.mark.once
def test_every_link_of_the_copy_lands_on_a_file_or_at_the_site(village, base) -> None:
    pages = list(base.rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        for href in map(html.unescape, LINKS.findall(page.read_text("utf-8"))):
            if href.startswith("http"):
                assert re.search(r"/(objections|desk|api|feeds|language|large-print)/", href), (page, href)
                continue
            assert not href.startswith("/"), (page, href)
            there = page.parent / unquote(re.split(r"[?#]", href)[0])
            assert there.is_file(), (page, href)


@pytest.mark.once
def test_a_page_of_the_copy_says_what_the_site_says(village, base, read) -> None:
    for address in ("/", "/find/", f"/v/{village.code}/", f"/cases/{village.paid}/", "/powers/", "/words/"):
        copied = (base / file_of(address)).read_text("utf-8")
        assert words(copied) == words(read(address)), address


@pytest.mark.once
def test_papers_end_as_what_they_are_and_the_log_is_whole(village, base) -> None:
    papers = list(base.glob("p/*/papers/*"))
    assert all(one.suffix for one in papers)
    for path in translog.paths():
        assert (base / "log" / path).read_bytes() == translog.read(path)
    about = json.loads((base / "about.json").read_text("utf-8"))
    assert about["size"] == translog.head().size and about["day"] == today().isoformat()


@pytest.mark.once
def test_nothing_new_writes_nothing_and_a_second_copy_is_the_same(village, base, tmp_path) -> None:
    before = content(base)
    again = copy_site(base, today=today())
    assert (again.written, again.removed) == (0, 0) and again.made < 10
    copy_site(tmp_path / "b", today=today())
    assert content(tmp_path / "b") == before == content(base)


@pytest.mark.once
def test_a_folder_with_other_things_is_not_touched(village, tmp_path) -> None:
    (tmp_path / "账.xlsx").write_bytes(b"x")
    with pytest.raises(Refused, match="别的东西"):
        copy_site(tmp_path, today=today())
    assert [one.name for one in tmp_path.iterdir()] == ["账.xlsx"]


@pytest.mark.once
def test_a_size_the_log_never_had_is_refused(village, tmp_path) -> None:
    with pytest.raises(Refused, match="没有到过"):
        copy_site(tmp_path / "x", today=today(), since_size=10**9)


@pytest.mark.once
def test_a_stopped_copy_goes_on(tmp_path) -> None:
    """What was killed in the middle left a note that it holds nothing for sure."""
    from mingbai.mirror.folder import Folder

    Folder(tmp_path / "c", "p").put("/x/", "x/index.html", b"1")
    assert Folder(tmp_path / "c", "p").position is None


@pytest.mark.once
@pytest.mark.parametrize(
    ("href", "at", "found"),
    [
        ("?month=2026-08#money", "/v/1/", ("/v/1/?month=2026-08", "money")),
        ("#main", "/v/1/?month=2026-08", ("/v/1/?month=2026-08", "main")),
        ("/find/?q=a&group=b", "/", ("/find/?q=a&group=b", "")),
        ("https://example.org/", "/", ("", "")),
        ("../2/", "/v/1/", ("/v/2/", "")),
    ],
)
def test_links_are_read_as_browsers_do(href, at, found) -> None:
    assert absolute(href, at) == found


@pytest.mark.once
def test_files_are_named_so_that_any_disk_takes_them() -> None:
    assert file_of("/v/1/?month=2026-08") == "v/1/month-2026-08/index.html"
    assert file_of("/v/1/?a=../x") == "v/1/a-.._2fx/index.html"
    assert file_of("/p/1-2/papers/ab", "image/jpeg") == "p/1-2/papers/ab.jpg"
    assert file_of("/log/tile/0/000") == "log/tile/0/000"
    assert link("v/1/index.html", "p/2/index.html", fragment="x") == "../../p/2/index.html#x"


@pytest.mark.once
def test_what_the_day_changes_is_old_on_another_day() -> None:
    another = Since(frozenset(), district=False, another_day=True)
    village = "/v/340311104201/"
    over = {"/cases/05-340311104201-2026-001/"}
    assert not is_fresh(village, another, over) and is_fresh("/p/340311104201-7/", another, over)
    assert is_fresh(*over, another, over) and not is_fresh("/cases/05-340311104201-2026-002/", another, over)
    moved = Since(frozenset({"340311104201"}), district=False, another_day=False)
    assert not is_fresh("/p/340311104201-7/", moved, ()) and is_fresh("/p/340311104202-7/", moved, ())
    assert not is_fresh("/", moved, ()) and not is_fresh("/log/checkpoint", moved, ())


@pytest.mark.once
def test_the_script_finds_words_in_the_same_file() -> None:
    """The same sum stands in copy.js; a word looked for in another file would never be found."""
    assert [shard_of(one) for one in ("防汛", "3860", "0v340311104201", "abc")] == [11, 44, 13, 40]


@pytest.mark.django_db(transaction=True)
def test_one_position_is_read_whatever_is_published_meanwhile() -> None:
    """PostgreSQL would show each query the newest; SQLite keeps to its snapshot by itself."""
    with one_position(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)
        assert connection.in_atomic_block


@pytest.mark.once
def test_what_changed_laid_over_the_old_copy_is_the_new_copy(village, base, tmp_path) -> None:
    """Two weeks later only the changes are carried; last, because the log's files move on with it."""
    old, size = tmp_path / "old", translog.head().size
    shutil.copytree(base, old)
    stamps = {one: os.stat(old / one).st_mtime_ns for one in content(old)}
    village.world.open("村口公示栏更换")
    run_once(village.world.at)
    copy_site(tmp_path / "changes", today=today(), since_size=size)
    grown = copy_site(old, today=today())
    copy_site(tmp_path / "whole", today=today())
    changes, whole = content(tmp_path / "changes"), content(tmp_path / "whole")
    laid_over = content(base) | changes
    assert laid_over == content(old) and laid_over.keys() == whole.keys()
    # A publication of a place where nothing was published keeps the proof it had, which stays true.
    differing = {name for name, said in whole.items() if laid_over[name] != said}
    assert all(re.match(rf"p/(?!{village.code}-)", name) for name in differing), sorted(differing)[:5]
    assert len(changes) < len(whole) and "copy.json" not in os.listdir(tmp_path / "changes")
    assert 0 < grown.written < len(whole) / 2
    untouched = f"p/{village.code[:6]}-1/index.html"
    assert untouched not in whole or os.stat(old / untouched).st_mtime_ns == stamps[untouched]
    bury(village, old, tmp_path)


def bury(village, old: Path, tmp_path: Path) -> None:
    """What was carried to another machine cannot be recalled; what is carried next must empty it there."""
    size = translog.head().size
    first, second = (
        Actor(who, "甲", (Mandate("town_sanzi_center", village.code[:9], date(2026, 1, 1)),)) for who in "ab"
    )
    told = "村口公示栏更换"
    held = {name for name, said in content(old).items() if told.encode() in said and name.startswith("p/")}
    gone = sorted({name.split("/")[1].removesuffix(".json") for name in held})
    assert held and gone
    for id in gone:
        at = village.world.at
        asked = withdrawing.ask(id=id, copy="", reason="写错了人", by=first, at=at)
        withdrawing.settle(asked=asked, taken_down=True, by=second, at=at)
    run_once(village.world.at)
    copy_site(tmp_path / "buried", today=today(), since_size=size)
    copy_site(old, today=today())
    assert all(name in content(tmp_path / "buried") for name in held)
    for folder in (old, tmp_path / "buried"):
        left = [name for name, said in content(folder).items() if told.encode() in said]
        assert not left, left
