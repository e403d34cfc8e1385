"""Notices at the desk: proof that is read off the paper, a change, a sheet torn down and hung again."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingbai.cases import queries as cases
from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries import of_case
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
STEP = "award_publicity"


@pytest.fixture
def case(world, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    number = world.open()
    world.forward(number, until=STEP)
    return number


def client(world, office: str = "village_committee") -> Client:
    person = world.person[office]
    user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
    made = Client()
    made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def photo(tone: int = 9) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (50, 50), (tone, 3, 7)).save(out, "JPEG")
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


def address(case: str, tail: str = "") -> str:
    return f"/desk/cases/{case}/steps/{STEP}/{tail}"


def post(world, case: str, **more):
    data = {"posted_on": world.day.isoformat(), "proof": "board", "paper-photo": photo(), **more}
    return client(world).post(address(case, "notice/"), data)


def said(answer) -> str:
    return answer.content.decode()


def test_before_posting_the_page_says_what_is_owed_and_does_not_give_the_code_away(world, case):
    page = said(client(world).get(address(case)))
    assert "这是公示，该由村民委员会贴" in page and "最少贴 3 天" in page and "第54条" in page
    assert f"/cases/{case}/notice.pdf" in page and "照片上那张纸的编号" in page
    assert cases.notice_sheet(case, STEP)[0] not in page


def test_a_photograph_counts_with_the_code_on_it(world, case):
    refused = post(world, case)
    assert refused.status_code == 422 and "还没有写照片上那张纸的编号" in said(refused)
    wrong = post(world, case, code=cases.notice_sheet(case, STEP)[1])
    assert wrong.status_code == 422 and "不是“成交公示”现在这一张的编号" in said(wrong)
    code = cases.notice_sheet(case, STEP)[0]
    assert post(world, case, code=code.lower()).status_code == 302
    page = said(client(world).get(address(case)))
    assert "正在公示" in page and code in page and "起算" in page and "还剩" in page
    assert 'class="days"' in page and "重新公示" in page and "被撕了、看不清了" in page


def test_no_photograph_no_posting(world, case):
    code = cases.notice_sheet(case, STEP)[0]
    data = {"posted_on": world.day.isoformat(), "proof": "board", "code": code}
    refused = client(world).post(address(case, "notice/"), data)
    assert refused.status_code == 422 and "还缺单据“公示照片”" in said(refused)


def test_the_web_posting_counts_once_it_is_published(world, case):
    data = {"posted_on": world.day.isoformat(), "proof": "web"}
    early = client(world).post(address(case, "notice/"), data)
    assert early.status_code == 422 and "网上还没有公布" in said(early)
    follow(world.at)
    assert client(world).post(address(case, "notice/"), data).status_code == 302
    notice = cases.case(case).here[0].notice
    assert notice.proof == "网上公布" and notice.reference in {one.id for one in of_case(case)}
    follow(world.at)
    public = said(Client().get(f"/cases/{case}/"))
    assert f'href="/p/{notice.reference}/"' in public and "张贴的证明" in public


def test_the_public_page_says_which_notice_by_which_article_and_with_which_proof(world, case):
    code = cases.notice_sheet(case, STEP)[0]
    post(world, case, code=code)
    follow(world.at)
    page = said(Client().get(f"/cases/{case}/"))
    assert "正在公示" in page and "决定以前，征求大家的意见" in page
    assert "最少贴 3 天" in page and "第54条" in page and code in page


def test_a_changed_notice_is_posted_again_and_the_public_sees_why(world, case):
    post(world, case, code=cases.notice_sheet(case, STEP)[0])
    world.wait()
    form = client(world).get(address(case, "repost/"))
    assert form.status_code == 200 and "notice.pdf?again=1" in said(form)
    given = {
        "changed": "成交价改正",
        "why": "价格写错",
        "on": world.day.isoformat(),
        "paper-photo": photo(99),
    }
    again = cases.notice_sheet(case, STEP)[1]
    refused = client(world).post(address(case, "repost/"), {**given, "why": "", "code": again})
    assert refused.status_code == 422 and "还没有写明为什么改" in said(refused)
    assert "成交价改正" in said(refused)
    kept = {**{key: one for key, one in given.items() if key != "paper-photo"}, "code": again}
    assert client(world).post(address(case, "repost/"), kept).status_code == 302
    follow(world.at)
    page = said(Client().get(f"/cases/{case}/"))
    assert "重新公示（第 2 次张贴）" in page and "原因：价格写错" in page and "成交公示：重新公示" in page
    assert "成交公示：贴出来了" in page


def test_a_sheet_torn_down_is_reported_stands_still_and_hangs_again(world, case):
    post(world, case, code=cases.notice_sheet(case, STEP)[0])
    world.wait()
    watcher = client(world, "village_supervision_committee")
    told = {"reason": "被风刮掉了", "on": world.day.isoformat(), "paper-photo": photo(44)}
    assert watcher.get(address(case, "missing/")).status_code == 200
    assert watcher.post(address(case, "missing/"), told).status_code == 302
    follow(world.at)
    page = said(Client().get(f"/cases/{case}/"))
    assert "发现没有贴着，天数停着" in page and "停着</span>" in page
    world.wait(2)
    desk = said(client(world).get(address(case)))
    assert "没有贴着，天数停着" in desk and "重新贴上了" in desk
    given = {"on": world.day.isoformat(), "code": cases.notice_sheet(case, STEP)[0], "paper-photo": photo(45)}
    assert client(world).post(address(case, "rehang/"), given).status_code == 302
    until = cases.case(case).here[0].notice.until
    assert until >= world.day + timedelta(days=3)
    follow(world.at)
    assert "有 3 天不算在内" in said(Client().get(f"/cases/{case}/"))


def test_nothing_hangs_no_such_page_and_strangers_see_none(world, case):
    for tail in ("repost/", "missing/", "rehang/"):
        assert client(world).get(address(case, tail)).status_code == 404
    post(world, case, code=cases.notice_sheet(case, STEP)[0])
    stranger = world.appoint("village_committee", "外村人", "340311104202")
    world.person["stranger"] = stranger
    for tail in ("repost/", "missing/", "rehang/"):
        assert client(world, "stranger").get(address(case, tail)).status_code == 404
        assert Client().get(address(case, tail)).status_code == 302


def test_an_unanswered_objection_is_named_on_the_step(world, case):
    from mingbai.cases import services

    post(world, case, code=cases.notice_sheet(case, STEP)[0])
    services.note_objection(case=case, step=STEP, at=world.at)
    page = said(client(world).get(address(case)))
    assert "1 件还没有答复，答复以前不能办结" in page
    services.settle_objection(case=case, step=STEP, upheld=True, at=world.at)
    assert "1 件成立，要选“有异议”" in said(client(world).get(address(case)))
