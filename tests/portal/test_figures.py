"""Figures from numbers: day cells, digits, the balance line; and the colours' contrast."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from mingbai.kernel import Money
from mingbai.portal import figures
from mingbai.portal.pages import reading

CSS = Path(__file__).parents[2] / "src" / "mingbai" / "portal" / "static" / "mingbai" / "mingbai.css"


@pytest.mark.parametrize(
    "today, states, left",
    [
        (date(2026, 11, 20), ["open", "open", "open"], 3),
        (date(2026, 11, 21), ["today", "open", "open"], 3),
        (date(2026, 11, 23), ["gone", "gone", "today"], 1),
        (date(2026, 11, 24), ["gone", "gone", "gone"], 0),
    ],
)
def test_a_box_a_day_and_today_counts_as_left(today, states, left):
    found = figures.period(date(2026, 11, 20), date(2026, 11, 23), today)
    assert [cell.state for cell in found.cells] == states
    assert (found.left, found.days) == (left, 3)


def test_a_long_notice_folds_but_keeps_today_and_the_last_day():
    found = figures.period(date(2026, 11, 1), date(2026, 12, 1), date(2026, 11, 15))
    texts = [cell.text for cell in found.cells]
    assert len(texts) <= figures.MOST_CELLS and texts[0] == "…" and texts[-1] == "1" and "15" in texts


def test_digits_stand_under_their_places():
    cells = figures.digits(Money(21034312))
    assert "".join(cell.digit for cell in cells) == "21034312"
    assert [cell.place for cell in cells] == ["十万", "万", "千", "百", "十", "元", "角", "分"]
    assert figures.digits(Money(-5))[0].digit == "−"


def test_the_balance_line_steps_and_names_the_big_movements():
    moves = [figures.Movement(8, 300_00, 200_00, "承包费"), figures.Movement(19, 100_00, -200_00, "首付款")]
    drawn = figures.balance_line(Money(100_00), moves, 31)
    assert drawn is not None and drawn.line.count("V") == 2
    assert {label.text for label in drawn.named} == {"承包费 +200", "首付款 −200"}
    assert figures.balance_line(Money(0), [], 31) is None


def test_a_missing_number_is_named():
    assert reading.numbering(["2026-09-记-1", "2026-09-记-2"]) == ("记-1", "记-2", ())
    assert reading.numbering(["2026-09-记-1", "2026-09-记-4"]) == ("记-1", "记-4", ("记-2", "记-3"))
    assert reading.numbering([]) is None


def _luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(a, b):
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    "text, grounds",
    [
        ("ink", ["paper", "sheet", "wash"]),
        ("ink-2", ["paper", "sheet", "wash"]),
        ("blue", ["paper", "sheet", "blue-ground"]),
        ("red", ["paper", "sheet", "red-ground"]),
        ("ochre", ["paper", "ochre-ground", "sheet"]),
        ("on-blue", ["blue"]),
        ("on-red", ["red"]),
    ],
)
def test_every_text_colour_can_be_read_on_its_grounds(scheme, text, grounds):
    blocks = re.findall(r":root \{(.*?)\}", CSS.read_text("utf-8"), re.DOTALL)
    tokens = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", blocks[scheme]))
    for ground in grounds:
        assert _contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)


def test_labels_of_close_movements_do_not_run_into_each_other():
    moves = [figures.Movement(21, 37_000_00, 5_200_00, "鱼塘承包金"), figures.Movement(23, 33_482_000, -36_800_00, "村西排水沟整修"),
             figures.Movement(29, 33_096_000, -3_860_00, "防汛沙袋采购")]  # fmt: skip
    drawn = figures.balance_line(Money(36_642_000), moves, 31)
    assert drawn is not None
    ends = [(one.x - 160, one.x) if one.anchor == "end" else (one.x, one.x + 160) for one in drawn.named]
    for n, one in enumerate(drawn.named):
        for m, other in enumerate(drawn.named[:n]):
            apart = ends[n][0] >= ends[m][1] or ends[m][0] >= ends[n][1]
            assert apart or abs(one.y - other.y) >= 20, (one.text, other.text)
