"""Adjusting the list is a procedure run as a case: signed, reviewed, deliberated, confirmed word by word as reviewed."""

from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import count

import pytest
from PIL import Image

from mingbai.cases import queries, services
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import services as editions
from mingbai.catalogue.queries import drafts
from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries import of_case
from mingbai.evidence.services import keep_paper
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations

DISTRICT = "340311"
CHART = "procedures/payment-approval.yaml"
# Decisions hang for five days where the law says fifteen (村民委员会组织法 第35条第4款).
UNLAWFUL = (
    "limit: {bound: min, value: 15, unit: calendar_day, law: vcol",
    "limit: {bound: min, value: 5, unit: calendar_day, law: vcol",
    "procedures/four-deliberations.yaml",
)
ADJUST, EMERGENCY = "list-adjustment", "list-emergency"


class Hall:
    """The district's offices at work on the list, in the world of the village."""

    def __init__(self, world) -> None:
        self.world = world
        self._images = count(1)
        self.draft = editions.begin_draft(
            name="逐笔审核", reason="审计要求", by=self.who("district_finance"), at=world.at
        ).draft

    def who(self, office: str):
        return self.world.who(office)

    def write(self, old: str, new: str, file: str = CHART) -> None:
        text = drafts.text_at(self.draft, file)
        assert old in text
        editions.write_draft(
            draft=self.draft, file=file, text=text.replace(old, new, 1),
            seen=drafts.draft(self.draft).revision, by=self.who("district_finance"), at=self.world.at,
        )  # fmt: skip

    def open(self, power: str = ADJUST, office: str = "district_finance", **more) -> str:
        return services.open_case(
            power=power, village=DISTRICT, title="调整清单", occurred_on=self.world.day,
            by=self.who(office), at=self.world.at, **more,
        ).number  # fmt: skip

    def paper(self) -> str:
        image = io.BytesIO()
        Image.new("RGB", (32, 32), (next(self._images) % 256, 3, 77)).save(image, "PNG")
        kept = keep_paper(
            content=image.getvalue(), name="a.png", label="单据", village=DISTRICT,
            actor=self.who("district_finance").person, at=self.world.at,
        )  # fmt: skip
        return str(kept.id)

    def do(self, case: str, office: str, **values: str):
        step = queries.case(case).here[0].step
        needs = self.world.node(case, step).papers
        return services.complete_step(
            case=case, step=step, values=values, papers={need.id: [self.paper()] for need in needs},
            occurred_on=self.world.day, by=self.who(office), at=self.world.at,
        )  # fmt: skip

    def compile(self, case: str, since: date | None = None, **more: str):
        day = since or self.world.day + timedelta(days=30)
        values = {"draft": str(self.draft), "since": day.isoformat(), "summary": "民主理财改为逐笔审核"}
        return self.do(case, "district_finance", **{**values, **more})

    def review(self, case: str, verdict: str = "good"):
        return self.do(case, "district_justice", verdict=verdict, opinion="依据齐全")

    def deliberate(self, case: str, verdict: str = "agree"):
        return self.do(case, "district_government", verdict=verdict, meeting="第 9 次常务会议")

    def confirm(self, case: str):
        return self.do(case, "district_general_office", document="淮政办〔2026〕9 号")


@pytest.fixture
def hall(world) -> Hall:
    return Hall(world)


@pytest.fixture
def ready(hall: Hall) -> str:
    """A case whose draft was written, signed and reviewed."""
    hall.write("title: 民主理财审核", "title: 逐笔审核")
    case = hall.open()
    hall.compile(case)
    hall.review(case)
    return case


def test_an_adjustment_goes_from_draft_to_confirmed_edition(hall, ready, world) -> None:
    running = world.open()
    hall.deliberate(ready)
    done = hall.confirm(ready)
    assert done.ended == "end_confirmed"
    assert catalogue.latest().number == 2
    assert catalogue.latest().digest == queries_digest(ready)
    assert catalogue.current(world.day).number == 1
    assert catalogue.current(world.day + timedelta(days=30)).number == 2
    assert queries.case(running).edition == 1
    why = catalogue.reason(2)
    assert why.reason == "民主理财改为逐笔审核（淮政办〔2026〕9 号）"
    assert (why.case, why.citation.law) == (ready, "policy-huaishang")
    assert [one.text for one in catalogue.changes(catalogue.latest())] == [
        "“审批付款·逐笔审核”的名称由“民主理财审核”改为“逐笔审核”"
    ]
    assert drafts.draft(hall.draft).status == "confirmed" and drafts.draft(hall.draft).edition == 2
    assert entries_of(f"district:{DISTRICT}")[-1].data["case"] == ready


def queries_digest(case: str) -> str:
    from mingbai.cases.models import Case
    from mingbai.procedures.rules.interpreter import from_json

    return str(from_json(Case.objects.get(pk=case).state).facts["lawfulness"]["digest"])


def test_a_new_case_runs_on_the_new_edition_and_an_old_one_on_its_own(hall, ready, world) -> None:
    old = world.open()
    hall.deliberate(ready)
    hall.confirm(ready)
    world.wait(31)
    new = world.open()
    assert (queries.case(old).edition, queries.case(new).edition) == (1, 2)


def test_a_word_changed_after_review_is_not_confirmed(hall, ready) -> None:
    hall.write("title: 逐笔审核", "title: 随便看看")
    with pytest.raises(Refused, match="签字以后又改过"):
        hall.deliberate(ready)
    hall.write("title: 随便看看", "title: 逐笔审核")
    hall.deliberate(ready)
    hall.write("title: 逐笔审核", "title: 随便看看")
    with pytest.raises(Refused, match="签字以后又改过"):
        hall.confirm(ready)
    assert catalogue.latest().number == 1
    assert [step.step for step in queries.case(ready).here] == ["confirm"]


def test_an_unlawful_draft_does_not_pass_review_and_the_sentence_says_why(hall) -> None:
    hall.write(*UNLAWFUL)
    case = hall.open()
    hall.compile(case)
    with pytest.raises(Refused, match=r"草案没有通过检查：流程图“.*procedures/.*15 ?日"):
        hall.review(case)
    assert hall.review(case, verdict="bad").entered == ("compile",)


def test_unfinished_text_is_not_signed(hall) -> None:
    hall.write("title: 审批付款", "title: [审批付款")
    case = hall.open()
    with pytest.raises(Refused, match="还有读不通的地方：procedures/payment-approval.yaml"):
        hall.compile(case)


def test_a_draft_that_changes_nothing_or_is_not_there_is_not_signed(hall) -> None:
    case = hall.open()
    with pytest.raises(Refused, match="一个字也没有改"):
        hall.compile(case)
    with pytest.raises(Refused, match="没有这份草案"):
        hall.compile(case, draft="999")


def test_each_stage_has_its_own_hand(hall, world) -> None:
    hall.write("title: 民主理财审核", "title: 逐笔审核")
    case = hall.open()
    hall.compile(case)
    with pytest.raises(Refused, match="由区司法局办理"):
        hall.do(case, "district_finance", verdict="good", opinion="自己审自己")
    both = world.person["district_finance"]
    from mingbai.organisations.services import give_mandate

    give_mandate(
        person=both, office="district_justice", division=DISTRICT, since=date(2026, 1, 5), until=None,
        by=world.who("district_finance"), at=world.at,
    )  # fmt: skip
    with pytest.raises(Refused, match="同一个人"):
        hall.do(case, "district_finance", verdict="good", opinion="自己审自己")


def test_the_government_may_say_no(hall, ready) -> None:
    assert hall.deliberate(ready, verdict="disagree").ended == "end_rejected"
    assert catalogue.latest().number == 1
    assert drafts.draft(hall.draft).status == "open"


def test_a_draft_written_on_an_older_edition_waits_until_it_is_carried_over(hall, ready, world) -> None:
    files = {**catalogue.latest().files}
    files[CHART] = files[CHART].replace("title: 证明人签字", "title: 证明人看实物", 1)
    editions.confirm_edition(
        files=files, since=world.day + timedelta(days=1), by_person="", office="", at=world.at
    )
    with pytest.raises(Refused, match="写在第 1 版上，现在已经有第 2 版"):
        hall.deliberate(ready)


def test_the_districts_own_procedures_are_opened_at_the_district_only(hall, world) -> None:
    assert hall.open() == "00-340311-2026-001"
    assert hall.open(EMERGENCY) == "00-340311-2026-002"
    with pytest.raises(Refused, match="不在这里立项"):
        services.open_case(
            power=ADJUST, village="340311104201", title="调整", occurred_on=world.day,
            by=world.who("district_finance"), at=world.at,
        )  # fmt: skip
    with pytest.raises(Refused, match="不担任该职务"):
        hall.open(office="village_committee")
    with pytest.raises(Refused, match="清单外的权力不能行使"):
        hall.open("payment-approval")


def test_an_adjustment_is_published_like_any_other_act(hall, ready, world) -> None:
    hall.deliberate(ready)
    hall.confirm(ready)
    follow(world.at)
    told = [one.kind for one in of_case(ready)]
    assert told == ["case.opened", *["case.step_completed"] * 4, "case.closed"]


def test_an_emergency_takes_effect_at_once_and_is_ratified_afterwards(hall, world) -> None:
    hall.write("title: 民主理财审核", "title: 逐笔审核")
    case = hall.open(EMERGENCY)
    hall.compile(case, since=world.day + timedelta(days=1))
    hall.do(case, "district_government", verdict="agree")
    hall.confirm(case)
    why = catalogue.reason(2)
    assert why.emergency and why.ratify_by is not None and why.ratified_on is None
    world.wait(3)
    assert catalogue.current(world.day).number == 2
    hall.review(case)
    hall.deliberate(case)
    done = hall.confirm(case)
    assert done.ended == "end_ratified"
    assert catalogue.reason(2).ratified_on == world.day


def test_an_emergency_must_pass_the_proof_too(hall, world) -> None:
    hall.write(*UNLAWFUL)
    case = hall.open(EMERGENCY)
    hall.compile(case, since=world.day + timedelta(days=1))
    hall.do(case, "district_government", verdict="agree")
    with pytest.raises(Refused, match="草案没有通过检查"):
        hall.confirm(case)
    assert catalogue.latest().number == 1


def test_a_case_opened_for_an_office_is_that_offices_alone(hall, world) -> None:
    case = hall.open("law-change", "district_justice", owner="district_finance")
    waiting = [one.case for one in queries.awaiting(world.who("district_finance"), world.day)]
    assert case in waiting
    assert case not in [one.case for one in queries.awaiting(world.who("district_agriculture"), world.day)]
    answer = {"verdict": "keep", "answer": "逐处核对，只是条号变了"}
    with pytest.raises(Refused, match=f"由{organisations.office_title('district_finance')}办理"):
        hall.do(case, "district_agriculture", **answer)
    hall.do(case, "district_finance", **answer)
    assert hall.do(case, "district_justice", verdict="good").ended == "end_kept"
    with pytest.raises(Refused, match="只有区司法局能替别的单位立项"):
        hall.open("law-change", "district_agriculture", owner="district_finance")
    with pytest.raises(Refused, match="不能替别的单位立项"):
        hall.open("law-change", "district_justice", owner="village_committee")


def test_a_chart_whose_law_is_not_in_force_yet_opens_no_case(hall, world) -> None:
    files = {**catalogue.latest().files}
    files["laws.yaml"] = files["laws.yaml"].replace(
        "in_force_since: '2026-01-01'", "in_force_since: '2027-01-01'", 1
    )
    day = world.wait(1)
    editions.confirm_edition(files=files, since=day, by_person="", office="", at=world.at)
    with pytest.raises(Refused, match=r"2027-01-01起才施行，2026-09-02还不能按它办"):
        world.open()
