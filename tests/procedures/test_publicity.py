"""The district's table of notices: every notice of every chart is in it, none is shorter, none in other hands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.rules.folder import read_folder
from mingbai.kernel import BadFile
from mingbai.procedures.rules.publicity import check_publicity
from mingbai.procedures.rules.text import charts_in

pytestmark = pytest.mark.once
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
WORKS, TABLE = "procedures/small-works.yaml", "publicity.yaml"


@pytest.fixture(scope="module")
def files():
    return dict(read_district(DISTRICT))


def check(files):
    folder = read_folder(files)
    return check_publicity(files, folder.publicity, charts_in(files), folder.parameters, folder.calendar)


def changed(files, name, old, new):
    assert old in files[name]
    return {**files, name: files[name].replace(old, new, 1)}


def test_every_notice_of_every_chart_stands_in_the_table(files):
    assert check(files) == 50
    rows = read_folder(files).publicity.notices
    assert sum(len(row.at) for row in rows) == 50
    assert {row.kind for row in rows} == {"before", "after"}


def test_a_district_without_the_table_is_not_checked(files):
    without = changed(files, "district.yaml", "  publicity.yaml: district_general_office\n", "")
    assert check({name: text for name, text in without.items() if name != TABLE}) == 0


def test_a_notice_that_the_table_does_not_know_is_not_compared(files):
    assert check(changed(files, TABLE, "      - major-decision.publish_result\n", "")) == 49


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (WORKS, "value: 15, unit: calendar_day, law: vcol", "value: 14, unit: calendar_day, law: vcol", "村务公布”最少要贴 15日"),
        (WORKS, "{bound: min, value: 3, unit: calendar_day", "{bound: max, value: 3, unit: calendar_day", "最少要贴 3日"),
        ("procedures/dibao.yaml", "{bound: min, value: 7, unit: calendar_day, law: dibao", "{bound: min, value: 5, unit: working_day, law: dibao", "低保初审公示”最少要贴 7日"),
        (TABLE, "owner: [village_committee]\n    hands: [village_committee_director]\n    law: bidding-reg", "owner: [town_government]\n    law: bidding-reg", "没有让 village_committee、village_committee_director 来贴"),
        (TABLE, "[small-works.award_publicity]", "[small-works.award_publicity, small-works.quote]", "没有“small-works.quote”这个公示环节"),
        (TABLE, "at: [dibao.publicize]", "at: [dibao.nothing]", "没有“dibao.nothing”这个公示环节"),
        (TABLE, "at: [dibao.publicize]", "at: [small-works.award_publicity]", "写了两遍"),
        (TABLE, "id: asset-award", "id: award", "写了两遍"),
        (TABLE, "owner: [town_sanzi_center]", "owner: [nobody]", "offices.yaml 里没有“nobody”"),
        (TABLE, "law: dibao-measures", "law: no-such-law", "laws.yaml 里没有“no-such-law”"),
        (TABLE, "parameter: house_publicity_days", "parameter: labor_adhoc_cap", "没有按日计的“labor_adhoc_cap”"),
        (TABLE, "    days: 3\n    unit: working_day\n", "", "要么写 parameter"),
    ],
)  # fmt: skip
def test_what_is_refused(files, name, old, new, sentence):
    with pytest.raises(BadFile) as caught:
        check(changed(files, name, old, new))
    assert sentence in caught.value.reason and caught.value.file in (name, WORKS)


def test_a_figure_that_rises_is_asked_of_the_chart(files):
    new = "        value: 5\n        citation:\n          law: local-unknown\n        confidence: assumed\n        checked: 2026-11-22\n"
    at = files["parameters.yaml"].index("id: disability_publicity_days")
    head, tail = files["parameters.yaml"][:at], files["parameters.yaml"][at:]
    risen = tail.replace(new, new + "      - since: 2027-01-01\n" + new.replace("5\n", "7\n", 1), 1)
    folder = {**files, "parameters.yaml": head + risen}
    row = read_folder(folder).publicity.of("disability-subsidy.publicize")
    figures = read_folder(folder).parameters
    assert row.least(figures, date(2026, 12, 31)) == (5, "working_day")
    assert row.least(figures, date(2027, 1, 1)) == (7, "working_day")
    with pytest.raises(BadFile, match="最少要贴 7个工作日"):
        check(folder)
