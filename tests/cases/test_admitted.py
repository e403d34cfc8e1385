"""The gate for tasks handed down to villages: applied for, reviewed, deliberated, registered; what is not may be refused."""

from __future__ import annotations

from datetime import date

import pytest

from mingbai.cases import queries, services
from mingbai.kernel import Refused

DISTRICT, VILLAGE = "340311", "340311104201"
TASK = {
    "task": "秸秆禁烧巡查", "basis": "大气污染防治工作方案", "since": "2026-09-20", "until": "2026-11-30",
    "support": "每村 2 人误工补贴",
}  # fmt: skip


class Gate:
    """Steps of the district's own procedures, filled in by the right office."""

    def __init__(self, world) -> None:
        self.world, self._papers = world, 0

    def open(self, power: str, place: str, office: str) -> str:
        return services.open_case(
            power=power, village=place, title="秸秆禁烧巡查", occurred_on=self.world.day,
            by=self.world.who(office), at=self.world.at,
        ).number  # fmt: skip

    def do(self, case: str, office: str, **values: str):
        view = queries.case(case)
        step = view.here[0].step
        papers = {need.id: [self._paper(view.village)] for need in self.world.node(case, step).papers}
        return services.complete_step(
            case=case, step=step, values=values, papers=papers, occurred_on=self.world.day,
            by=self.world.who(office), at=self.world.at,
        )  # fmt: skip

    def _paper(self, place: str) -> str:
        return self.world.paper("单据", place)

    def admit(self, **more: str) -> str:
        case = self.open("task-admission", DISTRICT, "district_agriculture")
        self.do(case, "district_agriculture", **{**TASK, **more})
        self.do(case, "district_justice", verdict="good", opinion="有依据")
        self.do(case, "district_government", verdict="agree", meeting="第 9 次常务会议")
        self.do(case, "district_general_office", document="淮政办〔2026〕12 号")
        return case


@pytest.fixture
def gate(world) -> Gate:
    return Gate(world)


def test_an_admitted_task_stands_in_the_register_for_its_term(gate) -> None:
    case = gate.admit()
    [one] = queries.admitted_tasks()
    assert (one.case, one.task, one.office) == (case, "秸秆禁烧巡查", "district_agriculture")
    assert (one.since, one.until) == (date(2026, 9, 20), date(2026, 11, 30))
    assert one.document == "淮政办〔2026〕12 号"
    assert queries.admitted_tasks(date(2026, 11, 30)) == (one,)
    assert queries.admitted_tasks(date(2026, 12, 1)) == () == queries.admitted_tasks(date(2026, 9, 19))


def test_what_was_refused_or_is_still_looked_at_is_not_in_the_register(gate) -> None:
    waiting = gate.open("task-admission", DISTRICT, "district_agriculture")
    gate.do(waiting, "district_agriculture", **TASK)
    unlawful = gate.open("task-admission", DISTRICT, "district_agriculture")
    gate.do(unlawful, "district_agriculture", **TASK)
    assert gate.do(unlawful, "district_justice", verdict="bad", opinion="部门自己的事").ended == "end_refused"
    assert queries.admitted_tasks() == ()


def test_a_task_has_an_end(gate) -> None:
    case = gate.open("task-admission", DISTRICT, "district_agriculture")
    with pytest.raises(Refused, match="早于开始的2026-09-20"):
        gate.do(case, "district_agriculture", **{**TASK, "until": "2026-09-01"})
    with pytest.raises(Refused, match="到哪天止"):
        gate.do(case, "district_agriculture", **{**TASK, "until": ""})


def test_a_village_may_refuse_what_was_not_admitted(gate) -> None:
    case = gate.open("task-refusal", VILLAGE, "village_committee_director")
    assert case == f"00-{VILLAGE}-2026-001"
    gate.do(case, "village_committee_director", task="报表每日一报", sender="区某局", reason="没有准入通知")
    gate.do(case, "town_government", verdict="good")
    assert gate.do(case, "district_organization", verdict="withdrawn").ended == "end_withdrawn"


def test_a_village_refuses_in_its_own_place_only(gate, world) -> None:
    with pytest.raises(Refused, match="不在这里立项"):
        gate.open("task-refusal", DISTRICT, "village_committee_director")
    with pytest.raises(Refused, match="不在这里立项"):
        gate.open("task-admission", VILLAGE, "district_agriculture")
