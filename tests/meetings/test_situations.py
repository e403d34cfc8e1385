"""The table of situations itself: every rule has enough of them, each with the law and the article it is decided by."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))

from model import ARTICLES, verdict

from mingbai.kernel import Confidence
from mingbai.meetings.rules import find_body, read_bodies

pytestmark = pytest.mark.once
HERE = Path(__file__).parent
DISTRICT = HERE.parents[1] / "districts" / "huaishang"
BODIES = read_bodies((DISTRICT / "meetings.yaml").read_text("utf-8"))
LAWS = {
    one["id"]: one["short"] for one in yaml.safe_load((DISTRICT / "laws.yaml").read_text("utf-8"))["laws"]
}
SITUATIONS = yaml.safe_load((HERE / "situations.yaml").read_text("utf-8"))
DAY = date(2026, 9, 1)
FEWEST = 6


def test_every_rule_that_decides_has_situations_enough_and_each_outcome() -> None:
    decidable = {one.id for one in BODIES if one.passing is not None}
    held = Counter(one["body"] for one in SITUATIONS)
    assert set(held) == decidable and min(held.values()) >= FEWEST
    outcomes = defaultdict(set)
    for one in SITUATIONS:
        outcomes[one["body"]].add(one["result"])
    assert all(found == {"passed", "not_passed", "no_quorum"} for found in outcomes.values()), outcomes
    assert len({one["case"] for one in SITUATIONS}) == len(SITUATIONS)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one["case"])
def test_a_situation_names_its_law_and_article(situation) -> None:
    cited = find_body(BODIES, situation["body"], DAY).citation
    if cited.law == "local-unknown":
        assert situation["article"] == "没有查到条文，照惯例（待确认）"
        return
    assert cited.confidence is not Confidence.assumed
    assert situation["article"] == f"{LAWS[cited.law]} {cited.article}".strip()


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one["case"])
def test_the_second_reading_of_the_articles_decides_it_alike(situation) -> None:
    homes = tuple(situation["households"]) if "households" in situation else None
    found = verdict(
        ARTICLES[situation["body"]], situation["entitled"], situation["present"], situation["agree"], homes
    )
    assert found and found.outcome == situation["result"]
    assert situation.get("needed_present", found.quorum_needed) == found.quorum_needed
    assert situation.get("needed_agree", found.votes_needed) == found.votes_needed
