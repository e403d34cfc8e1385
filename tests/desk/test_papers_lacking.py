"""缺单据: what stands in the book without an original is listed, and the paper is added when it comes."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from PIL import Image

from mingbai.evidence.queries import paper as paper_of
from mingbai.evidence.services import keep_paper
from mingbai.journal.queries import entries_of
from mingbai.kernel import Money, Refused
from mingbai.ledger import papers, queries
from mingbai.ledger.models import VoucherPaper
from mingbai.ledger.rules import transfer
from mingbai.ledger.services import writing
from mingbai.ledger.services.attaching import attach_paper
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
VILLAGE, OTHER = "340311104201", "340311104202"


@pytest.fixture
def desk(world, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    return world


def client(person: str) -> Client:
    user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def photo(color: int = 1) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (50, 50), (color, 0, 0)).save(out, "JPEG")
    return out.getvalue()


def keep(desk, color: int, village: str = VILLAGE) -> str:
    return keep_paper(content=photo(color), name="f", label="发票", village=village, actor="p", at=desk.at).id


def bare(desk) -> str:
    """A voucher as an import from older books writes it: with its lines, without a paper."""
    by, chart = desk.who("bookkeeper"), queries.chart(desk.day)
    draft = writing.Draft(
        kind="move", occurred_on=desk.day, month=f"{desk.day:%Y-%m}", summary="提取现金", amount=Money(100),
        lines=transfer(debit=chart.cash, credit=chart.bank, amount=Money(100)),
    )  # fmt: skip
    with transaction.atomic():
        book = writing.lock_book(VILLAGE)
        return writing.write_voucher(book, chart, draft, by=by, office="bookkeeper", at=desk.at).number


def attach(desk, number: str, paper: str) -> None:
    by = desk.who("bookkeeper")
    attach_paper(village=VILLAGE, number=number, paper=paper, by=by, office="bookkeeper", at=desk.at)


def test_what_lacks_its_paper_is_listed_until_it_comes(desk):
    first, second = bare(desk), bare(desk)
    assert [one.number for one in papers.lacking(VILLAGE)] == [second, first]
    assert papers.lacking(VILLAGE, "1999-01") == () and papers.count_lacking() == {VILLAGE: 2}
    before = queries.trial_balance(VILLAGE)
    attach(desk, first, keep(desk, 1))
    assert [one.number for one in papers.lacking(VILLAGE)] == [second]
    assert queries.trial_balance(VILLAGE) == before and queries.check_book(VILLAGE) == ()
    (told,) = [one for one in entries_of(f"village:{VILLAGE}") if one.act == papers.PAPER_ATTACHED]
    assert told.data["number"] == first and told.data["papers"][0]["label"] == "发票"


def test_a_paper_stands_behind_one_voucher_of_its_own_village(desk):
    first, second = bare(desk), bare(desk)
    one = keep(desk, 1)
    attach(desk, first, one)
    with pytest.raises(Refused, match=f"已经附在凭证{first}后面"):
        attach(desk, second, one)
    with pytest.raises(Refused, match="不是本村的"):
        attach(desk, second, keep(desk, 2, OTHER))
    with pytest.raises(Refused, match="没有凭证"):
        attach(desk, "2026-01-记-99", keep(desk, 3))
    with pytest.raises(DatabaseError), transaction.atomic():
        VoucherPaper.objects.filter(paper=one).delete()


def test_the_bookkeeper_adds_a_paper_on_the_page(desk):
    number = bare(desk)
    browser = client(desk.who("bookkeeper").person)
    assert number in browser.get(f"/desk/lacking/{VILLAGE}/").content.decode()
    assert browser.post(f"/desk/lacking/{VILLAGE}/", {"number": number, "label": "发票"}).status_code == 422
    wrong = SimpleUploadedFile("a.html", b"<html>")
    sent = {"number": number, "label": "发票", "paper": wrong}
    assert browser.post(f"/desk/lacking/{VILLAGE}/", sent).status_code == 422
    sent["paper"] = SimpleUploadedFile("a.jpg", photo(9), "image/jpeg")
    assert browser.post(f"/desk/lacking/{VILLAGE}/", sent).status_code == 302
    assert "一笔不缺" in browser.get(f"/desk/lacking/{VILLAGE}/").content.decode()
    row = VoucherPaper.objects.get(voucher_id=queries.voucher_id(VILLAGE, number))
    assert paper_of(row.paper).label == "发票"


def test_who_may(desk):
    number = bare(desk)
    assert Client().get("/desk/lacking/").status_code == 302
    clerk = client(desk.who("bookkeeper").person)
    assert clerk.get(f"/desk/lacking/{OTHER}/").status_code == 404
    assert clerk.get("/desk/lacking/0/").status_code == 404
    town = client(desk.who("town_government").person)
    assert "缺 1 笔" in town.get("/desk/lacking/").content.decode()
    shown = town.get(f"/desk/lacking/{VILLAGE}/").content.decode()
    assert number in shown and "补上单据" not in shown
    sent = {"number": number, "label": "发票", "paper": SimpleUploadedFile("a.jpg", photo(9))}
    assert town.post(f"/desk/lacking/{VILLAGE}/", sent).status_code == 422
