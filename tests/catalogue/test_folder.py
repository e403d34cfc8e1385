"""The district folder: twenty powers as the notice names them, and every fault with file, line and reason."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.rules import read_folder
from mingbai.kernel import BadFile, Confidence

pytestmark = pytest.mark.once
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
POWER = "powers/05-procurement-small-works.yaml"

# Annex 2 of the notice of the district government, as it stands there.
ANNEX_2 = """
一、村级重大事项四议两公开事项
1.四议两公开
二、“三资”管理事项
2.农村集体资产管理
3.农村土地流转
4.被征地农民办理养老保险
三、村级招投标管理事项
5.物资、服务采购及小型工程招投标
四、村级账务管理事项
6.村级资金审批
7.村级用工及报酬发放
五、党务公开事项
8.发展党员
六、特困人员救助供养事项
9.五保供养申报审批
10.残疾人补贴申办
11.孤儿救助申办
七、最低生活保障事项
12.最低生活保障申办审批
八、城乡医疗救助事项
13.城乡医疗救助（非“一站式”）
九、城乡困难群众临时救助事项
14.城乡困难群众临时救助申办
十、救灾事项
15.救灾、救济款物发放
十一、居家养老服务补贴事项
16.居家养老服务补贴申办
十二、优抚对象抚恤和补助金事项
17.优抚定补申办
十三、计划生育家庭奖扶、特扶申办事项
18.农村计划生育家庭奖励扶助
19.计划生育特别扶助
十四、农业其他服务事项
20.农村危房改造申报
"""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return dict(read_district(DISTRICT))


@pytest.fixture(scope="module")
def said(files: dict[str, str]):
    return read_folder(files)


def annex() -> list[tuple[int, str, str]]:
    found, category = [], ""
    for line in ANNEX_2.split():
        item = re.fullmatch(r"(\d+)\.(.+)", line)
        if item:
            found.append((int(item[1]), category, item[2]))
        else:
            category = line
    return found


def test_the_twenty_powers_are_those_of_the_notice(said) -> None:
    assert [(one.number, one.category, one.name) for one in said.powers] == annex()
    assert len(said.powers) == 20


def test_every_power_says_what_the_notice_demands(said) -> None:
    for power in said.powers:
        for part in ("bases", "scope", "discipline", "risks", "materials", "compiling_departments"):
            assert getattr(power, part), (power.id, part)
        assert power.time_limits or power.publicity, power.id
        assert [one.level for one in power.five_disclosures] == [
            "list",
            "rules",
            "procedure",
            "process",
            "result",
        ]
        assert all(basis.law in said.laws for basis in power.bases)


def test_every_power_names_a_chart_that_is_its_own(said) -> None:
    charts = {one.id: one.procedure for one in said.powers if one.procedure}
    assert len(charts) == len(said.powers) == len(set(charts.values()))
    for power, chart in charts.items():
        text = (DISTRICT / "procedures" / f"{chart}.yaml").read_text()
        assert f"\npower: {power}\n" in text, chart
        assert "\npart: true\n" not in text, chart


def test_a_figure_stands_once_and_is_written_after_the_threshold_that_names_it(said) -> None:
    works = said.parameters["statutory_tender_works"]
    value = works.on(date(2026, 9, 1))
    assert works.number(value) == 400_000_000
    assert value.basis().article == "第5条"
    assert works.on(date(2018, 5, 31)) is None
    sentence = said.powers[4].thresholds[0].text
    assert sentence == "施工单项合同估算价达到即必须招标：4,000,000元（2018-06-01起）"


def test_a_guess_is_never_shown_as_certain(said) -> None:
    for power in said.powers:
        for one in power.thresholds:
            if one.parameter:
                values = said.parameters[one.parameter].values
                assert (
                    all(v.confidence is not Confidence.assumed for v in values) or one.confidence == "assumed"
                )


def line_with(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (POWER, "law: bidding-16", "law: biding-16", "没有“biding-16”"),
        (POWER, "parameter: procurement_direct_max", "parameter: nothing", "没有“nothing”"),
        (POWER, "office: district_finance", "office: nobody", "没有“nobody”"),
        (POWER, "procedure: small-works", "procedure: nowhere", "没有流程图"),
        (POWER, "number: 5", "number: 6", "文件名"),
        (POWER, "nature: village_self_governance", "nature: other", "nature"),
        (POWER, "category:", "categorie:", "category"),
        (POWER, "level: process", "level: result", "五级"),
        ("procedures/small-works.yaml", "param.procurement_direct_max", "param.most", "没有“most”"),
        (
            "procedures/small-works.yaml",
            "offices: [village_committee]",
            "offices: [emperor]",
            "没有“emperor”",
        ),
        ("laws.yaml", "- id: vcol-2018", "- id: vcol", "写了两遍"),
        ("laws.yaml", "status: unknown", "state: unknown", ""),
        ("parameters.yaml", "value: 5000", "value: 五千", "整数"),
        ("parameters.yaml", "law: local-unknown", "law: local", "没有“local”"),
        ("parameters.yaml", "- procurement-small-works", "- procurement", "没有“procurement”"),
        ("offices.yaml", "article: 第37条", "articel: 第37条", ""),
        ("district.yaml", '"340311"', '"340399"', "不在 divisions.csv"),
        ("divisions.csv", "沫河口镇,town", "沫河口镇,twon", "级别"),
    ],
)
def test_a_bad_folder_names_file_line_and_reason(
    files: dict[str, str], name: str, old: str, new: str, reason: str
) -> None:
    text = files[name].replace(old, new, 1)
    assert text != files[name]
    with pytest.raises(BadFile) as caught:
        read_folder({**files, name: text})
    bad = caught.value
    assert bad.file == name
    assert reason in bad.reason
    assert abs(bad.line - line_with(text, new)) <= 12 if name == "parameters.yaml" else bad.line >= 1


def test_the_line_is_the_line_of_the_fault(files: dict[str, str]) -> None:
    text = files[POWER].replace("law: bidding-16", "law: biding-16", 1)
    with pytest.raises(BadFile) as caught:
        read_folder({**files, POWER: text})
    assert caught.value.line == line_with(text, "biding-16")


@pytest.mark.parametrize(
    "name", ["laws.yaml", "district.yaml", "calendar.yaml", "procedures/small-works.yaml"]
)
def test_a_missing_file_is_named(files: dict[str, str], name: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_folder({key: text for key, text in files.items() if key != name})
    assert name in str(caught.value)


def test_a_missing_power_leaves_a_gap_that_is_refused(files: dict[str, str]) -> None:
    with pytest.raises(BadFile, match="应当是 5"):
        read_folder({key: text for key, text in files.items() if key != POWER})


def test_links_other_encodings_and_missing_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="没有这个"):
        read_district(tmp_path / "none")
    (tmp_path / "laws.yaml").write_bytes("法律: 一".encode("gb18030"))
    with pytest.raises(BadFile, match="UTF-8"):
        read_district(tmp_path)
    (tmp_path / "laws.yaml").unlink()
    (tmp_path / "link.yaml").symlink_to("/etc/hosts")
    with pytest.raises(BadFile, match="链接"):
        read_district(tmp_path)
