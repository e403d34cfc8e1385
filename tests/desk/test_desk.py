"""The desk in the browser's words: a whole small-works case through forms, and who may not see it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingbai.cases import queries as cases
from mingbai.complaints.queries import of_case as objections_of
from mingbai.desk import masking
from mingbai.disclosure.follow import follow
from mingbai.evidence.queries import papers_of, public_bytes
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db


class Desk:
    """A browser for each office-holder, with the clock of the village."""

    def __init__(self, world, settings) -> None:
        self.world, self.settings, self.count = world, settings, 0

    def client(self, person: str) -> Client:
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def photo(self) -> SimpleUploadedFile:
        self.count += 1
        out = io.BytesIO()
        Image.new("RGB", (50, 50), (self.count % 256, 3, self.count // 256)).save(out, "JPEG")
        return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")

    def submit(self, number: str, step: str, path: str = "", **more: str):
        world, node = self.world, self.world.node(number, step)
        client = self.client(world.fitting(number, node).person)
        page = client.get(f"/desk/cases/{number}/steps/{step}/")
        assert page.status_code == 200, page.content.decode()[:500]
        values = world.values(number, step, more)
        data = {
            key: value.split(",") if key in ("present", "recused") else value for key, value in values.items()
        }
        files = {f"paper-{need.id}": self.photo() for need in node.papers if need.required}
        data |= {
            "do": "complete",
            "occurred_on": world.day.isoformat(),
            "posted_on": world.day.isoformat(),
            **files,
        }
        data |= {"roll": "1"} if node.kind == "meeting" else {}
        data |= {"code": cases.notice_sheet(number, step)[0]} if path == "notice/" else {}
        return client.post(f"/desk/cases/{number}/steps/{step}/{path}", data)


@pytest.fixture
def desk(world, settings, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    return Desk(world, settings)


def test_a_small_purchase_goes_from_request_to_archive_in_the_browser(desk) -> None:
    world = desk.world
    member = world.fitting_start = world.who("village_committee")
    client = desk.client(member.person)
    assert client.get("/desk/").status_code == 200
    opened = client.post(
        "/desk/cases/open/",
        {"what": "procurement-small-works", "title": "村部办公用品采购"},
    )
    assert opened.status_code == 302, opened.content.decode()
    number = opened.url.split("/")[3]
    given = {"amount": "3,000.00", "project_kind": "goods", "award_price": "2,900.00", "price": "2,900.00",
             "final_price": "2,900.00"}  # fmt: skip
    walked = []
    while cases.case(number).here and len(walked) < 40:
        waiting = cases.case(number).here[0]
        node = world.node(number, waiting.step)
        if node.kind == "publicity" and waiting.notice is None:
            assert desk.submit(number, waiting.step, "notice/").status_code == 302
        form = cases.step_form(number, waiting.step, world.fitting(number, node), world.day)
        if form.first_day:
            world.go_to(form.first_day)
        own = {**given, **({"amount": "2,900.00"} if waiting.step.endswith("pay") else {})}
        answer = desk.submit(number, waiting.step, **own)
        assert answer.status_code == 302, (waiting.step, answer.content.decode())
        walked.append(waiting.step)
        world.wait()
    assert cases.case(number).status == "closed"
    assert "pay" in walked and walked[-1] == "archive"


def test_a_refusal_names_the_article_and_keeps_what_was_entered(desk) -> None:
    number = desk.world.open()
    answer = desk.submit(number, "request", amount="-5")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "看不懂" in page and 'value="-5"' in page
    assert cases.case(number).here[0].step == "request"


def test_a_case_of_another_village_answers_like_one_that_is_not_there(desk) -> None:
    number = desk.world.open()
    stranger = desk.world.appoint("village_committee", "外村委员", village="340311104202")
    client = desk.client(stranger)
    hidden = client.get(f"/desk/cases/{number}/")
    missing = client.get("/desk/cases/05-340311104201-2026-999/")
    assert hidden.status_code == missing.status_code == 404
    assert len(hidden.content) == len(missing.content)


def test_signed_in_pages_are_never_cached_and_sign_in_is_asked(desk) -> None:
    assert Client().get("/desk/").status_code == 302
    page = desk.client(desk.world.who("bookkeeper").person).get("/desk/")
    assert page.headers["Cache-Control"] == "private, no-store"


def object_to(desk, number: str):
    """Somebody objects to the first step of a published case, through the form."""
    follow(desk.world.at)
    ticket = Client().get("/objections/new/", {"case": number}).context["ticket"]
    said = {"case": number, "step": "request", "text": "价钱高了", "remedy": "重新询价", "ticket": ticket}
    return Client().post("/objections/new/", said)


def test_anyone_may_object_and_ask_after_it(desk) -> None:
    answer = object_to(desk, desk.world.open())
    assert answer.status_code == 200, answer.content.decode()
    receipt = answer.context["lodged"].receipt
    found = Client().post("/objections/status/", {"receipt": receipt}).content.decode()
    assert "还没有答复" in found


def test_a_paper_is_masked_by_ticking_cells_and_shows_in_public(desk) -> None:
    number = desk.world.open()
    assert desk.submit(number, "request").status_code == 302
    client = desk.client(desk.world.who("village_committee").person)
    paper = papers_of(f"case:{number}")[0]
    assert f"/desk/papers/{paper.id}/release/" in client.get(f"/desk/cases/{number}/").content.decode()
    assert 'value="1-1"' in client.get(f"/desk/papers/{paper.id}/release/").content.decode()
    assert client.post(f"/desk/papers/{paper.id}/release/", {"cell": "9-9"}).status_code == 422
    assert client.post(f"/desk/papers/{paper.id}/release/", {"cell": "1-1"}).status_code == 302
    copy = public_bytes(papers_of(f"case:{number}")[0].public_digest)
    assert Image.open(io.BytesIO(copy[0])).getpixel((25, 25)) == (0, 0, 0)


def test_a_paper_of_another_village_cannot_be_released(desk) -> None:
    number = desk.world.open()
    desk.submit(number, "request")
    paper = papers_of(f"case:{number}")[0]
    stranger = desk.world.appoint("village_committee", "外村委员", village="340311104202")
    assert desk.client(stranger).post(f"/desk/papers/{paper.id}/release/", {}).status_code == 404
    assert papers_of(f"case:{number}")[0].public_digest is None


@pytest.mark.parametrize("size", [(50, 50), (1080, 2400), (2400, 97), (2401, 1799)])
def test_all_cells_together_cover_every_pixel(size) -> None:
    names = [cell.name for row in masking.grid(size).rows for cell in row]
    covered = sum(box.w * box.h for box in masking.boxes(size, names))
    assert covered == size[0] * size[1]


def test_the_town_answers_an_objection_and_the_village_cannot(desk) -> None:
    number = desk.world.open()
    object_to(desk, number)
    objection = objections_of(number)[0].objection
    town = desk.client(desk.world.who("town_government").person)
    assert f"/desk/objections/{objection}/" in town.get("/desk/").content.decode()
    said = {"upheld": "yes", "answer": "价格核减，重新询价"}
    village = desk.client(desk.world.who("village_committee").person)
    refused = village.post(f"/desk/objections/{objection}/", said)
    assert refused.status_code == 422 and "不能自己答复" in refused.content.decode()
    assert town.post(f"/desk/objections/{objection}/", {"answer": "查过了"}).status_code == 422
    assert town.post(f"/desk/objections/{objection}/", said).status_code == 302
    assert objections_of(number)[0].answer == "价格核减，重新询价"
    stranger = desk.world.appoint("village_committee", "外村委员", village="340311104202")
    assert desk.client(stranger).get(f"/desk/objections/{objection}/").status_code == 404


def test_a_second_signature_is_asked_for_and_given_in_the_browser(desk) -> None:
    world, number = desk.world, desk.world.open()
    member = desk.client(world.who("village_committee").person)
    at = f"/desk/cases/{number}/steps/request"
    assert member.post(f"{at}/ask/", {"office": "village_party_secretary", "reason": ""}).status_code == 422
    asked = member.post(f"{at}/ask/", {"office": "village_party_secretary", "reason": "金额不小"})
    assert asked.status_code == 302
    secretary = desk.client(world.who("village_party_secretary").person)
    assert f"{at}/sign/" in secretary.get("/desk/").content.decode()
    assert "金额不小" in secretary.get(f"{at}/sign/").content.decode()
    assert "还等村党组织书记签字" in desk.submit(number, "request").content.decode()
    assert secretary.post(f"{at}/sign/", {"agrees": "yes"}).status_code == 302
    assert desk.submit(number, "request").status_code == 302


def test_the_town_sees_what_is_late_and_gives_more_time(desk) -> None:
    world, number = desk.world, desk.world.open()
    due = cases.case(number).here[0].due
    world.go_to(due + timedelta(days=2))
    town = desk.client(world.who("town_government").person)
    assert "过期的，请催办" in town.get("/desk/").content.decode()
    at = f"/desk/cases/{number}/steps/request"
    more = {"until": (due + timedelta(days=9)).isoformat(), "reason": "汛期进不了场"}
    village = desk.client(world.who("village_committee").person)
    assert village.post(f"{at}/extend/", more).status_code == 422
    assert town.post(f"{at}/extend/", {**more, "until": "明天"}).status_code == 422
    assert town.post(f"{at}/extend/", more).status_code == 302
    assert cases.case(number).here[0].due == due + timedelta(days=9)


def test_a_case_is_stopped_started_and_given_up_in_the_browser(desk) -> None:
    number = desk.world.open()
    client = desk.client(desk.world.who("village_committee").person)
    at = f"/desk/cases/{number}"
    assert client.post(f"{at}/suspend/", {"reason": ""}).status_code == 422
    assert client.post(f"{at}/suspend/", {"reason": "等上级批复"}).status_code == 302
    assert "恢复办理" in client.get(f"{at}/").content.decode()
    assert client.post(f"{at}/resume/").status_code == 302
    assert client.post(f"{at}/withdraw/", {"reason": "今年不办了"}).status_code == 302
    assert cases.case(number).status == "withdrawn"
