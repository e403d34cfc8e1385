"""Opening a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingbai.cases import queries, services
from mingbai.catalogue.queries import latest
from mingbai.catalogue.services import confirm_edition
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused


def opening(world, **more):
    return services.open_case(
        **{
            "power": "procurement-small-works",
            "village": "340311104201",
            "title": "东组排水沟修复",
            "occurred_on": world.day,
            "by": world.who("village_committee"),
            "at": world.at,
            **more,
        }
    )


def test_numbers_have_no_gap_and_a_refusal_gives_its_number_back(world):
    assert opening(world).number == "05-340311104201-2026-001"
    with pytest.raises(Refused):
        opening(world, by=world.who("bookkeeper"))
    assert opening(world).number == "05-340311104201-2026-002"
    assert opening(world, power="village-fund-approval").number == "06-340311104201-2026-001"


def test_an_opened_case_waits_at_its_first_step_and_is_in_the_journal(world):
    number = opening(world).number
    view = queries.case(number)
    assert [step.step for step in view.here] == ["request"]
    entry = entries_of(f"case:{number}")[0]
    assert entry.act == "case.opened"
    assert entry.data["here"] == ["request"]
    assert entry.data["title"] == "东组排水沟修复"
    assert entry.data["next"][0]["lane"] == "村“两委”和经手人"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "   "}, "还没有名称"),
        ({"title": "修渠 11010519491231002X"}, "身份证号码"),
        ({"title": "长" * 90}, "太长"),
        ({"power": "no-such-power"}, "清单"),
        ({"village": "999999999999"}, "没有"),
        ({"village": "340311104202"}, "不担任该职务"),
    ],
)
def test_refused(world, change, sentence):
    with pytest.raises(Refused, match=sentence):
        opening(world, **change)


def test_a_power_whose_chart_is_not_in_force_yet_is_refused(world) -> None:
    files = dict(latest().files)
    name = next(one for one in files if one.endswith("-dibao.yaml") and one.startswith("powers/"))
    assert "procedure: dibao\n" in files[name]
    files[name] = files[name].replace("procedure: dibao\n", "")
    confirm_edition(files=files, since=world.day, by_person="", office="", at=world.at)
    with pytest.raises(Refused, match="没有启用流程图"):
        opening(world, power="dibao")


def test_not_in_the_future(world):
    with pytest.raises(Refused, match="还没有到"):
        opening(world, occurred_on=world.day + timedelta(days=1))


def test_one_persons_affair_is_titled_by_its_power_and_number(world) -> None:
    number = world.open("王秀英申请", power="home-care-subsidy")
    view = queries.case(number)
    assert "王秀英" not in view.title and view.title.endswith("（2026年第1件）")
    assert "王秀英" not in str([entry.data for entry in entries_of(f"case:{number}")])
