"""Objections to published lines, and by telephone or on paper: whose act it was, who answers, who is recorded."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from mingbai.complaints import queries, services
from mingbai.complaints.models import Objection
from mingbai.complaints.queries import Line
from mingbai.evidence.models import Paper
from mingbai.journal.queries import entries_after, entries_of
from mingbai.kernel import Refused
from mingbai.ledger.services import close_period
from mingbai.organisations.queries import actor_on

VILLAGE = "340311104201"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def case(world):
    number = world.open()
    world.do(number, "request")
    return number


@pytest.fixture
def closed(world) -> Line:
    """A month's closing: a line of no case."""
    world.wait(40)
    close_period(
        village=VILLAGE, month="2026-09", by=world.who("bookkeeper"), office="bookkeeper", at=world.at
    )
    entry = next(one for one in entries_after(0, 10_000) if one.act == "ledger.period_closed")
    return Line(f"{VILLAGE}-9", entry.seq, "9月结账")


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (1, 2, 3)).save(out, "PNG")
    return out.getvalue()


def line_of(case: str, act: str = "case.step_completed") -> Line:
    entry = next(one for one in entries_of(f"case:{case}") if one.act == act)
    return Line(f"{VILLAGE}-3", entry.seq, "办完一步")


def lodge(world, **more):
    said = {"text": "和实物不符", "remedy": "重新点数", "occurred_on": world.day, "at": world.at, **more}
    return services.lodge_objection(**said)


def answer(world, number, office):
    services.answer_objection(
        objection=number,
        answer="查过了",
        upheld=True,
        occurred_on=world.day,
        by=world.who(office),
        at=world.at,
    )


def test_a_line_of_a_case_is_of_its_step(world, case):
    lodged = lodge(world, line=line_of(case), case=case)
    row = Objection.objects.get()
    assert (row.case, row.step, row.line) == (case, "request", f"{VILLAGE}-3")
    with pytest.raises(Refused, match="不能自己答复|不能答复对它的异议"):
        answer(world, lodged.objection, "village_committee")
    answer(world, lodged.objection, "village_supervision_committee")


def test_a_payment_is_of_the_step_that_paid_and_a_resolution_of_the_one_that_decided(world):
    number = world.open()
    world.forward(number)
    acts = {one.act for one in entries_of(f"case:{number}")}
    for act, part in (("ledger.voucher_posted", "pay"), ("register.contract_signed", "contract")):
        assert act in acts
        lodge(world, line=line_of(number, act))
        assert part in Objection.objects.latest("number").step


def test_a_line_of_no_case_is_answered_by_another_office_than_the_one_that_signed(world, closed):
    lodged = lodge(world, line=closed)
    row = Objection.objects.get()
    assert (row.village, row.case, row.step) == (VILLAGE, "", "")
    with pytest.raises(Refused, match="经办人|不能自己答复"):
        answer(world, lodged.objection, "bookkeeper")
    entry = entries_of(f"village:{VILLAGE}")[-1]
    assert (entry.act, entry.data["line"], entry.data["step_title"]) == (
        "objection.lodged",
        closed.id,
        "9月结账",
    )
    answer(world, lodged.objection, "village_supervision_committee")


def test_objecting_to_an_answer_goes_above_whoever_gave_it(world, case):
    first = lodge(world, case=case, step="request")
    answer(world, first.objection, "village_supervision_committee")
    again = lodge(world, line=line_of(case, "objection.answered"))
    with pytest.raises(Refused, match="经办人|不能自己答复"):
        answer(world, again.objection, "village_supervision_committee")
    answer(world, again.objection, "town_government")


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ({}, "还没有写明是对哪件事"),
        ({"case": "05-340311104201-2026-001"}, "还没有选是对哪一步"),
        ({"case": "05-340311104201-2026-001", "step": "no"}, "没有这个环节"),
        ({"line": Line(f"{VILLAGE}-999", 99_999, "x")}, "没有这一条公布"),
        ({"line": Line(f"{VILLAGE}-1", 1, "x"), "case": "05-340311104201-2026-001"}, "不是这件事的"),
    ],
)
def test_what_it_is_about_must_fit(world, case, target, sentence):
    with pytest.raises(Refused, match=sentence):
        lodge(world, **target)
    with pytest.raises(Refused, match="不是这一步的"):
        lodge(world, line=line_of(case), step="construct")
    assert not Objection.objects.exists()


def test_a_choice_that_is_not_on_the_list_is_refused(world, case):
    for more in (
        {"asked": "punish"},
        {"channel": "fax"},
        {"channel": "phone"},
        {"by": world.who("bookkeeper")},
    ):
        with pytest.raises(Refused):
            lodge(world, case=case, step="request", **more)
    assert not Objection.objects.exists()


def test_by_telephone_the_recorder_is_in_the_journal(world, case):
    lodged = lodge(
        world, case=case, step="request", channel="phone", by=world.who("bookkeeper"), contact="李家院子"
    )
    entry = entries_of(f"case:{case}")[-1]
    assert (entry.actor, entry.office, entry.data["channel"]) == (
        world.person["bookkeeper"],
        "bookkeeper",
        "phone",
    )
    assert "李家院子" not in str(entries_after(0, 10_000))
    found = queries.status(lodged.receipt)
    assert (found.channel_title, found.asked_title) == ("打电话", "别的")


def test_another_village_s_clerk_cannot_record_it(world, case):
    stranger = actor_on(world.appoint("village_committee", "外村委员", village="340311104202"), world.day)
    with pytest.raises(Refused, match="别的村的事"):
        lodge(world, case=case, step="request", channel="phone", by=stranger)


def test_files_are_all_kept_or_none(world, case):
    good, before = photo(), Paper.objects.count()
    with pytest.raises(Refused, match="第2份没有收"):
        lodge(world, case=case, step="request", files=[good, PNG + b"broken"])
    with pytest.raises(Refused, match="还没有写明异议"):
        lodge(world, case=case, step="request", files=[good], text=" ")
    assert Paper.objects.count() == before
    lodge(world, case=case, step="request", files=[good])
    assert Paper.objects.count() == before + 1
    assert Paper.objects.latest("recorded_at").actor == ""
