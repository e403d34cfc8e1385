"""The linter finds by itself what does not agree: in the notice as it was issued, and in every way of spoiling a list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.rules import Catalogue, read_folder
from mingbai.catalogue.rules.annexes import Annexes
from mingbai.catalogue.rules.duties import DutiesFile
from mingbai.catalogue.rules.linter import KINDS, ChartSide, Finding, lint
from mingbai.catalogue.rules.linter.matching import link
from mingbai.catalogue.rules.linter.words import Wording, quoted
from mingbai.catalogue.rules.powers import Power
from mingbai.config.cli import main
from mingbai.kernel import BadFile, validate
from mingbai.procedures.rules.sides import chart_sides
from mingbai.procedures.rules.text import charts_in, read_chart

pytestmark = pytest.mark.once
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
FILES = dict(read_district(DISTRICT))
HOUSE, PLAN = "20-rural-house-renovation", "18-family-planning-reward"
POWER, CHART = f"powers/{HOUSE}.yaml", f"procedures/{HOUSE[3:]}.yaml"

# Which item of annex 2 each row of annex 1 became, as the facts say: read by people, not by the linter.
BECAME = {
    "1-1": [1], "2-1": [5], "2-2": [5], "3-1": [6], "3-2": [7], "4-1": [3], "4-2": [2], "4-3": [2], "4-4": [4],
    "5-1": [9, 12], "5-2": [11], "5-3": [14], "5-4": [10], "5-5": [16], "5-6": [15], "5-7": [17], "5-8": [13],
    "5-9": [18, 19], "6-1": [],
}  # fmt: skip
NOTICE = {
    "title/annexes", "size/annexes", "numbering/annexes",
    "category_order/村级招投标管理事项-“三资”管理事项", "category_order/村级财务管理事项-“三资”管理事项",
    "category_split/救助救济事项",
    "no_compiler/8", "no_compiler/20", "no_item/6-1",
    "split/5-1", "split/5-9", "merge/2", "merge/5",
    "scope/3-1-6", "scope/4-1-3", "scope/4-4-4", "scope/5-8-13",
    "renamed/1-1-1", "renamed/5-2-11", "renamed/5-3-14", "renamed/5-4-10", "renamed/5-5-16", "renamed/5-7-17",
    "obsolete/9-五保", "obsolete/6-1-计划生育办证",
    "two_compilers/1-1", "two_compilers/3-1", "compiler_unknown/3-2",
}  # fmt: skip
OF_THE_NOTICE = {one.split("/")[0] for one in NOTICE}


BASE = read_folder(FILES)
CHARTS = charts_in(FILES)
ALL_SIDES = chart_sides(CHARTS)


def by_id(found: Iterable[Finding]) -> dict[str, Finding]:
    found = tuple(found)
    assert len({one.id for one in found}) == len(found)
    return {one.id: one for one in found}


def with_file(name: str, text: str) -> tuple[Catalogue, tuple[ChartSide, ...]]:
    """The district with one file read anew: a power, a chart, the annexes or the duty table."""
    if name.startswith("powers/"):
        new = validate(Power, text, name)
        return replace(BASE, powers=tuple(new if one.id == new.id else one for one in BASE.powers)), ALL_SIDES
    if name.startswith("procedures/"):
        chart = read_chart(text, name)
        return BASE, chart_sides({**CHARTS, chart.procedure: chart})
    if name == "annexes.yaml":
        return replace(BASE, annexes=validate(Annexes, text, name)), ALL_SIDES
    return replace(BASE, duties=validate(DutiesFile, text, name)), ALL_SIDES


@pytest.fixture(scope="module")
def plain() -> dict[str, Finding]:
    return by_id(lint(BASE, ALL_SIDES))


@pytest.fixture(scope="module")
def annexes() -> Annexes:
    return validate(Annexes, FILES["annexes.yaml"], "annexes.yaml")


def test_rows_and_items_are_matched_by_their_words_alone(annexes):
    links = link(annexes)
    assert {row.id: [item.number for item in links.items_of(row)] for row in links.rows} == BECAME


def test_the_notice_as_issued_shows_every_mismatch_and_no_other(plain):
    assert {id for id, one in plain.items() if one.kind in OF_THE_NOTICE} == NOTICE


SAID = {
    "no_compiler/8": ("附件1没有", "第8项“发展党员”，附件1没有对应的行，没有制定单位。", "区委组织部"),
    "no_compiler/20": ("附件1没有", "第20项“农村危房改造申报”", "区住房和城乡建设局"),
    "no_item/6-1": ("附件1第6-1行 计划生育办证", "附件2没有对应的项", "区卫健委"),
    "split/5-9": ("附件1第5-9行", "在附件2拆成第18、19项", "区卫健委"),
    "merge/2": ("附件1第4-2行", "附件1第4-2、4-3行，在附件2合成第2项", "区农业农村水利局"),
    "scope/5-8-13": ("附件1第5-8行 城乡医疗救助", "附件2只管“非‘一站式’”", "区医保局"),
    "obsolete/9-五保": ("附件1第5-1行", "还写“五保”，现行法叫“特困人员”", "区民政局"),
    "numbering/annexes": ("附件1 每类从1重新编号", "附件2从头到尾连续编号", "区委办公室、区政府办公室"),
    "category_split/救助救济事项": ("附件1 五、救助救济事项", "在附件2拆成8类", "区委办公室、区政府办公室"),
}


@pytest.mark.parametrize("id", SAID)
def test_a_finding_names_both_sides_and_who_decides_what(plain, id):
    one = plain[id]
    here, sentence, who = SAID[id]
    assert here in one.here and sentence in one.sentence and one.who == who and one.decide and one.there
    assert one.basis is not None and one.title == KINDS[one.kind]


def test_an_old_name_rests_on_the_law_that_says_the_new_one(plain):
    assert plain["obsolete/9-五保"].basis.law == "social-assistance-law"
    assert plain["obsolete/6-1-计划生育办证"].basis.law == "population"


def test_every_finding_is_one_chinese_sentence(plain):
    for one in plain.values():
        assert one.sentence.endswith("。") and one.sentence.count("。") == 1, one.sentence
        assert not any(name in one.sentence for name in ("None", "param.", "_")), one.sentence


def changed(name: str, *changes: tuple[str, str]) -> tuple[Catalogue, tuple[ChartSide, ...]]:
    return with_file(name, spoiled(name, *changes))


def spoiled(name: str, *changes: tuple[str, str]) -> str:
    text = FILES[name]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


REPAIRED = {
    "no_item/6-1": (("name: 计划生育办证", "name: 发展党员"),),
    "no_compiler/8": (("name: 计划生育办证", "name: 发展党员"),),
    "title/annexes": (("title: 淮上区村级", "title: 淮上区基层"),),
    "renamed/5-4-10": (("残疾人补贴申请办理", "残疾人补贴申办"),),
    "two_compilers/3-1": (("[区财政局, 区农业农村水利局]", "[区财政局]"),),
    "compiler_unknown/3-2": (("[镇、街道]", "[区财政局]"),),
    "obsolete/9-五保": (("name: 五保供养申报审批", "name: 特困人员供养申报审批"),),
    "scope/5-8-13": (("城乡医疗救助（非“一站式”）", "城乡医疗救助"),),
    "split/5-9": (("计划生育优惠政策资金兑现", "计划生育特别扶助"), ("name: 农村计划生育家庭奖励扶助", "name: 村容整治")),
}  # fmt: skip


@pytest.mark.parametrize("id", REPAIRED)
def test_what_the_departments_repair_is_found_no_more(plain, id):
    assert id in plain
    assert id not in by_id(lint(*changed("annexes.yaml", *REPAIRED[id])))


def test_annexes_that_agree_in_form_are_not_blamed():
    text = """
notice: policy-huaishang
annex1: {title: 某区“小微权力”分工表, categories: [{name: 一、甲类, rows: [{number: 1, name: 办理甲事, departments: [区财政局]}]}]}
annex2: {title: 某区“小微权力”清单, categories: [{name: 一、甲类, items: [{number: 1, name: 办理甲事}]}]}
"""
    annexes = validate(Annexes, text, "annexes.yaml")
    found = by_id(lint(replace(BASE, annexes=annexes, powers=(), duties=None), ()))
    assert list(found) == ["list_differs/1"]


DUTY = "  - power: rural-house-renovation\n"
DAMAGE: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "list_differs/18": (f"powers/{PLAN}.yaml", (("name: 农村计划生育家庭奖励扶助", "name: 计生奖励扶助"),)),
    "list_differs/20": ("annexes.yaml", (("      items: [{number: 20, name: 农村危房改造申报}]", "      items: [{number: 21, name: 农村危房改造申报}]"),)),
    "compiler_differs/18": (f"powers/{PLAN}.yaml", (("office: district_health", "office: district_civil_affairs"),)),
    "compiler_without_duty/18-district_civil_affairs": (f"powers/{PLAN}.yaml", (("office: district_health", "office: district_civil_affairs"),)),
    "duty_without_list/18-district_health": (f"powers/{PLAN}.yaml", (("office: district_health", "office: district_civil_affairs"),)),
    "no_duties/20": ("duties.yaml", ((FILES["duties.yaml"][FILES["duties.yaml"].index(DUTY):], ""),)),
    "duty_not_in_chart/20-district_housing": (CHART, (("[district_housing]", "[district_health]"), ("[district_housing,", "[district_health,"), ("[district_housing,", "[district_health,"))),
    "office_without_duty/20-district_health": (CHART, (("[district_housing]", "[district_health]"),)),
    "no_chart/20": (POWER, (("procedure: rural-house-renovation\n", ""),)),
    "no_power/rural-house-renovation": (POWER, (("procedure: rural-house-renovation\n", ""),)),
    "nature/20": (POWER, (("nature: assists_government_with_village_appraisal", "nature: village_self_governance"),)),
    "no_disclosure/20-process": (CHART, (("  process: 办到哪一步；村、镇两级公示\n", ""),)),
    "disclosure_differs/20-result": (CHART, (("result: 户名、危房等级、补助额、验收结果", "result: 办完了"),)),
    "threshold_unused/5-procurement_direct_max": ("procedures/small-works.yaml", (("param.procurement_direct_max", "500000"),)),
    "threshold_unlisted/5-procurement_direct_max": ("powers/05-procurement-small-works.yaml", (("    parameter: procurement_direct_max\n", ""),)),
    "threshold_by_hand/20-2": (POWER, (("建房面积上限由当地定", "建房面积不超过120平方米"),)),
    "shorter/20-notice-1": (CHART, (("value: 7", "value: 5"),)),
    "longer/20-notice-3": (CHART, (("value: 15, unit: calendar_day, law: vcol", "value: 20, unit: calendar_day, law: vcol"),)),
    "not_in_chart/20-limit-1": (
        POWER,
        (("text: 年度申报和竣工时限由当地计划定\n", "text: 报批\n    bound: max\n    value: 77\n    unit: calendar_day\n"),),
    ),
    "not_in_chart/20-limit-1-archived": (
        POWER,
        (("text: 年度申报和竣工时限由当地计划定\n", "text: 申请到归档\n    bound: max\n    value: 77\n    unit: calendar_day\n"
          "    from_step: apply\n    to_step: archived\n"),),
    ),
    "notice_forbidden/20-1": (POWER, (("kind: 公示\n", "kind: 禁止公示\n"),)),
    "shown_forbidden/20-农户自愿申请-户主银行账号": (CHART, (("kind: bank_account", "kind: text"),)),
}  # fmt: skip


@pytest.mark.parametrize("id", DAMAGE)
def test_every_way_of_disagreeing_is_found(plain, id):
    name, changes = DAMAGE[id]
    found = by_id(lint(*changed(name, *changes)))
    assert id not in plain and id in found
    assert found[id].sentence and found[id].here and found[id].there


def test_the_page_that_still_shows_the_old_list_is_found(plain):
    newer, _ = changed(POWER, ("建房面积上限由当地定", "建房面积上限由区里定"))
    found = by_id(lint(newer, ALL_SIDES, BASE.powers))
    assert [id for id, one in found.items() if one.kind == "page_behind"] == ["page_behind/20"]
    assert by_id(lint(BASE, ALL_SIDES, BASE.powers)).keys() == plain.keys()
    fewer = BASE.powers[:-1]
    assert "网页上没有" in by_id(lint(BASE, ALL_SIDES, fewer))["page_behind/20"].sentence
    gone = lint(replace(BASE, powers=fewer), ALL_SIDES, BASE.powers)
    assert any("已经不在清单里，网页上还有" in one.sentence for one in gone)


def test_every_kind_has_been_seen(plain):
    seen = {one.kind for one in plain.values()} | {id.split("/")[0] for id in DAMAGE} | {"page_behind"}
    assert seen == set(KINDS)


def test_a_district_without_annexes_or_duty_table_is_compared_without_them():
    bare = replace(BASE, annexes=None, duties=None, negative=None)
    kinds = {one.kind for one in lint(bare, ALL_SIDES)}
    assert "threshold_unused" in kinds and not kinds & (OF_THE_NOTICE | {"no_duties", "list_differs"})


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("annexes.yaml", "notice: policy-huaishang", "notice: nothing", "没有“nothing”"),
        ("annexes.yaml", "law: social-assistance-law", "law: nothing", "没有“nothing”这部法律"),
        ("annexes.yaml", "citation: {law: social-assistance-law, article: 第15条、第16条}, ", "", "要写明依据哪条法律"),
        ("annexes.yaml", "say: 低保, means: 最低生活保障", "say: 低保, means: ''", "要写明是什么意思"),
        ("annexes.yaml", "annex2:", "annex3:", "annex"),
        ("duties.yaml", "office: village_committee\n", "office: nobody\n", "没有“nobody”"),
        ("duties.yaml", "- power: rural-house-renovation", "- power: nothing", "没有“nothing”这项权力"),
        ("duties.yaml", "- power: rural-house-renovation", "- power: orphan-support", "写了两遍"),
        ("negative.yaml", "id: no-forged-meeting", "id: no-unlawful-decision", "写了两遍"),
        ("negative.yaml", "powers: [land-transfer]", "powers: [nothing]", "没有“nothing”这项权力"),
        ("negative.yaml", "law: vcol,", "law: nothing,", "没有“nothing”这部法律"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_name(name, old, new, reason):
    with pytest.raises(BadFile, match=reason) as caught:
        read_folder({**FILES, name: spoiled(name, (old, new))})
    assert caught.value.file == name and caught.value.line >= 1


def test_likeness_of_names():
    wording = Wording()
    assert wording.alike("发展党员", "发展党员") == pytest.approx(1.0)
    assert wording.alike("发展党员", "救灾款物") == 0.0
    assert 0 < wording.alike("农村土地流转", "土地流转登记") < 1
    assert wording.alike("", "发展党员") == 0.0
    assert quoted("重大事务“四议两公开”") == "“重大事务‘四议两公开’”"


def test_the_command_says_it_in_words_and_for_programs(plain, capsys):
    assert main(["lint", "--district", str(DISTRICT)]) == 0
    out = capsys.readouterr().out
    assert (
        "附件2第8项“发展党员”，附件1没有对应的行，没有制定单位。" in out
        and f"有 {len(plain)} 处对不上" in out
    )
    assert main(["lint", "--district", str(DISTRICT), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in report["findings"]] == list(plain)
    assert report["count"] == sum(report["kinds"].values()) == len(plain) and report["agrees"] is False
    assert main(["lint", "--district", "/nowhere/at/all"]) == 1
    assert "没有这个区县数据目录" in capsys.readouterr().err
