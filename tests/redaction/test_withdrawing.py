"""Wrongly published personal data goes: out of the table, the file, the index; the statement stays and the log proves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.models import CaseHead, PublicationRow
from mingbai.disclosure.rules.profiles import load_profiles
from mingbai.disclosure.services import publish_entries, withdrawing
from mingbai.evidence import services as papers
from mingbai.evidence import store
from mingbai.evidence.models import Paper
from mingbai.evidence.queries import withdrawals
from mingbai.journal import queries as journal
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor, Mandate
from mingbai.search.follow import follow as index
from mingbai.search.queries import search
from mingbai.translog import services as log

pytestmark = pytest.mark.django_db
VILLAGE, TOWN = "340311104201", "340311104"
CASE = f"05-{VILLAGE}-2026-001"
NAME = "欧阳不该公开"
START = datetime(2026, 9, 1, 1, tzinfo=UTC)
PROFILES = load_profiles(
    (Path(__file__).parents[2] / "districts/huaishang/disclosure.yaml").read_text("utf-8")
)
FIRST, SECOND = (
    Actor(who, "甲", (Mandate("town_sanzi_center", TOWN, date(2026, 1, 1)),)) for who in ("p1", "p2")
)
OF_VILLAGE = Actor("p3", "乙", (Mandate("village_committee", VILLAGE, date(2026, 1, 1)),))


def _later(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.fixture
def published(settings: object, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An opened case whose title and text name a person, with a paper that shows one; its id and its copy's digest."""
    settings.MINGBAI_DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "papers"  # type: ignore[attr-defined]
    picture = BytesIO()
    Image.new("RGB", (90, 60), "white").save(picture, "PNG")
    kept = papers.keep_paper(
        content=picture.getvalue(), name="", label="收条", village=VILLAGE, actor="p", at=START
    )
    copy = papers.release_paper(paper=kept.id, masks=(), actor="p", at=START)
    steps = [{"step": "request", "title": "提出申请", "lane": "村民委员会", "due": "2026-09-04"}]
    data = {"case": CASE, "power": "procurement-small-works", "title": f"给{NAME}修房", "next": steps, "late_days": 3,
            "papers": [{"id": kept.id, "label": kept.digest and f"{NAME}的收条", "digest": kept.digest}]}  # fmt: skip
    with transaction.atomic():
        record(act="case.opened", village=VILLAGE, subject=f"case:{CASE}", actor="p", office="village_committee",
               occurred_on=date(2026, 9, 1), at=_later(1), data=data,
               fields=[TypedField("why", "说明", "text", f"{NAME}家漏雨")])  # fmt: skip
    _publish(2)
    id = f"{VILLAGE}-1"
    assert NAME in disclosure.publication(id).title and search(NAME).items and disclosure.file(id, copy)
    yield id, copy


def _publish(minutes: int) -> None:
    publish_entries(journal.entries_after(0), profiles=PROFILES, titles={}, now=_later(minutes))
    log.ensure_key()
    log.append_new()
    log.sign_head(_later(minutes))
    log.publish_files()
    index()


def _everything(folder: Path) -> bytes:
    """Every byte that is served or stored for the public: the rows of disclosure and search, and the files."""
    with connection.cursor() as database:
        database.execute("SELECT title, body FROM disclosure_publication")
        rows = b"".join(str(title).encode() + bytes(body) for title, body in database.fetchall())
        database.execute("SELECT words FROM search_words")
        rows += "".join(str(words) for (words,) in database.fetchall()).encode()
    files = [
        one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file() and "sealed" not in str(one)
    ]
    return rows + b"".join(files) + "".join(CaseHead.objects.values_list("title", flat=True)).encode()


def _ask(id: str, copy: str = "") -> int:
    return withdrawing.ask(id=id, copy=copy, reason="写了困难户的姓名", by=FIRST, at=_later(3))


def test_the_document_goes_and_the_statement_stays(
    published: tuple[str, str], tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    id, copy = published
    before = PublicationRow.objects.get(kind="case.opened")
    withdrawing.settle(asked=_ask(id), taken_down=True, by=SECOND, at=_later(4))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        _publish(5)
    gone, said = disclosure.publication(id), disclosure.publication(f"{VILLAGE}-2")
    assert gone.withdrawn["by"] == said.id and gone.withdrawn["reason"] == "写了困难户的姓名"
    assert (said.kind, said.supersedes, said.data["digest"]) == ("publication.withdrawn", id, before.digest)
    assert gone.digest == before.digest and gone.salt == "00" * 32
    assert store.get("public", copy) is None and disclosure.file(id, copy) is None
    assert gone.papers[0].state == "误公开，已撤下：写了困难户的姓名" and gone.data["late_days"] == 3
    assert NAME.encode() not in _everything(tmp_path) and bytes(before.salt) not in _everything(tmp_path)
    assert not search(NAME).items and disclosure.public_json(id) is None
    assert disclosure.case(CASE).title == "（已撤下）"
    assert log.check_log().ok, log.check_log().lines


def test_one_paper_goes_and_the_rest_stays_provable(
    published: tuple[str, str], django_capture_on_commit_callbacks: object
) -> None:
    id, copy = published
    withdrawing.settle(asked=_ask(id, copy), taken_down=True, by=SECOND, at=_later(4))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        _publish(5)
    left = disclosure.publication(id)
    assert NAME in left.title and left.withdrawn is None and left.papers[0].digest is None
    assert store.get("public", copy) is None and disclosure.public_json(id) is not None
    assert log.check_log().ok


def test_what_was_taken_down_is_neither_shown_nor_released_again(published: tuple[str, str]) -> None:
    id, copy = published
    withdrawing.settle(asked=_ask(id, copy), taken_down=True, by=SECOND, at=_later(4))
    _publish(5)
    store.put("public", store.get("public", copy) or b"")
    assert disclosure.file(id, copy) is None
    paper = Paper.objects.get(village=VILLAGE).id
    with pytest.raises(Refused, match="撤下了"):
        papers.release_paper(paper=paper, masks=(), actor="p", at=_later(6))
    assert (
        papers.release_paper(paper=paper, masks=[papers.Box(0, 5, 5, 20, 20)], actor="p", at=_later(6))
        != copy
    )


def test_it_takes_two_of_the_town_and_a_reason_that_says_nothing_itself(published: tuple[str, str]) -> None:
    id, _ = published
    with pytest.raises(Refused, match="只有镇里和区里"):
        withdrawing.ask(id=id, copy="", reason="写了困难户的姓名", by=OF_VILLAGE, at=_later(3))
    with pytest.raises(Refused, match="个人电话"):
        withdrawing.ask(id=id, copy="", reason="写了 13800138000", by=FIRST, at=_later(3))
    asked = _ask(id)
    with pytest.raises(Refused, match="不能自己核对"):
        withdrawing.settle(asked=asked, taken_down=True, by=FIRST, at=_later(4))
    with pytest.raises(Refused, match="已经有人提出"):
        _ask(id)
    assert disclosure.publication(id).withdrawn is None
    withdrawing.settle(asked=asked, taken_down=False, by=SECOND, at=_later(4))
    with pytest.raises(Refused, match="已经核对过"):
        withdrawing.settle(asked=asked, taken_down=True, by=SECOND, at=_later(4))
    assert [one.state for one in withdrawals(TOWN)] == ["kept"] and _ask(id) > asked


def test_the_database_empties_nothing_that_no_statement_names(published: tuple[str, str]) -> None:
    rows = PublicationRow.objects.filter(kind="case.opened")
    for change in (
        {"salt": bytes(32), "body": b"{}"},
        {"title": "x"},
        {"salt": bytes(32), "digest": "0" * 64},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_a_statement_that_was_forged_in_the_table_is_noticed(published: tuple[str, str]) -> None:
    id, _ = published
    withdrawing.settle(asked=_ask(id), taken_down=True, by=SECOND, at=_later(4))
    _publish(5)
    row = PublicationRow.objects.get(kind="case.opened")
    document = json.loads(bytes(row.body))
    document["withdrawn"]["by"] = id
    with pytest.raises(DatabaseError), transaction.atomic():
        PublicationRow.objects.filter(pk=row.pk).update(body=json.dumps(document).encode())


def test_what_is_deleted_is_overwritten_in_the_file_of_the_database(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a vacuum does it there, as the docs say")
    with connection.cursor() as database:
        assert database.execute("PRAGMA secure_delete").fetchone()[0] == 1
