"""`mingbai law amend`: what a change of law touches, from the command line; the draft and the cases it opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mingbai.cases import queries as cases
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import drafts
from mingbai.config import amending, cli, clock
from mingbai.kernel import Refused

CHANGE = """law: vcol
authority: 全国人大常委会决定
effective: 2027-01-01
articles:
  - {article: 第35至37条, change: renumbered, to: 第40至42条}
  - {article: 第40至42条, change: renumbered, to: 第45至47条}
  - {article: 第28条, change: amended, note: 增加一项}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "change.yaml"
    path.write_text(CHANGE, "utf-8")
    return path


@pytest.fixture
def running(world, monkeypatch):
    """A village with a case, and the program's clock at the village's."""
    monkeypatch.setattr(clock, "now", lambda: world.at)
    return world, world.open(power="procurement-small-works")


def test_a_dry_run_on_a_folder_says_everything_as_json(file, capsys) -> None:
    assert cli.main(["law", "amend", str(file), "--dry-run", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["law"] == "vcol" and report["effective"] == "2027-01-01"
    assert "village-major-decision" in [one["id"] for one in report["powers"]]
    nodes = next(one["nodes"] for one in report["charts"] if one["id"] == "four-deliberations")
    assert {"publish_decision", "objection"} <= set(nodes)
    assert report["parameters"] == ["affairs_disclosure_days"] and report["risk_rules"] == ["R59"]
    assert "villager" in report["offices"] and "objection.lodged" in report["disclosures"]
    assert any(one["file"].startswith("procedures/rules/lawful/") for one in report["program"])
    assert report["cards"][0] == {"power": report["powers"][0]["id"], "edition": None}
    assert report["cases"] == []
    assert not report["followed_already"]


def test_without_dry_run_a_data_directory_is_needed(file, capsys) -> None:
    assert cli.main(["law", "amend", str(file)]) == 1
    assert "--data" in capsys.readouterr().err


def test_a_running_case_and_its_card_are_in_the_report(file, running) -> None:
    world, case = running
    report = amending.report_of_data(file)
    assert [one["number"] for one in report["cases"]] == [case]
    assert {"power": "procurement-small-works", "edition": 1} in report["cards"]
    assert report["edition"] == 1


def test_a_draft_is_written_and_each_office_finds_its_case(file, running) -> None:
    world, _ = running
    justice = world.who("district_justice")
    report = amending.carry_out(file, justice.name)
    draft = drafts.draft(report["draft"])
    assert draft.citation is not None and draft.citation.law == "vcol"
    assert "laws.yaml" in draft.changed and "disclosure.yaml" in draft.changed
    assert drafts.problem(draft.id) is None
    assert "article: 第40条第4款" in drafts.files(draft.id)["procedures/four-deliberations.yaml"]
    opened = {one["office"]: one["number"] for one in report["opened"]}
    assert "district_organization" in opened and "town_government" not in opened
    for office, number in opened.items():
        waiting = [one.case for one in cases.awaiting(world.who(office), world.day)]
        assert number in waiting
    others = [one.case for one in cases.awaiting(world.who("district_finance"), world.day)]
    assert opened["district_organization"] not in others
    assert catalogue.latest().number == 1


def test_it_is_carried_out_once(file, running) -> None:
    world, _ = running
    name = world.who("district_justice").name
    draft = amending.carry_out(file, name)["draft"]
    with pytest.raises(Refused, match="已经有一份草案叫"):
        amending.carry_out(file, name)
    from mingbai.catalogue.services import confirm_edition

    confirm_edition(
        files=drafts.files(draft), since=world.day.replace(year=2027), by_person="", office="", at=world.at
    )
    with pytest.raises(Refused, match="已经跟上了"):
        amending.carry_out(file, name)
    assert amending.report_of_data(file)["followed_already"]


def test_only_the_keeper_of_the_register_carries_it_out(file, running) -> None:
    with pytest.raises(Refused, match="区司法局没有叫“某人”的人"):
        amending.carry_out(file, "某人")
