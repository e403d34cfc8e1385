"""Two officers, one file: what each changed is put together; the same place changed twice is never guessed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from mingbai.catalogue.rules.merging import Conflict, merge

pytestmark = pytest.mark.once
BASE = """# 第6项
title: 审批
lanes:
  - {id: village, title: 村}
nodes:
  - id: ask
    title: 申请
    # 本地惯例
    limit: {value: 5}
    offices: [a]
    next: pay
  - id: pay
    title: 付款
    offices:
      - bookkeeper
    next: end
  - id: end
    title: 办结
"""


def changed(old: str, new: str, text: str = BASE) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("title: 申请", "title: 提出申请"), ("title: 付款", "title: 转账")),
        (("value: 5", "value: 3"), ("offices: [a]", "offices: [b]")),
        (("title: 审批", "title: 村级审批"), ("id: village, title: 村", "id: village, title: 村里")),
        (("# 第6项", "# 第6项 村级资金"), ("title: 办结", "title: 完")),
        (("      - bookkeeper\n", "      - bookkeeper\n      - clerk\n"), ("next: end", "next: ask")),
        (
            ("  - id: pay\n", "  - id: check\n    title: 核对\n    next: pay\n  - id: pay\n"),
            ("  - id: end\n", "  - id: show\n    title: 公开\n    next: end\n  - id: end\n"),
        ),
    ],
)
def test_different_places_merge_and_keep_comments(mine: tuple[str, str], theirs: tuple[str, str]) -> None:
    both = changed(*theirs, changed(*mine))
    assert merge(BASE, changed(*mine), changed(*theirs)) == both
    assert merge(BASE, changed(*theirs), changed(*mine)) == both


@pytest.mark.parametrize(
    ("mine", "theirs", "path"),
    [
        (("value: 5", "value: 3"), ("value: 5", "value: 7"), ("nodes", "ask", "limit")),
        (("title: 审批", "title: 甲"), ("title: 审批", "title: 乙"), ("title",)),
        (
            ("  - id: end\n", "  - id: new\n    title: 甲\n  - id: end\n"),
            ("  - id: end\n", "  - id: new\n    title: 乙\n  - id: end\n"),
            ("nodes", "new"),
        ),
    ],
)
def test_the_same_place_twice_is_a_conflict_that_says_where(mine, theirs, path) -> None:
    with pytest.raises(Conflict) as caught:
        merge(BASE, changed(*mine), changed(*theirs))
    assert caught.value.path == path


def test_one_removes_what_the_other_edits() -> None:
    step = BASE[BASE.index("  - id: pay") : BASE.index("  - id: end")]
    without = BASE.replace(step, "")
    with pytest.raises(Conflict) as caught:
        merge(BASE, without, changed("title: 付款", "title: 转账"))
    assert caught.value.path == ("nodes", "pay")
    assert merge(BASE, without, changed("title: 申请", "title: 提出")) == changed(
        "title: 申请", "title: 提出", without
    )
    assert merge(BASE, without, without) == without


def test_the_same_change_by_both_is_no_conflict() -> None:
    both = changed("value: 5", "value: 3")
    assert merge(BASE, both, both) == both
    assert merge(BASE, BASE, both) == both
    assert merge(BASE, both, BASE) == both


def test_text_that_is_not_yaml_is_not_merged() -> None:
    with pytest.raises(Conflict):
        merge(BASE, BASE + "  - [", changed("value: 5", "value: 3"))


def test_one_reorders_while_the_other_edits() -> None:
    step = BASE[BASE.index("  - id: pay") : BASE.index("  - id: end")]
    moved = BASE.replace(step, "") + step
    after = merge(BASE, moved, changed("title: 付款", "title: 转账"))
    assert after == changed("title: 付款", "title: 转账", moved)


def test_a_hundred_random_pairs_of_edits_lose_nothing() -> None:
    """Each officer changes words in lines of his own; both sets of words are in the merged file."""
    file = Path(__file__).parents[2] / "districts" / "huaishang" / "procedures" / "payment-approval.yaml"
    base = file.read_text("utf-8")
    lines = [place for place, line in enumerate(base.splitlines()) if "discipline:" in line]
    dice = random.Random(20260901)
    for _ in range(100):
        chosen = dice.sample(lines, 4)
        mine, theirs = (_marked(base, chosen[:2], "甲改"), _marked(base, chosen[2:], "乙改"))
        merged = merge(base, mine, theirs)
        assert merged == _marked(mine, chosen[2:], "乙改")
        assert yaml.safe_load(merged)["procedure"] == "payment-approval"


def _marked(text: str, places: list[int], word: str) -> str:
    lines = text.splitlines(keepends=True)
    for place in places:
        lines[place] = lines[place].rstrip("\n") + word + "\n"
    return "".join(lines)
