"""Objections in the browser: by anyone on the web, written down for somebody at the desk, answered, asked after."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingbai.complaints.models import Objection
from mingbai.complaints.queries import of_case
from mingbai.complaints.services import MAX_FILES, MAX_TOGETHER
from mingbai.config import clock
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.follow import follow
from mingbai.evidence.models import Paper
from mingbai.journal.queries import entries_of
from mingbai.ledger.services import close_period
from mingbai.organisations.models import User

NEW, STATUS, RECORD = "/objections/new/", "/objections/status/", "/desk/objections/record/"


@pytest.fixture
def case(world, monkeypatch):
    """A published case, and the site's clock at the village's."""
    monkeypatch.setattr(clock, "now", lambda: world.at)
    number = world.open()
    world.do(number, "request")
    follow(world.at)
    return number


def staff(world, office: str) -> Client:
    actor = world.who(office)
    user, _ = User.objects.get_or_create(username=f"u-{office}", person_id=actor.person)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(client: Client, case: str, at: str = NEW, **more: object) -> dict[str, object]:
    ticket = client.get(at, {"case": case}).context["ticket"]
    said = {
        "case": case,
        "step": "request",
        "text": "价钱比镇上贵一倍",
        "remedy": "重新询价",
        "asked": "redo",
    }
    return {**said, "ticket": ticket, **more}


def photo(name: str = "照片.jpg", noise: int = 1) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), (noise % 256, 9, noise // 256)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def bomb() -> SimpleUploadedFile:
    """A PNG whose header says 30,000 by 30,000."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + data, "image/png")


def line_of(case: str, kind: str = "case.step_completed") -> str:
    return next(one.id for one in disclosure.of_case(case) if one.kind == kind)


def test_from_the_case_s_page_to_the_answer(world, case) -> None:
    page = Client().get(NEW, {"case": case})
    title = world.node(case, "request").title
    assert "东组排水沟修复" in page.content.decode() and title in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"] and not page.cookies
    lodged = Client().post(NEW, words(Client(), case))
    assert lodged.status_code == 200 and not lodged.cookies
    receipt, number = lodged.context["lodged"].receipt, lodged.context["lodged"].objection
    assert number in lodged.content.decode() and receipt in lodged.content.decode()
    town = staff(world, "town_government")
    said = {"upheld": "yes", "answer": "价格核减，重新询价"}
    assert town.post(f"/desk/objections/{number}/", said).status_code == 302
    shown = Client().post(STATUS, {"receipt": receipt.lower()}).content.decode()
    for part in (
        "异议成立，要改。",
        "价格核减，重新询价",
        "镇人民政府",
        "网上",
        "这一步重新办",
        "重新询价",
        number,
    ):
        assert part in shown, part
    assert world.who("town_government").name not in shown


def test_a_receipt_in_the_address_is_not_read(world, case) -> None:
    receipt = Client().post(NEW, words(Client(), case)).context["lodged"].receipt
    page = Client().get(STATUS, {"receipt": receipt})
    assert page.status_code == 302 and page.url == STATUS
    assert Client().post(STATUS, {"receipt": "AAAA"}).status_code == 422


def test_the_same_form_sent_twice_is_one_objection_with_one_receipt(world, case) -> None:
    said = words(Client(), case)
    first, second = (Client().post(NEW, said).context["lodged"] for _ in range(2))
    assert first == second and Objection.objects.count() == 1


def test_a_form_sent_at_once_waits_and_keeps_what_was_typed(world, case, monkeypatch) -> None:
    now = world.at
    monkeypatch.setattr(clock, "now", lambda: now)
    said = words(Client(), case)
    early = Client().post(NEW, said)
    page = early.content.decode()
    assert early.status_code == 422 and "交得太快了" in page and "价钱比镇上贵一倍" in page
    assert 'value="redo" checked' in page and not Objection.objects.exists()
    now = now + timedelta(seconds=20)
    again = {**said, "ticket": early.context["ticket"]}
    assert Client().post(NEW, again).status_code == 200


@pytest.mark.parametrize("ticket", ["", "made:up:ticket"])
def test_a_form_without_our_ticket_is_shown_again_with_a_new_one(world, case, ticket) -> None:
    answer = Client().post(NEW, words(Client(), case, ticket=ticket))
    assert answer.status_code == 422 and "价钱比镇上贵一倍" in answer.content.decode()
    assert Client().post(NEW, words(Client(), case, ticket=answer.context["ticket"])).status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("05-340311104201-2026-404", "没有编号是"),
        ("340311104201-99999", "没有编号是"),
        ("../../etc/passwd", "没有编号是"),
    ],
)
def test_an_unknown_number_is_said_and_what_was_typed_stays(world, case, typed, sentence) -> None:
    answer = Client().post(NEW, {"about": typed, "text": "写了很久的话", "do": "find"})
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "写了很久的话" in page


def test_the_number_of_another_village_is_said(world, case) -> None:
    answer = Client().post(NEW, {"about": case, "village": "340311104202", "do": "find"})
    assert answer.status_code == 422 and "的，不是" in answer.content.decode()
    found = Client().post(NEW, {"about": case, "village": "340311104201", "do": "find"})
    assert found.status_code == 200 and found.context["about"].case == case


def test_a_step_not_of_the_case_and_a_line_not_of_it(world, case) -> None:
    wrong = Client().post(NEW, words(Client(), case, step="no-such-step"))
    assert wrong.status_code == 422 and "这件事没有这个环节" in wrong.content.decode()
    other = world.open("西组路灯")
    follow(world.at)
    crossed = Client().post(NEW, {**words(Client(), case), "case": other, "line": line_of(case)})
    assert crossed.status_code == 422 and "号公布不是这件事的" in crossed.content.decode()
    assert not Objection.objects.exists()


def test_a_published_line_by_its_number(world, case) -> None:
    line = line_of(case)
    page = Client().post(NEW, {"about": f"https://x.test/p/{line}/", "do": "find"})
    assert page.context["about"].line.id == line
    said = {"line": line, "text": "单子和实物不符", "asked": "publish", "ticket": page.context["ticket"]}
    assert Client().post(NEW, said).status_code == 200
    row = Objection.objects.get()
    assert (row.line, row.case, row.step) == (line, case, "request")


def test_photographs_are_sealed_and_only_for_those_who_answer(world, case) -> None:
    said = words(Client(), case, files=[photo(noise=1), photo(noise=2)])
    assert Client().post(NEW, said).status_code == 200
    row = Objection.objects.get()
    assert len(row.papers) == 2 and all(
        "照片" not in one.label for one in Paper.objects.filter(pk__in=row.papers)
    )
    at = f"/desk/objections/{row.number}/"
    assert row.papers[0] in staff(world, "town_discipline").get(at).content.decode()
    complained_of = staff(world, "village_committee").get(at).content.decode()
    assert row.papers[0] not in complained_of and "只给答复的人看" in complained_of
    assert not any(paper.digest for one in disclosure.of_case(case) for paper in one.papers)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (lambda: [photo(), SimpleUploadedFile("a.docx", b"PK\x03\x04 words", "application/msword")], "第2份没有收"),
        (lambda: [photo(), SimpleUploadedFile("a.jpg", b"<html><script>x</script>", "image/jpeg")], "第2份没有收"),
        (lambda: [photo(), bomb()], "第2份没有收"),
        (lambda: [photo(), SimpleUploadedFile("empty.jpg", b"", "image/jpeg")], "第2份没有收"),
        (lambda: [photo(noise=n) for n in range(MAX_FILES + 1)], f"最多附{MAX_FILES}"),
        (lambda: [SimpleUploadedFile(f"{n}.jpg", b"\xff\xd8\xff" + bytes(25 << 20)) for n in range(2)], "超过20兆"),
        (lambda: [SimpleUploadedFile(f"{n}.jpg", b"\xff\xd8\xff" + bytes(MAX_TOGETHER // 3)) for n in range(3)],
         "超过20兆"),
    ],
)  # fmt: skip
def test_files_are_refused_in_words_before_anything_is_kept(world, case, files, sentence) -> None:
    before = Paper.objects.count()
    answer = Client().post(NEW, words(Client(), case, files=files()))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert "价钱比镇上贵一倍" in page and "重新询价" in page and 'value="redo" checked' in page
    assert Paper.objects.count() == before and not Objection.objects.exists()


def test_a_body_beyond_all_bounds_is_answered_in_chinese(world, case) -> None:
    for answer in (
        Client().post(NEW, {"text": "长" * (1 << 20)}),
        Client().generic("POST", NEW, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="900000000"),
        Client().generic("POST", NEW, b"broken", content_type="multipart/form-data"),
    ):  # fmt: skip
        assert answer.status_code == 413 and "送来的东西太大" in answer.content.decode()


def test_by_telephone_the_recorder_is_known_and_the_caller_is_not(world, case) -> None:
    clerk = staff(world, "bookkeeper")
    said = words(clerk, case, RECORD, channel="phone", contact="李家院子")
    lodged = clerk.post(RECORD, said)
    assert lodged.status_code == 200 and lodged.context["lodged"].receipt in lodged.content.decode()
    entry = entries_of(f"case:{case}")[-1]
    assert (entry.actor, entry.office) == (world.who("bookkeeper").person, "bookkeeper")
    assert entry.data["channel"] == "phone" and "李家院子" not in str(entry)
    receipt = lodged.context["lodged"].receipt
    assert "打电话" in Client().post(STATUS, {"receipt": receipt}).content.decode()
    assert clerk.post(RECORD, said).context["lodged"] == lodged.context["lodged"]
    assert len(of_case(case)) == 1


def test_on_paper_with_the_sheet_photographed(world, case) -> None:
    clerk = staff(world, "village_committee")
    bare = clerk.post(RECORD, words(clerk, case, RECORD, channel="paper"))
    assert bare.status_code == 422 and "没有附上那张纸" in bare.content.decode()
    assert clerk.post(RECORD, words(clerk, case, RECORD, channel="paper", files=[photo()])).status_code == 200
    row = Objection.objects.get()
    assert row.channel == "paper" and len(row.papers) == 1


def test_the_desk_records_only_for_its_own_villages_and_only_signed_in(world, case) -> None:
    stranger = world.appoint("village_committee", "外村委员", village="340311104202")
    user = User.objects.create(username="stranger", person_id=stranger)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    refused = client.post(RECORD, {"about": case, "do": "find"})
    assert refused.status_code == 422 and "不能在这里登记" in refused.content.decode()
    assert Client().get(RECORD).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(RECORD, {"about": case}).status_code == 403


def test_without_a_choice_of_how_it_came_nothing_is_recorded(world, case) -> None:
    clerk = staff(world, "bookkeeper")
    for channel in ("", "web", "fax"):
        answer = clerk.post(RECORD, words(clerk, case, RECORD, channel=channel))
        assert answer.status_code == 422, channel
    assert not Objection.objects.exists()


def test_one_extension_with_a_reason(world, case) -> None:
    Client().post(NEW, words(Client(), case))
    row = Objection.objects.get()
    town, at = staff(world, "town_government"), f"/desk/objections/{row.number}/"
    until = (row.due + timedelta(days=7)).isoformat()
    assert town.post(at, {"do": "extend", "until": "后天", "reason": "要看现场"}).status_code == 422
    assert town.post(at, {"do": "extend", "until": until, "reason": ""}).status_code == 422
    assert town.post(at, {"do": "extend", "until": until, "reason": "要看现场"}).status_code == 302
    assert "延过一次" in town.get(at).content.decode()
    again = town.post(at, {"do": "extend", "until": until, "reason": "还要看"})
    assert again.status_code == 422 and "延过一次" in again.content.decode()


def test_a_line_of_no_case_goes_from_the_form_to_the_answer(world, case) -> None:
    world.wait(40)
    close_period(
        village="340311104201", month="2026-09", by=world.who("bookkeeper"), office="bookkeeper", at=world.at
    )
    follow(world.at)
    line = disclosure.publications(village="340311104201", kind="ledger.period_closed").items[0].id
    page = Client().get(NEW, {"line": line})
    said = {"line": line, "text": "少记一笔租金", "asked": "correct", "ticket": page.context["ticket"]}
    lodged = Client().post(NEW, said).context["lodged"]
    town, at = staff(world, "town_government"), f"/desk/objections/{lodged.objection}/"
    assert at in town.get("/desk/").content.decode() and line in town.get(at).content.decode()
    assert staff(world, "bookkeeper").get(at).context["office"] == ""
    assert town.post(at, {"upheld": "no", "answer": "租金在十月入账"}).status_code == 302
    shown = Client().post(STATUS, {"receipt": lodged.receipt}).content.decode()
    assert f"/p/{line}/" in shown and "租金在十月入账" in shown


def test_a_case_that_is_not_published_is_unknown_on_the_web_and_recorded_at_the_desk(world, case) -> None:
    hidden = world.open("还没有公布的事")
    answer = Client().post(NEW, {"about": hidden, "do": "find"})
    assert answer.status_code == 422 and "还没有公布的事" not in answer.content.decode()
    clerk = staff(world, "village_committee")
    assert clerk.post(RECORD, words(clerk, hidden, RECORD, channel="phone")).status_code == 200


def test_a_pdf_is_taken_and_one_that_is_cut_is_not(world, case) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 60)).save(out, "PDF")
    whole = SimpleUploadedFile("a.pdf", out.getvalue(), "application/pdf")
    cut = SimpleUploadedFile("a.pdf", out.getvalue()[:-40], "application/pdf")
    refused = Client().post(NEW, words(Client(), case, files=[cut]))
    assert refused.status_code == 422 and "不完整" in refused.content.decode()
    assert Client().post(NEW, words(Client(), case, files=[whole])).status_code == 200
