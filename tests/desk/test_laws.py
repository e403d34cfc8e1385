"""A change of law at the desk: district officers see everything that it touches, the same as the command; nothing is written."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingbai.cases import queries as cases
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import drafts
from mingbai.catalogue.rules.amending import read_change
from mingbai.config import amending
from mingbai.journal.queries import head
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
JUSTICE, CLERK, LAWS = "district_justice", "village_clerk", "/desk/laws/"
MOST_QUERIES = 12
CHANGE = """law: vcol
authority: 全国人大常委会决定
effective: 2027-01-01
articles:
- article: 第35至37条
  change: renumbered
  to: 第40至42条
- article: 第40至42条
  change: renumbered
  to: 第45至47条
- article: 第28条
  change: amended
  note: 增加一项
"""
FILLED = {
    "law": "vcol", "authority": "全国人大常委会决定", "effective": "2027-01-01", "whole": "",
    "article-0": "第35至37条", "change-0": "renumbered", "to-0": "第40至42条", "note-0": "",
    "article-1": "第40至42条", "change-1": "renumbered", "to-1": "第45至47条", "note-1": "",
    "article-2": "第28条", "change-2": "amended", "to-2": "", "note-2": "增加一项",
    "article-3": "", "change-3": "amended", "to-3": "", "note-3": "",
}  # fmt: skip


@pytest.fixture
def client(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str) -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open


@pytest.fixture
def justice(client) -> Client:
    return client(JUSTICE)


def listed(html: str, part: str) -> list[str]:
    """The lines of one part of the report."""
    body = html.split(f'<details class="fold" id="{part}"')[1].split("</details>")[0]
    return [unescape(re.sub("<[^>]+>", "", one)) for one in re.findall(r"(?s)<li>(.*?)</li>", body)]


def post(browser: Client, entered: dict[str, str], status: int = 200) -> str:
    answer = browser.post(LAWS, entered)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def whole(browser: Client, part: str) -> list[str]:
    """A part of the report, page by page."""
    found, page = [], 1
    while True:
        lines = listed(post(browser, {"text": CHANGE, f"page-{part}": str(page)}), part)
        found = [*found, *lines]
        if len(lines) < 20:
            return found
        page += 1


def test_filled_and_pasted_say_the_same_as_the_command(world, justice, tmp_path) -> None:
    number = world.open(power="procurement-small-works")
    file = tmp_path / "change.yaml"
    file.write_text(CHANGE, "utf-8")
    report = amending.report_of_data(file)
    pasted = post(justice, {"text": CHANGE})
    for line, one in zip(listed(pasted, "places"), report["places"], strict=False):
        assert f"{one['file']}:{one['line']}" in line and one["title"] in line
        assert one["text"].endswith(line.partition("：")[2].partition(one["file"])[0])
    filled = post(justice, FILLED)
    assert f'rows="8" readonly>{CHANGE}</textarea>' in unescape(filled)
    assert listed(filled, "powers") == listed(pasted, "powers")
    assert [int(one.split(".")[0]) for one in listed(filled, "powers")] == [
        one["number"] for one in report["powers"]
    ]
    assert any(number in one for one in listed(filled, "cases"))
    assert len(listed(filled, "owners")) == len(report["owners"])
    assert len(listed(filled, "program")) == len(report["program"])
    words = "".join(listed(filled, "powers"))
    assert not re.findall("[a-z_]{3,}", words), words


def test_a_long_part_is_paged_and_the_pages_join(justice) -> None:
    found = whole(justice, "places")
    report = cases.law_report(read_change(CHANGE, "f", catalogue.laws(catalogue.latest())))
    places = [f"{one['file']}:{one['line']}　{one['path']}" for one in report["places"]]
    assert all(one.endswith(place) for one, place in zip(found, places, strict=True)) and len(found) > 20
    first = post(justice, {"text": CHANGE})
    assert len(listed(first, "places")) == 20 and 'name="page-places" value="2"' in first


def test_nothing_is_written(justice) -> None:
    before = head(), len(drafts.open_drafts()), catalogue.latest().number
    post(justice, FILLED)
    assert (head(), len(drafts.open_drafts()), catalogue.latest().number) == before


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"text": " "}, "还没有贴文件"),
        ({"text": "a" * 60_000}, "文件太长"),
        ({"text": "law: [\n"}, "文件第"),
        ({"text": CHANGE.replace("vcol", "nothing")}, "没有“nothing”这部法律"),
        ({**FILLED, "effective": ""}, "还没有写哪天起施行"),
        ({**FILLED, "article-2": "某条"}, "看不懂是哪一条：“某条”"),
        ({**FILLED, "whole": "repealed", "law": ""}, "这部法律"),
        ({**FILLED, "article-0": "", "to-0": "", "article-1": "第35条", "to-1": "第28条", "article-2": ""}, "没有写明它改成了"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(justice, entered: dict[str, str], said: str) -> None:
    if entered.get("article-2") == "":
        entered = {**entered, "note-2": ""}
    assert said in unescape(post(justice, entered, 422))


def test_a_whole_law_can_be_repealed(justice) -> None:
    html = post(justice, {**FILLED, "whole": "repealed"})
    assert "已废止" in listed(html, "places")[0] and "change: repealed" in html


def test_only_officers_of_the_district_and_it_costs_little(world, client, justice) -> None:
    assert client(CLERK).get(LAWS).status_code == 404
    assert Client().get(LAWS).status_code == 302
    world.open(power="procurement-small-works")
    for ask in (lambda: justice.get(LAWS), lambda: justice.post(LAWS, FILLED)):
        with CaptureQueriesContext(connection) as asked:
            assert ask().status_code == 200
        assert len(asked) <= MOST_QUERIES, [one["sql"] for one in asked]


def test_the_desk_leads_officers_of_the_district_there(client, justice) -> None:
    assert f'href="{LAWS}"' in justice.get("/desk/").content.decode()
    assert f'href="{LAWS}"' not in client(CLERK).get("/desk/").content.decode()
