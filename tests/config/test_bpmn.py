"""`mingbai bpmn export` and `import`: by id or number, into a file with its comments, and what they refuse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mingbai.config.cli import main

pytestmark = pytest.mark.once
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
WRITTEN = DISTRICT / "procedures" / "fund-approval.yaml"


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """The chart of power 6."""
    file = tmp_path / "chart.bpmn"
    assert (
        main(["bpmn", "export", "6", "-o", str(file), "--on", "2026-11-01", "--district", str(DISTRICT)]) == 0
    )
    return file


@pytest.mark.parametrize("name", ["village-fund-approval", "fund-approval"])
def test_a_power_is_named_by_number_by_its_id_or_by_its_chart(exported, tmp_path, name):
    other = tmp_path / "other.bpmn"
    assert (
        main(["bpmn", "export", name, "-o", str(other), "--on", "2026-11-01", "--district", str(DISTRICT)])
        == 0
    )
    assert other.read_bytes() == exported.read_bytes()


def test_imported_into_the_file_it_came_from_nothing_changes_not_even_a_comment(exported, tmp_path):
    target = Path(shutil.copy(WRITTEN, tmp_path / "fund-approval.yaml"))
    assert main(["bpmn", "import", str(exported), "-o", str(target)]) == 0
    assert target.read_text() == WRITTEN.read_text() and "#" in target.read_text()


def test_what_was_changed_elsewhere_changes_one_line_of_the_file(exported, tmp_path):
    target = Path(shutil.copy(WRITTEN, tmp_path / "fund-approval.yaml"))
    exported.write_text(exported.read_text().replace('name="记账核对"', 'name="记账并核对"'))
    assert main(["bpmn", "import", str(exported), "-o", str(target)]) == 0
    lines = zip(WRITTEN.read_text().splitlines(), target.read_text().splitlines(), strict=True)
    assert [new.strip() for old, new in lines if old != new] == ["title: 记账并核对"]


def test_without_a_file_the_text_is_printed_and_the_other_charts_are_named(exported, capsys):
    capsys.readouterr()
    assert main(["bpmn", "import", str(exported)]) == 0
    said = capsys.readouterr()
    assert (
        said.out.startswith("procedure: fund-approval\n")
        and "four-deliberations、payment-approval" in said.err
    )
    assert main(["bpmn", "import", str(exported), "--chart", "payment-approval"]) == 0
    assert capsys.readouterr().out.startswith("procedure: payment-approval\n")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ["export", "no-such-power", "-o", "x.bpmn", "--district", str(DISTRICT)],
            "“no-such-power”没有流程图",
        ),
        (["import", str(WRITTEN)], "fund-approval.yaml:1: 不是合格的 XML"),
        (["import", "CHART", "--chart", "dibao"], "文件里没有 dibao 这张图"),
        (["import", "CHART", "-o", "CHART"], "要写成一项一项的"),
        (["import", "CHART", "-o", "LATIN"], "不是 UTF-8 编码"),
        (["import", "nowhere.bpmn"], "nowhere.bpmn"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_written(
    exported, tmp_path, monkeypatch, capsys, arguments, reason
):
    monkeypatch.chdir(tmp_path)
    before = exported.read_bytes()
    latin = tmp_path.parent / f"{tmp_path.name}.latin"
    latin.write_bytes("村".encode("gbk"))
    places = {"CHART": str(exported), "LATIN": str(latin)}
    assert main(["bpmn", *(places.get(one, one) for one in arguments)]) == 1
    assert reason in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["chart.bpmn"] and exported.read_bytes() == before
