"""`mingbai check` and `mingbai mutants`: what they say, as words and as JSON, and what they refuse."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mingbai.config.checking import check
from mingbai.config.environment import read_instance
from mingbai.config.mutating import mutants
from mingbai.kernel import BadFile

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
DISTRICT = ROOT / "districts" / "huaishang"


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A copy that may be spoiled."""
    return Path(shutil.copytree(DISTRICT, tmp_path / "district"))


def spoil(district: Path, file: str, old: str, new: str) -> None:
    path = district / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_one_entry_a_chart_with_obligations_and_articles(capsys):
    assert check(DISTRICT, as_json=True) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] and len(report["charts"]) >= 20
    for chart in report["charts"]:
        assert chart["proved"] is True and chart["failures"] == [] and chart["seconds"] < 0.5
        assert all(one["held"] and one["sentence"] and one["articles"] for one in chart["obligations"])
        assert chart["sentences"] == [one["sentence"] for one in chart["obligations"]]
    dibao = next(one for one in report["charts"] if one["id"] == "dibao")
    level = next(one for one in dibao["obligations"] if one["id"] == "level")
    assert level["articles"][0] | {"text": ""} == {
        "law": "social-assistance-law", "article": "第44条", "confidence": "verified", "text": "",
    }  # fmt: skip
    assert "社会救助法第44条" in level["articles"][0]["text"]


def test_a_failure_has_its_path_and_its_article(district, capsys):
    old, new = (
        "{to: notify_reject, label: 不同意, otherwise: true}",
        "{to: pay, label: 不同意, otherwise: true}",
    )
    spoil(
        district,
        "procedures/orphan-support.yaml",
        old.replace("不同意", "不符合"),
        new.replace("不同意", "不符合"),
    )
    (district / "crosswalk" / "11-orphan-support.yaml").unlink()
    assert check(district, as_json=True) == 1
    report = json.loads(capsys.readouterr().out)
    chart = next(one for one in report["charts"] if one["id"] == "orphan-support")
    assert not report["ok"] and chart["proved"] is False
    broken = {one["id"] for one in chart["obligations"] if not one["held"]}
    assert broken == {one["obligation"] for one in chart["failures"]} and broken
    for one in chart["failures"]:
        assert one["article"]["law"] and one["sentence"] in one["text"]
        assert one["path"] and len(one["titles"]) <= len(one["path"])
    assert check(district, as_json=False) == 1
    said = capsys.readouterr().out
    assert "不通过  孤儿救助申办" in said and "不合：" in said and "→" in said


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("disclosure.yaml", "acts:", "act:", "disclosure.yaml"),
        ("risk_rules.yaml", "rules:", "rule:", "risk_rules.yaml"),
        ("accounts.yaml", "accounts:", "account:", "accounts.yaml"),
    ],
)
def test_every_file_of_the_district_is_read(district, capsys, file, old, new, reason):
    spoil(district, file, old, new)
    assert check(district, as_json=True) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["bad_file"]["file"] == reason and report["bad_file"]["line"] > 0


def test_a_meeting_of_a_body_without_rules_is_refused(district, capsys):
    spoil(district, "meetings.yaml", "  - id: appraisal_group\n", "  - id: two_committees\n")
    assert check(district, as_json=True) == 1
    report = json.loads(capsys.readouterr().out)
    said = [one["sentence"] for chart in report["charts"] for one in chart["failures"]]
    assert said and all("appraisal_group" in one for one in said)


def test_a_district_that_is_not_proved_is_not_installed(district, tmp_path):
    spoil(district, "meetings.yaml", "  - id: appraisal_group\n", "  - id: two_committees\n")
    made = subprocess.run(
        [sys.executable, "-m", "mingbai.config.cli", "init", "--data", str(tmp_path / "data"), "--district", str(district)],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, timeout=120,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert made.returncode == 1 and "流程图不合格" in made.stderr and "mingbai check" in made.stderr
    assert not read_instance(tmp_path / "data").get("ready")


def only(district: Path, *charts: str) -> Path:
    for path in (district / "procedures").glob("*.yaml"):
        if path.stem not in charts:
            path.unlink()
    return district


def test_mutants_are_counted_by_chart_and_in_sum(district, capsys):
    only(district, "orphan-support", "fund-approval", "four-deliberations", "payment-approval")
    assert mutants(district, as_json=True) == 0
    report = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in report["charts"]] == ["fund-approval", "orphan-support"]
    assert report["ok"] and report["survivors"] == [] and report["killed"] == report["unlawful"] > 200
    for key in ("made", "unlawful", "killed"):
        assert report[key] == sum(one[key] for one in report["charts"])
    for one in report["charts"]:
        assert one["made"] == one["unlawful"] + len(one["harmless"]) + len(one["strict"])
        assert all(each["why"] for each in one["harmless"]) and len(one["operators"]) >= 10


def test_a_survivor_is_named_and_fails_the_command(district, capsys, monkeypatch):
    from mingbai.procedures.rules import checks

    only(district, "orphan-support")
    kept = tuple(one for one in checks.OBLIGATIONS if one.id != "five")
    monkeypatch.setattr(checks, "OBLIGATIONS", kept)
    assert mutants(district, as_json=False) == 1
    said = capsys.readouterr()
    assert "漏掉：undisclosed:list" in said.err and "漏掉 5 个" in said.out and "[1/1]" in said.out


def test_a_chart_that_is_not_lawful_itself_fails_the_command(district, capsys):
    only(district, "orphan-support")
    spoil(district, "procedures/orphan-support.yaml", "children: true\n", "")
    assert mutants(district, as_json=False) == 1
    assert "本身就不合格" in capsys.readouterr().err


def test_no_charts_prove_nothing(district, capsys):
    only(district)
    assert mutants(district, as_json=True) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_a_chart_that_cannot_be_read_is_a_bad_file(district):
    spoil(only(district, "orphan-support"), "procedures/orphan-support.yaml", "procedure:", "procedures:")
    with pytest.raises(BadFile):
        mutants(district, as_json=True)


def test_an_account_on_no_line_of_the_statements_is_named(district, capsys) -> None:
    file = district / "statements.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if '["154"]' not in line), "utf-8")
    assert check(district, as_json=False) == 1
    said = capsys.readouterr().err
    assert "statements.yaml" in said and "科目154" in said
