"""The register of tasks handed down to villages, and the pages of the district's own affairs."""

from __future__ import annotations

import re

import pytest

from mingbai.cases import queries as cases
from mingbai.cases import services
from mingbai.disclosure.follow import follow

DISTRICT = "340311"
TASK = {"basis": "大气污染防治工作方案", "support": "每村 2 人误工补贴"}


class Gate:
    """The steps of the district's own procedures, done by the right office and published."""

    def __init__(self, village) -> None:
        self.world, self.village = village.world, village.code

    def open(self, power: str, place: str, office: str, title: str) -> str:
        return services.open_case(
            power=power, village=place, title=title, occurred_on=self.world.day, by=self.world.who(office),
            at=self.world.at,
        ).number  # fmt: skip

    def do(self, case: str, office: str, **values: str) -> None:
        view = cases.case(case)
        step = view.here[0].step
        needed = self.world.node(case, step).papers
        services.complete_step(
            case=case, step=step, values=values, papers={one.id: [self.world.paper("单据", view.village)] for one in needed},
            occurred_on=self.world.day, by=self.world.who(office), at=self.world.at,
        )  # fmt: skip

    def apply(self, task: str, since: str = "2026-09-01", until: str = "2027-11-30") -> str:
        case = self.open("task-admission", DISTRICT, "district_agriculture", task)
        self.do(case, "district_agriculture", task=task, since=since, until=until, **TASK)
        return case

    def admit(self, task: str, **term: str) -> str:
        case = self.apply(task, **term)
        self.do(case, "district_justice", verdict="good", opinion="有依据")
        self.do(case, "district_government", verdict="agree", meeting="第九次常务会议")
        self.do(case, "district_general_office", document="淮政办〔2026〕12 号")
        return case

    def publish(self) -> None:
        follow(self.world.at)


@pytest.fixture
def gate(village) -> Gate:
    return Gate(village)


def section(html: str, id: str) -> str:
    """One section of the page in words."""
    part = html.split(f'<section class="section" id="{id}"')[1].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"(?s)<[^>]+>", " ", part))


def test_without_any_task_the_page_says_so(village, read, count_queries) -> None:
    html = read("/powers/tasks/")
    assert (
        "现在没有准许派到村里的任务" in html and "还没有村拒接过任务" in html and "没有被退回的申请" in html
    )
    assert count_queries("/powers/tasks/") <= 12
    assert 'href="/powers/tasks/"' in read("/powers/")


def test_admitted_tasks_stand_with_term_authority_and_means(gate, read, count_queries) -> None:
    case = gate.admit("秸秆禁烧巡查")
    gate.admit("人口抽样调查", since="2027-10-01")
    gate.admit("防汛值守", since="2026-07-01", until="2026-08-31")
    gate.publish()
    html = read("/powers/tasks/")
    now = section(html, "now")
    assert "区农业农村水利局 秸秆禁烧巡查" in now and f'href="/cases/{case}/"' in html
    assert "2026年9月1日到 2027年11月30日" in now and "依据：大气污染防治工作方案" in now
    assert "给村里：每村 2 人误工补贴" in now and "淮政办〔2026〕12 号" in now
    assert re.search("还没有到日子的 1 件.*人口抽样调查.*已经到期的 1 件，不用再办.*防汛值守", now)
    assert "没有被退回的申请" in html
    assert count_queries("/powers/tasks/") <= 12


def test_what_was_not_admitted_and_what_is_looked_at_are_told_apart(gate, read) -> None:
    case = gate.apply("报表每日一报")
    gate.do(case, "district_justice", verdict="bad", opinion="部门自己的事")
    gate.apply("档案数字化")
    gate.publish()
    html = read("/powers/tasks/")
    assert "报表每日一报 不准入" in section(html, "refused") and "报表每日一报" not in section(html, "now")
    assert "还有 1 件正在审" in html and "档案数字化" not in html


def test_what_a_village_did_not_take_is_told_with_its_reason(gate, read) -> None:
    case = gate.open("task-refusal", gate.village, "village_committee_director", "不接报表任务")
    gate.do(case, "village_committee_director", task="报表每日一报", sender="区某局", reason="没有准入通知")
    gate.do(case, "town_government", verdict="good")
    gate.publish()
    assert "还没有村拒接过任务" in read("/powers/tasks/")
    gate.do(case, "district_organization", verdict="withdrawn")
    gate.publish()
    said = section(read("/powers/tasks/"), "turned-down")
    assert "报表每日一报 任务撤回" in said and "区某局派的" in said and "没有准入通知" in said


def test_the_districts_own_affairs_are_titled_by_their_procedure(gate, read, count_queries) -> None:
    own = gate.admit("秸秆禁烧巡查")
    refusal = gate.open("task-refusal", gate.village, "village_committee_director", "不接报表任务")
    gate.publish()
    html = read(f"/cases/{own}/")
    assert "第 0 项" not in html and "村级事务准入，2026 年第 1 件" in html and "区里的事" in html
    assert "谁提的" in html and "还没有定" not in html and "/powers/task-admission/" not in html
    html = read(f"/cases/{refusal}/")
    assert "第 0 项" not in html and "村里不接没有准入的任务，2026 年第 1 件" in html
    assert f'href="/v/{gate.village}/"' in html and 'href="#map"' in html
    page = next(iter(re.findall(r'href="(/p/340311-\d+/)"', read(f"/cases/{own}/"))))
    assert 'href="/v/340311/"' not in read(page)
    assert count_queries(f"/cases/{own}/") <= 12
    assert "：秸秆禁烧巡查" not in read("/find/").replace("区里的事：秸秆禁烧巡查", "")
