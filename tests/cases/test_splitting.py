"""Buying in pieces: what counts together, and from where on a heavier way is demanded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from mingbai.cases.rules.splitting import Request, count_together, refuse_splitting
from mingbai.kernel import Refused

pytestmark = pytest.mark.once
TABLE = yaml.safe_load((Path(__file__).parent / "splitting.yaml").read_text(encoding="utf-8"))
LIMITS = {"procurement_direct_max": 500_000, "procurement_quote_max": 5_000_000}
WORDS = {"lighting": ("路灯", "照明")}
TODAY = date(2026, 10, 9)


def fen(yuan: float) -> int:
    return round(yuan * 100)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_what_counts_together(row):
    now = Request("5", "村口太阳能路灯安装", "works", fen(row["amount"]), TODAY, row.get("supplier", ""))
    earlier = [
        Request(f"{n}", one["title"], one.get("kind", "works"), fen(one["amount"]), one["day"], one.get("supplier", ""))
        for n, one in enumerate(row["earlier"])
    ]  # fmt: skip
    together = count_together(now, earlier, LIMITS, WORDS)
    assert (together.total, together.way) == (fen(row["total"]), row["way"])
    try:
        refuse_splitting(together, row.get("chosen", ""), LIMITS)
        assert not row["refused"]
    except Refused as refused:
        assert row["refused"]
        assert together.earlier[0].title in refused.reason and "_max" in refused.reason
        assert refused.basis is not None and refused.basis.article == "第4条"


def test_how_far_to_the_next_limit():
    together = count_together(Request("1", "路灯", "works", 450_000, TODAY), (), LIMITS, WORDS)
    assert (together.next_limit, together.to_go) == (("procurement_direct_max", 500_000), 50_000)
    above = count_together(Request("1", "路灯", "works", 5_000_001, TODAY), (), LIMITS, WORDS)
    assert above.next_limit is None and above.to_go is None
