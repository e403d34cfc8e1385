"""The next edition is written beside the one in force, by several hands, and nothing anybody wrote is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mingbai.catalogue import queries, services
from mingbai.catalogue.queries import drafts
from mingbai.journal import queries as journal
from mingbai.kernel import Citation, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor, Mandate
from mingbai.organisations.services import add_person, load_divisions, load_offices

pytestmark = pytest.mark.django_db
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
AT = datetime(2026, 9, 1, 1, tzinfo=UTC)
POWER = "powers/06-village-fund-approval.yaml"
CHART = "procedures/payment-approval.yaml"
SYSTEM = Actor("0" * 32, "系统")


def officer(name: str, office: str) -> Actor:
    person = add_person(name=name, village="340311", by=SYSTEM, at=AT)
    return Actor(person, name, (Mandate(office, "340311", date(2026, 1, 1)),))


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return dict(queries.read_district(DISTRICT))


@pytest.fixture
def finance(files) -> Actor:
    load_divisions(files["divisions.csv"])
    load_offices(files["offices.yaml"])
    services.confirm_edition(files=files, since=date(2026, 9, 1), by_person="", office="", at=AT)
    return officer("财政甲", "district_finance")


@pytest.fixture
def farming(finance) -> Actor:
    return officer("农业乙", "district_agriculture")


@pytest.fixture
def draft(finance) -> int:
    return services.begin_draft(name="提高直接采购上限", reason="物价涨了", by=finance, at=AT).draft


def write(draft: int, by: Actor, old: str, new: str, *, file: str = CHART, seen: int | None = None):
    """Change one passage of a file as it stood at `seen`."""
    shown = drafts.draft(draft).revision if seen is None else seen
    text = drafts.text_at(draft, file, shown)
    assert text is not None and old in text
    changed = text.replace(old, new, 1)
    return services.write_draft(draft=draft, file=file, text=changed, seen=shown, by=by, at=AT)


def test_a_draft_keeps_only_what_differs_and_the_edition_in_force_stays(draft, finance, files) -> None:
    assert drafts.draft(draft).changed == ()
    assert drafts.digest(draft) == queries.latest().digest
    written = write(draft, finance, "看到实物", "亲眼看到实物")
    assert (written.revision, written.merged, written.problem) == (1, False, None)
    view = drafts.draft(draft)
    assert (view.changed, view.base, view.reason) == ((CHART,), 1, "物价涨了")
    assert "亲眼看到实物" in drafts.files(draft)[CHART]
    assert queries.latest().files == files
    assert [one.text for one in drafts.changes(draft)] == [
        "“审批付款·证明人签字”的纪律由“证明人要看到实物，经手人不能给自己证明”"
        "改为“证明人要亲眼看到实物，经手人不能给自己证明”"
    ]


def test_writing_the_old_words_back_takes_the_file_out_of_the_draft(draft, finance) -> None:
    write(draft, finance, "看到实物", "亲眼看到实物")
    write(draft, finance, "亲眼看到实物", "看到实物")
    assert drafts.draft(draft).changed == ()


def test_a_draft_is_no_act(draft, finance) -> None:
    before = journal.head().seq
    write(draft, finance, "看到实物", "亲眼看到实物")
    services.discard_draft(draft=draft, by=finance, at=AT)
    assert journal.head().seq == before


def test_two_officers_write_different_files(draft, finance, farming) -> None:
    write(draft, finance, "看到实物", "亲眼看到实物", seen=0)
    written = write(draft, farming, "村级资金审批", "村级用款审批", file=POWER, seen=0)
    assert not written.merged
    assert drafts.draft(draft).changed == (POWER, CHART)


def test_two_officers_write_different_steps_of_one_chart(draft, finance, farming) -> None:
    write(draft, finance, "看到实物", "亲眼看到实物", seen=0)
    written = write(draft, farming, "title: 民主理财审核", "title: 逐笔审核", seen=0)
    assert written.merged
    both = drafts.files(draft)[CHART]
    assert "亲眼看到实物" in both and "title: 逐笔审核" in both
    assert drafts.aside(draft) == ()


def test_the_same_passage_twice_is_refused_and_both_texts_are_kept(draft, finance, farming) -> None:
    write(draft, finance, "看到实物", "亲眼看到实物", seen=0)
    with pytest.raises(Refused, match=r"财政甲刚刚也改了 .*nodes.witness.discipline") as caught:
        write(draft, farming, "看到实物", "当场看到实物", seen=0)
    assert "没有丢" in caught.value.remedy
    assert "亲眼看到实物" in drafts.files(draft)[CHART]
    [kept] = drafts.aside(draft)
    assert kept.author == farming.person and "当场看到实物" in (kept.text or "")
    assert drafts.draft(draft).revision == 1
    write(draft, farming, "亲眼看到实物", "当场亲眼看到实物")
    assert "当场亲眼看到实物" in drafts.files(draft)[CHART]


def test_unfinished_text_is_kept_and_its_fault_reported_by_file_and_line(draft, finance) -> None:
    written = write(draft, finance, "compiling_departments:", "compiling_departments: [", file=POWER)
    assert written.problem is not None and written.problem.file == POWER
    assert drafts.problem(draft).file == POWER
    unknown = write(draft, finance, "compiling_departments: [", "compiling_departments:", file=POWER)
    assert unknown.problem is None
    wrong = write(draft, finance, "office: district_finance", "office: nobody", file=POWER)
    assert "没有“nobody”" in wrong.problem.reason and wrong.problem.line > 1


def test_a_file_may_be_added_and_taken_out(draft, finance) -> None:
    new = "procedures/extra.yaml"
    services.write_draft(draft=draft, file=new, text="procedure: extra\n", seen=0, by=finance, at=AT)
    assert new in drafts.files(draft)
    services.write_draft(draft=draft, file=new, text=None, seen=1, by=finance, at=AT)
    assert new not in drafts.files(draft) and drafts.draft(draft).changed == ()
    for file in ("../x.yaml", "powers/a/b.yaml", "x.py", "Powers/x.yaml"):
        with pytest.raises(Refused, match="不是区县数据里的文件名"):
            services.write_draft(draft=draft, file=file, text="", seen=2, by=finance, at=AT)
    with pytest.raises(Refused, match="不能去掉"):
        services.write_draft(draft=draft, file="laws.yaml", text=None, seen=2, by=finance, at=AT)


def test_a_name_is_used_once_until_its_draft_is_closed(draft, finance) -> None:
    with pytest.raises(Refused, match="已经有一份草案叫"):
        services.begin_draft(name="提高直接采购上限 ", reason="", by=finance, at=AT)
    services.discard_draft(draft=draft, by=finance, at=AT)
    assert services.begin_draft(name="提高直接采购上限", reason="", by=finance, at=AT).draft != draft
    with pytest.raises(Refused, match="已经作废"):
        services.write_draft(draft=draft, file=CHART, text="", seen=0, by=finance, at=AT)
    assert [one.name for one in drafts.open_drafts()] == ["提高直接采购上限"]
    with pytest.raises(Refused, match="名称要有"):
        services.begin_draft(name=" ", reason="", by=finance, at=AT)
    with pytest.raises(Refused, match="没有这份草案"):
        drafts.draft(9999)


def test_only_those_who_compile_the_list_may_draft(draft, finance) -> None:
    villager = officer("村民丙", "village_committee_director")
    with pytest.raises(Refused, match="清单由制定单位起草") as caught:
        services.begin_draft(name="别的", reason="", by=villager, at=AT)
    assert organisations.office_title("district_finance") in caught.value.remedy
    with pytest.raises(Refused, match="清单由制定单位起草"):
        write(draft, villager, "看到实物", "不看实物")


def confirm_another(files: dict[str, str], old: str, new: str, file: str = CHART) -> None:
    """Meanwhile another edition is confirmed."""
    text = files[file].replace(old, new, 1)
    assert text != files[file]
    services.confirm_edition(
        files={**files, file: text}, since=date(2026, 10, 1), by_person="", office="", at=AT
    )


def test_a_draft_is_carried_over_to_an_edition_confirmed_meanwhile(draft, finance, files) -> None:
    write(draft, finance, "看到实物", "亲眼看到实物")
    with pytest.raises(Refused, match="已经建立在最新一版上"):
        services.update_base(draft=draft, by=finance, at=AT)
    confirm_another(files, "title: 民主理财审核", "title: 逐笔审核")
    assert services.update_base(draft=draft, by=finance, at=AT).base == 2
    text = drafts.files(draft)[CHART]
    assert "亲眼看到实物" in text and "title: 逐笔审核" in text
    assert len(drafts.changes(draft)) == 1


def test_a_page_older_than_the_new_ground_is_refused_and_kept(draft, finance, farming, files) -> None:
    shown = drafts.text_at(draft, POWER)
    confirm_another(files, "title: 民主理财审核", "title: 逐笔审核")
    services.update_base(draft=draft, by=finance, at=AT)
    with pytest.raises(Refused):
        services.write_draft(draft=draft, file=POWER, text=shown + "# 注\n", seen=0, by=farming, at=AT)
    assert len(drafts.aside(draft)) == 1


def test_what_both_changed_is_not_carried_over(draft, finance, files) -> None:
    write(draft, finance, "看到实物", "亲眼看到实物")
    confirm_another(files, "看到实物", "当场看到实物")
    with pytest.raises(Refused, match="草案“提高直接采购上限”和新的一版都改了"):
        services.update_base(draft=draft, by=finance, at=AT)
    assert drafts.draft(draft).base == 1


def test_the_reason_and_the_authority_stay_with_the_edition(finance, files) -> None:
    basis = Citation("policy-huaishang", "第三部分(四)")
    changed = {**files, CHART: files[CHART].replace("看到实物", "亲眼看到实物", 1)}
    services.confirm_edition(
        files=changed, since=date(2026, 10, 1), by_person=finance.person, office="district_government",
        at=AT, reason="物价涨了", citation=basis,
    )  # fmt: skip
    why = queries.reason(2)
    assert (why.reason, why.citation, why.emergency) == ("物价涨了", basis, False)
    assert [one.kind for one in queries.changes(queries.edition(2))] == ["changed"]
    assert queries.changes(queries.edition(1)) == ()
    assert [one.number for one in queries.editions()] == [2, 1]


def confirm(files: dict[str, str], word: str, since: date, **more: object):
    text = files[CHART].replace("看到实物", word, 1)
    return services.confirm_edition(
        files={**files, CHART: text}, since=since, by_person="", office="district_government", at=AT, **more
    )  # type: ignore[arg-type]


def test_versions_do_not_overlap_and_do_not_reach_back(finance, files) -> None:
    confirm(files, "一", date(2026, 10, 1))
    with pytest.raises(Refused, match="同一天不能有两版"):
        confirm(files, "二", date(2026, 10, 1))
    with pytest.raises(Refused, match="不能更早"):
        confirm(files, "二", date(2026, 9, 15))


def test_a_new_version_cannot_begin_in_the_past(finance, files) -> None:
    late = AT + timedelta(days=60)
    with pytest.raises(Refused, match="不能从已经过去的2026-10-15起生效"):
        services.confirm_edition(
            files={**files, CHART: files[CHART] + "# 注\n"}, since=date(2026, 10, 15), by_person="",
            office="", at=late,
        )  # fmt: skip


def test_an_emergency_edition_waits_for_ratification(finance, files) -> None:
    with pytest.raises(Refused, match="要写明为什么等不及"):
        confirm(files, "一", date(2026, 9, 2), emergency=True)
    confirm(files, "一", date(2026, 9, 2), emergency=True, reason="汛期接收捐赠物资")
    why = queries.reason(2)
    assert why.emergency and why.ratify_by == date(2026, 10, 20)
    assert not why.unratified(date(2026, 10, 20)) and why.unratified(date(2026, 10, 21))
    assert [one.number for one in queries.to_ratify()] == [2]
    with pytest.raises(Refused, match="不是紧急增加的"):
        services.ratify_edition(number=1, ratified_on=date(2026, 9, 20), by_person="", office="", at=AT)
    done = services.ratify_edition(number=2, ratified_on=date(2026, 9, 20), by_person="", office="", at=AT)
    assert done.late_days == 0
    assert queries.to_ratify() == () and queries.reason(2).ratified_on == date(2026, 9, 20)
    with pytest.raises(Refused, match="已经补办过"):
        services.ratify_edition(number=2, ratified_on=date(2026, 9, 21), by_person="", office="", at=AT)
    assert journal.entries_of("district:340311")[-1].act == "edition.ratified"


def test_an_edition_does_not_run_ahead_of_the_law_it_follows(finance, files) -> None:
    noted = "    confidence: verified\n    amendments:\n      - {since: 2027-01-01, authority: 决定}\n  - id: vcol-2018\n"
    laws = files["laws.yaml"].replace("    confidence: verified\n  - id: vcol-2018\n", noted, 1)
    assert laws != files["laws.yaml"]
    with pytest.raises(Refused, match="不能早在2026-12-31就生效"):
        services.confirm_edition(
            files={**files, "laws.yaml": laws}, since=date(2026, 12, 31), by_person="", office="", at=AT
        )
    services.confirm_edition(
        files={**files, "laws.yaml": laws}, since=date(2027, 1, 1), by_person="", office="", at=AT
    )
    assert queries.latest().number == 2
