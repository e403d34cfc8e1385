"""Which body decides what, by the table a jurist can read; and that the data cannot be changed unnoticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from mingbai.kernel import BadFile, Refused
from mingbai.meetings.rules import read_bodies
from mingbai.meetings.rules.competence import (
    MATTERS_FILE,
    Setting,
    check_competence,
    check_matters,
    competent,
    decides,
    find_matter,
    of_power,
    read_matters,
)  # fmt: skip

pytestmark = pytest.mark.once
HERE = Path(__file__).parent
DISTRICT = HERE.parents[1] / "districts" / "huaishang"
BODIES = read_bodies((DISTRICT / "meetings.yaml").read_text("utf-8"))
TEXT = (DISTRICT / MATTERS_FILE).read_text("utf-8")
MATTERS = read_matters(TEXT, bodies={one.id for one in BODIES})
ROWS = yaml.safe_load((HERE / "competence.yaml").read_text("utf-8"))
DAY = date(2026, 9, 1)


def setting(row):
    """The row's village."""
    return Setting(
        DAY, row.get("delegated", ()), row.get("has_collective", True), row.get("residents", False),
        row.get("passed", ["party_branch_general"]),
    )  # fmt: skip


def outcome(row, matters=MATTERS):
    """None when the body may decide, else the refusal; with the majority asked."""
    try:
        found = find_matter(matters, row["matter"], DAY)
        return None, check_competence(BODIES, found, row["body"], setting(row))
    except Refused as refusal:
        return refusal, None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_row(row):
    refusal, passing = outcome(row)
    assert (refusal is None) is row["allowed"], refusal
    assert row["article"]
    if refusal is not None:
        assert row["words"] in refusal.reason and refusal.basis is not None and refusal.remedy
    assert (str(passing.majority) if passing else "") == row.get("passing", "")


def test_the_table_names_every_matter_both_ways():
    assert len(ROWS) >= 60
    allowed = {row["matter"] for row in ROWS if row["allowed"]}
    refused = {row["matter"] for row in ROWS if not row["allowed"]}
    assert allowed == refused == {one.id for one in MATTERS}


def _damaged():
    """The data with one entry changed at a time: a decider taken away, freed of its condition, a bar lifted."""
    for at, matter in enumerate(MATTERS):
        for n, who in enumerate(matter.deciders):
            rest = matter.deciders[:n] + matter.deciders[n + 1 :]
            yield f"{matter.id} 去掉 {who.body}", at, replace(matter, deciders=rest)
            for free in ({"delegated": not who.delegated}, {"no_collective": not who.no_collective}):
                changed = matter.deciders[:n] + (replace(who, **free),) + matter.deciders[n + 1 :]
                yield f"{matter.id} {who.body} {free}", at, replace(matter, deciders=changed)


@pytest.mark.parametrize(
    ("name", "at", "matter"), list(_damaged()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_no_entry_of_the_data_can_be_changed_unnoticed(name, at, matter):
    changed = (*MATTERS[:at], matter, *MATTERS[at + 1 :])
    assert any((outcome(row)[0] is None) is not (outcome(row, changed)[0] is None) for row in ROWS), name


def test_bodies_that_only_deliberate_are_not_checked():
    assert not decides(MATTERS, "liangwei") and not decides(MATTERS, "party_branch_general")
    assert decides(MATTERS, "rce_reps") and decides(MATTERS, "villager_reps_meeting")


def test_the_matter_of_a_power_is_one_its_body_may_decide():
    works = of_power(
        MATTERS, "procurement-small-works", "villager_reps_meeting", Setting(DAY, ["public_works"])
    )
    assert works is not None and works.id == "public_works"
    members = of_power(MATTERS, "procurement-small-works", "rce_reps", Setting(DAY))
    assert members is not None and members.id == "investment"
    wrong = of_power(MATTERS, "land-transfer", "villager_reps_meeting", Setting(DAY))
    assert wrong is not None and "villager_reps_meeting" not in competent(wrong, Setting(DAY))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("body: rce_members }", "body: nobody }", "没有的会：nobody"),
        ("kind: village\n", "kind: town\n", "kind"),
        ("  - id: rural_construction\n", "  - id: public_works\n", "写了两遍"),
        (
            "    decided_by:\n      - { body: villagers_meeting }\n      - { body: villager_reps_meeting, delegated: true }\n",
            "    decided_by: []\n",
            "decided_by",
        ),
        ("powers: [village-major-decision]", "powers: [村里的事]", "powers"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(old, new, words):
    with pytest.raises(BadFile, match=r"matters\.yaml:\d+") as bad:
        read_matters(TEXT.replace(old, new, 1), bodies={one.id for one in BODIES})
    assert words in str(bad.value)


def test_every_power_of_self_government_has_its_body():
    natures = {power: "self_government" for matter in MATTERS for power in matter.powers}
    check_matters(MATTERS, natures.items())
    with pytest.raises(BadFile, match="没有写由哪个会定"):
        check_matters(MATTERS, [*natures.items(), ("new-power", "self_government")])
    with pytest.raises(BadFile, match="没有“land-transfer”这项权力"):
        check_matters(MATTERS, [(one, two) for one, two in natures.items() if one != "land-transfer"])
