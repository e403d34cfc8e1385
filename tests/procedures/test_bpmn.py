"""Charts as BPMN 2.0 and back: nothing lost, nothing passed over in silence, nothing a stranger sends does harm."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest
import yaml
from lxml import etree
from mingbai_test_charts import DISTRICT, FILES, IDS, end, step, tiny
from mingbai_test_charts import charts as charts_of

from mingbai.kernel import BadFile
from mingbai.procedures.rules.bpmn import Titles, from_bpmn, to_bpmn
from mingbai.procedures.rules.bpmn.guards import guarded, unguarded
from mingbai.procedures.rules.bpmn.spaces import BPMN, BPMNDI, tag
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.drawing import Figure
from mingbai.procedures.rules.expressions import holds
from mingbai.procedures.rules.graph import WAITING

pytestmark = pytest.mark.once
CHARTS = charts_of(FILES)
FIGURES = {"approve_dual_max": Figure("5,000元", True), "approve_committee_max": Figure("20,000元", False)}


def titles(name: str, key: str) -> dict[str, str]:
    return {one["id"]: one["title"] for one in yaml.safe_load((DISTRICT / name).read_text())[key]}


TITLES = Titles(
    titles("offices.yaml", "offices"), titles("laws.yaml", "laws"), titles("meetings.yaml", "bodies")
)


@cache
def exported(id: str) -> str:
    return to_bpmn(CHARTS[id], CHARTS, TITLES, FIGURES).decode()


def read(text: str):
    return from_bpmn(text.encode(), "chart.bpmn")


def again(*nodes: str):
    """A small chart, written and read."""
    held = charts_of(tiny(*nodes))
    text = to_bpmn(held["tiny"], held, Titles({}, {}, {}), {}).decode()
    return held["tiny"], read(text)[0], text


# nothing is lost


@pytest.mark.parametrize("id", IDS)
def test_a_chart_comes_back_as_it_went_with_all_that_it_calls(id):
    found = read(exported(id))
    assert found[0].procedure == id
    for chart in found:
        assert chart.model_dump() == CHARTS[chart.procedure].model_dump()
    held = {chart.procedure: chart for chart in found}
    assert compile_chart(found[0], held).digest == compile_chart(CHARTS[id], CHARTS).digest


@pytest.mark.parametrize("id", IDS)
def test_every_step_is_one_user_task_in_its_lane_and_the_same_comes_out_twice(id):
    assert to_bpmn(CHARTS[id], CHARTS, TITLES, FIGURES).decode() == exported(id)
    process = etree.fromstring(exported(id).encode()).find(tag(BPMN, "process"))
    tasks = {one.get("id"): one for one in process.findall(tag(BPMN, "userTask"))}
    lanes = {ref.text: lane.get("name") for lane in process.iter(tag(BPMN, "lane")) for ref in lane}
    titles = {lane.id: lane.title for lane in CHARTS[id].lanes}
    steps = [node for node in CHARTS[id].nodes if node.kind in WAITING]
    assert len(tasks) == len(steps)
    for node in steps:
        task = tasks[f"{id}.{node.id}"]
        assert task.get("name") == node.title and lanes[task.get("id")] == titles[node.lane]
        assert task.findtext(tag(BPMN, "documentation"), "") == node.discipline


def test_side_by_side_goes_out_and_comes_back_as_parallel_gateways():
    both = "  - {id: both, kind: both, title: 分头办, next: [b, c]}\n"
    join = "  - {id: join, kind: join, next: end}\n"
    chart, found, text = again(step("a", "both"), both, step("b", "join"), step("c", "join"), join, end())
    assert found.model_dump() == chart.model_dump()
    assert text.count("<bpmn:parallelGateway") == 2


def test_a_loop_to_the_start_and_a_circle_through_a_choice_come_back():
    choice = "  - {id: if_more, kind: choice, branches: [{to: a, label: 多, when: a.n > 3}, {to: end, label: 少, otherwise: true}]}\n"
    chart, found, text = again(step("a", "if_more"), choice, end())
    assert found.model_dump() == chart.model_dump()
    assert 'name="数？"' in text, "an untitled choice asks what its conditions read"


def test_figures_are_shown_with_their_confidence_and_come_back_as_figures():
    text = exported("fund-approval")
    assert 'name="5,000元以下 （待确认）"' in text and 'name="20,000元以下"' in text
    labels = [way.label for way in read(text)[0].node("by_amount").branches]
    assert labels == ["{approve_dual_max}以下", "{approve_committee_max}以下", "超过{approve_committee_max}"]


def test_a_control_character_is_refused_with_its_chart():
    bad = tiny(step("a", "end").replace("label: 单据", 'label: "单\\u0001据"'), end())
    held = charts_of(bad)
    with pytest.raises(BadFile, match=r"procedures/tiny\.yaml:\d+: 有写不进 XML 的字符"):
        to_bpmn(held["tiny"], held, TITLES, {})


# conditions that exclude one another


def first_that_holds(conditions, facts) -> list[bool]:
    found = next((place for place, one in enumerate(conditions) if holds(one, facts)), None)
    return [place == found for place in range(len(conditions))]


@pytest.mark.parametrize(
    "conditions",
    [
        ("a.n <= 1", "a.n <= 5", "a.n <= 9"),
        ("a.v == 'x' && a.n > 3", "a.v == 'x'", "a.n > 3 || a.v == 'y'"),
        ("a.v == 'x' || a.n < 2", "!(a.v == 'x' || a.n < 2) && a.n < 7"),
        ("!(a.n < 3)", "a.v != 'x'"),
    ],
)
def test_of_guarded_conditions_only_the_one_holds_that_a_chart_takes(conditions):
    given = guarded(conditions)
    assert unguarded(given) == conditions
    for number in range(11):
        for word in "xyz":
            facts = {"a": {"n": number, "v": word}}
            assert [holds(one, facts) for one in given] == first_that_holds(conditions, facts)


def test_conditions_that_exclude_one_another_anyway_stay_as_they_are():
    plain = ("a.v == 'x'", "a.v == 'y' && b.n > 3", "a.v == 'z'")
    assert guarded(plain) == plain == unguarded(plain)


@pytest.mark.parametrize("id", IDS)
def test_guards_come_off_every_choice_of_the_district(id):
    for node in CHARTS[id].nodes:
        asked = [way.when for way in node.branches if way.when]
        assert unguarded(guarded(asked)) == tuple(asked)


def test_branches_too_long_to_exclude_one_another_are_refused_by_node():
    long = " || ".join(f"a.n == {10**12 + number}" for number in range(18))
    ways = f"{{to: end, label: 一, when: {long}}}, {{to: a, label: 二, when: {long} || a.n > 30}}, {{to: end, label: 三, otherwise: true}}"
    with pytest.raises(BadFile, match="环节 pick：几条分支的条件合起来太长"):
        again(step("a", "pick"), f"  - {{id: pick, kind: choice, branches: [{ways}]}}\n", end())


# what a person changes in a BPMN tool


def test_a_task_drawn_in_a_tool_becomes_a_step():
    text = exported("law-change")
    flow = re.search(
        r'<bpmn:sequenceFlow id="(law-change\.flow-\w+-1)" sourceRef="law-change\.(\w+)" targetRef="([^"]+)"/>',
        text,
    )
    new = (
        '<bpmn:userTask id="Activity_0xY9z" name="核一遍"><bpmn:documentation>看清楚</bpmn:documentation></bpmn:userTask>'
        f'<bpmn:sequenceFlow id="Flow_1" sourceRef="Activity_0xY9z" targetRef="{flow[3]}"/>'
    )
    text = text.replace(flow[0], flow[0].replace(flow[3], "Activity_0xY9z") + new)
    text = text.replace(
        "<bpmn:flowNodeRef>", "<bpmn:flowNodeRef>Activity_0xY9z</bpmn:flowNodeRef><bpmn:flowNodeRef>", 1
    )
    chart = read(text)[0]
    node = chart.node("activity_0xy9z")
    assert (node.kind, node.title, node.discipline) == ("task", "核一遍", "看清楚")
    assert node.lane == chart.lanes[0].id and node.following() != ()
    assert flow[2] == "the-start" or chart.node(flow[2]).following() == ("activity_0xy9z",)


def test_what_a_person_renames_is_the_new_name_also_where_a_figure_was_shown():
    text = exported("fund-approval").replace('name="5,000元以下 （待确认）"', 'name="五千以下"')
    text = text.replace('name="记账核对"', 'name="记账"').replace("有单据才记账；", "")
    chart = read(text)[0]
    assert chart.node("by_amount").branches[0].label == "五千以下"
    assert chart.node("book").title == "记账" and not chart.node("book").discipline.startswith("有单据")


# what is outside the profile


def spoil(old: str, new: str, id: str = "fund-approval") -> tuple[str, int]:
    """An exported chart with a change, and the line on which the change stands."""
    text = exported(id)
    assert old in text, old
    at = text.index(old)
    return text[:at] + new + text[at + len(old) :], text.count("\n", 0, at) + 1


TASK = '<bpmn:userTask id="fund-approval.request"'
FLOW = '<bpmn:sequenceFlow id="fund-approval.flow-request-1"'


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (TASK, '<bpmn:serviceTask id="x"/>' + TASK, "bpmn:serviceTask（x） 不在支持的范围里"),
        (TASK, '<bpmn:subProcess id="x"/>' + TASK, "bpmn:subProcess（x） 不在支持的范围里"),
        (TASK, '<bpmn:inclusiveGateway id="x"/>' + TASK, "bpmn:inclusiveGateway（x） 不在支持的范围里"),
        (TASK, '<bpmn:textAnnotation id="x"/>' + TASK, "bpmn:textAnnotation（x） 不在支持的范围里"),
        (TASK, TASK + ' isForCompensation="true"', "的属性 isForCompensation 不在支持的范围里"),
        (TASK, TASK + ' xmlns:c="urn:c" c:assignee="张三"', "的属性 assignee 不在支持的范围里"),
        (TASK, TASK.replace("request", "end"), "的 id 写了两遍"),
        (TASK, TASK.replace("request", "请求"), "的 sourceRef 指到了这个流程里没有的"),
        ('<bpmn:startEvent id="fund-approval.the-start"', '<bpmn:startEvent id="y"/><bpmn:startEvent id="fund-approval.the-start"', "只有一个 bpmn:startEvent"),
        ('<mingbai:step hand="propose">', '<mingbai:step hand="propose" secret="1">', "的属性 secret 不在支持的范围里"),
        ('<mingbai:step hand="propose">', '<mingbai:step hand="steal">', "hand：只能是规定的几个词之一"),
        ('<mingbai:step hand="propose">', '<mingbai:step kind="end">', "不能是 end"),
        ('<mingbai:office id="village_committee"', '<c:form xmlns:c="urn:c"/><mingbai:office id="village_committee"', "c:form 不在支持的范围里"),
        ('kind="money"', 'kind="gold"', "只能是规定的几个词之一"),
        ('bound="max" value="5"', 'bound="max" value="soon"', "要写成整数"),
        (' default="fund-approval.flow-by_amount-3"', "", "要有一条默认的出路"),
        (FLOW, FLOW.replace('flow-request-1"', 'flow-request-1" name="好"'), "不能有名称和条件"),
        (' targetRef="fund-approval.by_amount"', ' targetRef="fund-approval.nowhere"', "targetRef 指到了"),
        (' targetRef="fund-approval.by_amount"', ' targetRef="fund-approval.the-start"', "不能有进来的路"),
        ('<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">', '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">open(1) || ', "不许用的写法"),
        ('<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">', '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="javascript">', "的 language 只能是 urn:mingbai:cel:1"),
        ('<bpmn:escalationEventDefinition id="fund-approval.decide-end_not_adopted-escalation"', '<bpmn:timerEventDefinition id="t"/><bpmn:escalationEventDefinition id="fund-approval.decide-end_not_adopted-escalation"', "bpmn:timerEventDefinition（t） 不在支持的范围里"),
        ('attachedToRef="fund-approval.decide"', 'attachedToRef="fund-approval.request"', "只能挂在 bpmn:callActivity 上"),
        ('attachedToRef="fund-approval.decide"', 'attachedToRef="fund-approval.decide" cancelActivity="false"', "的 cancelActivity 只能是 true"),
        ('end="end_passed"', 'end="end_elsewhere"', "接不上 four-deliberations 的结束"),
        ('<bpmn:participant id="fund-approval.the-pool" name="村级资金审批"', '<bpmn:participant id="fund-approval.the-pool" name="别的"', "要同名"),
        ("<bpmn:collaboration", '<bpmn:message id="m"/><bpmn:collaboration', "bpmn:message（m） 不在支持的范围里"),
        ("<bpmn:collaboration", '<bpmn:import namespace="n" location="l" importType="t"/><bpmn:collaboration', "bpmn:import 不在支持的范围里"),
        ("<bpmn:collaboration", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.xml"/><bpmn:collaboration', "xi:include 不在支持的范围里"),
    ],
)  # fmt: skip
def test_what_is_outside_the_profile_is_refused_by_element_and_line(old, new, reason):
    text, line = spoil(old, new)
    with pytest.raises(BadFile) as refused:
        read(text)
    assert refused.value.file == "chart.bpmn" and reason in refused.value.reason, refused.value
    assert refused.value.line in lines_of(text, refused.value.reason, line), refused.value


def lines_of(text: str, reason: str, changed: int) -> list[int]:
    """Where the element stands that a refusal names by its id; where the change was made when it has none."""
    named = re.search(r"（([\w.-]+)）", reason)
    return [at for at, one in enumerate(text.splitlines(), 1) if named and f'id="{named[1]}"' in one] or [
        changed
    ]


def test_a_file_that_is_no_chart_of_ours_is_refused():
    bare = re.sub(r"<mingbai:chart.*?</mingbai:chart>", "", exported("law-change"), flags=re.DOTALL)
    with pytest.raises(BadFile, match=r"里没有 mingbai:chart"):
        read(bare)
    with pytest.raises(BadFile, match=r"chart\.bpmn:1: 最外面要是 bpmn:definitions，不是 svg"):
        read("<svg/>")


# what a stranger sends

LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>\n<d>&j;</d>"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (LAUGHS.encode(), "不许有 DTD 和实体"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE d SYSTEM "http://192.0.2.1/x.dtd"><d/>', "不许有 DTD 和实体"),
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "不许有 DTD 和实体"),
        (LAUGHS.encode("utf-16"), "不是 UTF-8 编码"),
        (b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE d+AD4-<d/>', "不是合格的 XML"),
        (b"<d>&unknown;</d>", "不是合格的 XML"),
        (b'<?xml-stylesheet href="http://192.0.2.1/x.xsl"?><d/>', "不许有处理指令"),
        (b"<d>" * 200_000, "套得太深"),
        (b"<d>" * 40 + b"</d>" * 40, "套得太深"),
        (b"<d>" + b"<e/>" * 60_000 + b"</d>", "元素太多"),
        (b"<d>" + b"x" * 6_000_000 + b"</d>", "文件太大"),
        (b"<d", "不是合格的 XML"),
        (b"", "不是合格的 XML"),
        (b"\x00\x01\x02", "不是合格的 XML"),
    ],
)  # fmt: skip
def test_hostile_xml_is_refused_and_nothing_of_it_is_followed(data, reason):
    with pytest.raises(BadFile) as refused:
        from_bpmn(data, "chart.bpmn")
    assert reason in refused.value.reason and "root:" not in str(refused.value)


def test_charts_that_call_one_another_without_end_are_refused_soon():
    """Five charts of ninety calls each would be six thousand million boxes."""
    calls = "".join(
        f"  - {{id: c{n}, kind: call, title: 调, lane: village, calls: CALLED, returns: {{end: {f'c{n + 1}' if n < 89 else 'end'}}}}}\n"
        for n in range(90)
    )
    files = {}
    for level in range(5):
        text = (
            tiny(calls, end(), start="c0")["procedures/tiny.yaml"]
            if level < 4
            else tiny(step("a", "end"), end())["procedures/tiny.yaml"]
        )
        files[f"procedures/t{level}.yaml"] = text.replace("procedure: tiny", f"procedure: t{level}").replace(
            "CALLED", f"t{level + 1}"
        )
    held = charts_of(files)
    with pytest.raises(BadFile, match="流程图太大"):
        compile_chart(held["t0"], held)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_changed_in_a_file_it_is_a_chart_or_refused(seed):
    """Attributes and elements dropped, exchanged, put twice: never anything but charts or a refusal with its line."""
    chance = random.Random(seed)
    refused = 0
    for _ in range(40):
        root = etree.fromstring(exported("fund-approval").encode())
        for _ in range(chance.randint(1, 3)):
            damage(root, chance)
        text = etree.tostring(root)
        try:
            assert from_bpmn(text, "chart.bpmn")
        except BadFile as bad:
            refused += 1
            assert 1 <= bad.line <= text.count(b"\n") + 1
    assert refused > 10


def damage(root, chance) -> None:
    below = [one for one in root.iter() if one is not root and etree.QName(one).namespace not in (BPMNDI,)]
    one, other = chance.choice(below), chance.choice(below)
    match chance.randrange(5):
        case 0 if one.getparent() is not None:
            one.getparent().remove(one)
        case 1 if one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
        case 2 if one.attrib and other.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(list(other.attrib.values())))
        case 3 if one.getparent() is not None:
            one.addnext(etree.fromstring(etree.tostring(one)))
        case _:
            one.text = chance.choice(["", "x", "a.b == 'c'", other.text or ""])
