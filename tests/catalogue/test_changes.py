"""What changed between two editions, in sentences: powers, figures, laws, charts step by step, and other files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mingbai.catalogue.queries import catalogue_of, read_district
from mingbai.catalogue.rules.change_record import change_record
from mingbai.catalogue.rules.changes import changed_entries, changes_between
from mingbai.catalogue.rules.chart_changes import chart_changes
from mingbai.kernel import canonical_bytes, sha256_hex

pytestmark = pytest.mark.once
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
OFFICES = {"village_committee": "村民委员会", "bookkeeper": "报账员(出纳)", "town_government": "镇人民政府"}
CHART = """procedure: pay
version: 1
power: village-fund-approval
nature: self_government
title: 村级资金审批
start: ask
lanes: [{id: village, title: 村里}, {id: town, title: 镇里}]
disclosures: {list: 哪些钱要批}
nodes:
  - id: ask
    kind: task
    title: 申请用款
    lane: village
    offices: [village_committee]
    papers: [{id: form, label: 申请单}]
    fields: [{id: amount, label: 金额, kind: money}]
    limit: {bound: max, value: 5, unit: working_day, law: vcol, article: 第30条, confidence: assumed}
    discipline: 先申请后用钱
    source: {law: vcol, article: 第30条, confidence: verified}
    next: route
  - id: route
    kind: choice
    title: 看金额
    branches:
      - {to: pay, label: 小额, when: "ask.amount <= param.small"}
      - {to: end, label: 大额, otherwise: true}
  - {id: pay, kind: payment, title: 付款, lane: village, offices: [bookkeeper], next: end}
  - {id: end, kind: end, title: 办结, lane: village}
"""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return dict(read_district(DISTRICT))


@pytest.fixture(scope="module")
def said(files):
    return catalogue_of(files, sha256_hex(canonical_bytes(files)))


def sentences(before: str | None, after: str | None) -> list[str]:
    return [one.text for one in chart_changes("procedures/pay.yaml", before, after, OFFICES)]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("offices: [village_committee]", "offices: [village_committee, bookkeeper]",
         "“村级资金审批·申请用款”的办理单位由“村民委员会”改为“村民委员会、报账员(出纳)”"),
        ("value: 5,", "value: 3,",
         "“村级资金审批·申请用款”的时限由“最多5个工作日（待确认）”改为“最多3个工作日（待确认）”"),
        ("papers: [{id: form, label: 申请单}]",
         "papers: [{id: form, label: 申请单}, {id: bill, label: 发票}]",
         "“村级资金审批·申请用款”增加单据“发票”"),
        ("papers: [{id: form, label: 申请单}]", "papers: [{id: bill, label: 发票, optional: true}]",
         "“村级资金审批·申请用款”不再要单据“申请单”"),
        ("fields: [{id: amount, label: 金额, kind: money}]",
         "fields: [{id: amount, label: 金额, kind: money}, {id: why, label: 用途, kind: text}]",
         "“村级资金审批·申请用款”增加栏目“用途”"),
        ("discipline: 先申请后用钱", "discipline: 先批准后用钱",
         "“村级资金审批·申请用款”的纪律由“先申请后用钱”改为“先批准后用钱”"),
        ("title: 付款", "title: 转账付款", "“村级资金审批·转账付款”的名称由“付款”改为“转账付款”"),
        ("<= param.small", "< param.small",
         "“村级资金审批·看金额”增加分支：小额（ask.amount < param.small）去“付款”"),
        ("next: end}", "next: ask}", "“村级资金审批·付款”办完以后由去“办结”改为去“申请用款”"),
        ("title: 村级资金审批", "title: 村级用款审批", "“村级用款审批”的名称由“村级资金审批”改为“村级用款审批”"),
        ("list: 哪些钱要批", "list: 谁来批", "“村级资金审批”的五公开 list 由“哪些钱要批”改为“谁来批”"),
        ("lane: village\n    offices", "lane: town\n    offices",
         "“村级资金审批·申请用款”的所在的列由“村里”改为“镇里”"),
    ],
)  # fmt: skip
def test_each_change_of_a_chart_is_one_sentence(old: str, new: str, sentence: str) -> None:
    changed = CHART.replace(old, new, 1)
    assert changed != CHART
    assert sentence in sentences(CHART, changed)


def test_a_step_put_in_and_taken_out_is_named_with_who_does_it() -> None:
    step = "  - {id: check, kind: task, title: 核对票据, lane: village, offices: [bookkeeper], next: pay}\n"
    more = CHART.replace("  - {id: pay,", step + "  - {id: pay,").replace("to: pay", "to: check")
    assert sentences(CHART, more) == [
        "“村级资金审批·看金额”去掉分支：小额（ask.amount <= param.small）去“付款”",
        "“村级资金审批·看金额”增加分支：小额（ask.amount <= param.small）去“核对票据”",
        "“村级资金审批”增加环节“核对票据”，由报账员(出纳)办",
    ]
    assert "“村级资金审批”去掉环节“核对票据”" in sentences(more, CHART)


def test_a_new_citation_alone_is_told_apart_from_a_change_of_matter() -> None:
    renumbered = CHART.replace("第30条", "第35条")
    found = chart_changes("procedures/pay.yaml", CHART, renumbered, OFFICES)
    assert [one.kind for one in found] == ["citation", "citation"]
    assert found[1].before == "vcol 第30条" and found[1].after == "vcol 第35条"


def test_a_whole_chart_that_comes_or_goes() -> None:
    assert sentences(None, CHART) == ["增加流程图“村级资金审批”"]
    assert sentences(CHART, None) == ["取消流程图“村级资金审批”"]
    assert sentences(CHART, CHART + "# 只多了一行注释\n") == []


def test_powers_that_come_go_and_are_renamed(said) -> None:
    first, second, *rest = said.powers
    assert changes_between(said, said) == ()
    gone = changes_between(said, replace(said, powers=(first, *rest)))
    assert [one.text for one in gone] == ["取消第2项“农村集体资产管理”"]
    come = changes_between(replace(said, powers=(first, *rest)), said)
    assert come[0].kind == "added" and "增加第2项“农村集体资产管理”" in come[0].text
    renamed = second.model_copy(update={"name": "农村集体资产资源管理"})
    [change] = changes_between(said, replace(said, powers=(first, renamed, *rest)))
    assert change.text == "“农村集体资产资源管理”的名称由“农村集体资产管理”改为“农村集体资产资源管理”"


def test_a_sentence_said_otherwise_is_one_change_and_not_two(said) -> None:
    first, *rest = said.powers
    fact = first.discipline[0]
    near = fact.model_copy(update={"text": fact.text + "，违者追责"})
    other = first.model_copy(update={"discipline": (near, *first.discipline[1:])})
    [change] = changes_between(said, replace(said, powers=(other, *rest)))
    assert (change.kind, change.before, change.after) == ("changed", fact.text, near.text)
    new = fact.model_copy(update={"text": "公章由专人保管"})
    [added] = changes_between(
        said, replace(said, powers=(first.model_copy(update={"discipline": (*first.discipline, new)}), *rest))
    )
    assert added.text == f"“{first.name}”的纪律增加“公章由专人保管”"
    elsewhere = fact.model_copy(update={"source": "另一份文件 第1条"})
    moved = first.model_copy(update={"discipline": (elsewhere, *first.discipline[1:])})
    [citation] = changes_between(said, replace(said, powers=(moved, *rest)))
    assert citation.kind == "citation"


def test_a_figure_changes_with_its_day(said) -> None:
    old = said.parameters["procurement_direct_max"]
    raised = old.values[0].model_copy(update={"since": old.values[0].since.replace(year=2027), "value": 8000})
    new = old.model_copy(update={"values": (*old.values, raised)})
    after = replace(said, parameters={**said.parameters, old.id: new})
    text = next(one.text for one in changes_between(said, after) if one.kind == "changed")
    assert text == (
        "“直接采购上限”的数值由“5,000元（2020-01-01起）”改为“5,000元（2020-01-01起），8,000元（2027-01-01起）”"
    )
    without = {id: one for id, one in said.parameters.items() if id != old.id}
    [gone] = changes_between(said, replace(said, parameters=without))
    assert gone.text == "取消限额标准“直接采购上限”"


def test_a_law_that_is_amended(said) -> None:
    law = said.laws["vcol"].model_copy(update={"in_force_since": "2027-01-01", "status": "amended"})
    found = changes_between(said, replace(said, laws={**said.laws, "vcol": law}))
    assert [one.text for one in found] == [
        "“村民委员会组织法(2025修正)”的施行日期由“2026-01-01”改为“2027-01-01”",
        "“村民委员会组织法(2025修正)”的效力由“有效”改为“已修改”",
    ]


def test_other_files_are_compared_by_entry() -> None:
    before = "bodies:\n  - {id: liangwei, title: 两委, notice: {days: 3}}\n  - {id: all, title: 村民会议}\n"
    after = "bodies:\n  - {id: all, title: 村民会议}\n  - {id: liangwei, title: 两委, notice: {days: 5}}\n"
    assert [one.text for one in changed_entries("meetings.yaml", before, after)] == [
        "“meetings.yaml”的 bodies.liangwei.notice.days 由“3”改为“5”"
    ]


def test_the_whole_record_of_a_district(files, said) -> None:
    text = files["risk_rules.yaml"].replace("severity: medium", "severity: high", 1)
    after = {
        **files,
        "risk_rules.yaml": text,
        "procedures/pay.yaml": CHART,
        "divisions.csv": files["divisions.csv"]
        + "340311104999,新村村民委员会,新村,village,340311104,villagers,,\n",
    }
    found = change_record(files, said, after, said)
    assert [one.area for one in found] == ["chart", "file", "file"]
    assert found[0].text == "增加流程图“村级资金审批”"
    assert "新村村民委员会" in found[1].text and "severity 由“medium”改为“high”" in found[2].text
    assert change_record(files, said, dict(files), said) == ()
