"""`mingbai mutants`: every chart of a district damaged in every way; the proof must refuse whatever is unlawful."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingbai.procedures.rules.graph import Procedure
    from mingbai.procedures.rules.mutants import Trial


def mutants(folder: Path, *, as_json: bool) -> int:
    """Exit status 0 when every unlawful mutant is refused, 1 when one survives or a chart itself is not lawful.

    Raises:
        BadFile: a chart that cannot be read.
    """
    charts = _charts(folder)
    entries = []
    for place, chart in enumerate(charts, 1):
        entries.append(_tried(chart))
        if not as_json:
            _tell(entries[-1], place, len(charts))
    total = _summed(entries)
    if as_json:
        print(json.dumps(total, ensure_ascii=False, indent=1))
    else:
        print(
            f"共造 {total['made']} 个，违法的 {total['unlawful']} 个，证出来 {total['killed']} 个，"
            f"漏掉 {len(total['survivors'])} 个；用时 {total['seconds']:.1f} 秒。"
        )
    return 0 if total["ok"] else 1


def _charts(folder: Path) -> list[Procedure]:
    """All charts that run by themselves; those that others call are damaged inside their callers."""
    from mingbai.procedures.rules.compiler import compile_chart
    from mingbai.procedures.rules.text import charts_in

    files = {
        f"procedures/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((folder / "procedures").glob("*.yaml"))
    }
    charts = charts_in(files)
    return [compile_chart(one, charts) for one in charts.values() if not one.part]


def _tried(chart: Procedure) -> dict[str, Any]:
    from mingbai.procedures.rules.checks import first_failure
    from mingbai.procedures.rules.mutants import trial

    begun = perf_counter()
    sound = first_failure(chart) is None
    tried = trial(chart)
    return {
        "id": chart.id,
        "title": chart.title,
        "proved": sound,
        "made": tried.made,
        "unlawful": tried.unlawful,
        "killed": len(tried.killed),
        "survivors": [{"name": one.name, "breaks": one.article} for one in tried.survivors],
        "harmless": [{"name": one.name, "why": one.harmless} for one in tried.harmless],
        "strict": [{"name": one.name, "refused_by": rule} for one, rule in tried.strict],
        "operators": _operators(tried),
        "seconds": round(perf_counter() - begun, 2),
    }


def _operators(tried: Trial) -> dict[str, dict[str, int]]:
    """By kind of damage: unlawful ones made, and killed."""
    found: dict[str, dict[str, int]] = {}
    dead = [one for one, _ in tried.killed]
    for one in (*dead, *tried.survivors):
        found.setdefault(one.operator, {"unlawful": 0, "killed": 0})["unlawful"] += 1
    for one in dead:
        found[one.operator]["killed"] += 1
    return found


def _summed(entries: list[dict[str, Any]]) -> dict[str, Any]:
    survivors = [f"{one['id']} {each['name']}" for one in entries for each in one["survivors"]]
    return {
        "ok": bool(entries) and not survivors and all(one["proved"] for one in entries),
        **{key: sum(one[key] for one in entries) for key in ("made", "unlawful", "killed")},
        "survivors": survivors,
        "seconds": round(sum(one["seconds"] for one in entries), 2),
        "charts": entries,
    }


def _tell(entry: dict[str, Any], place: int, of: int) -> None:
    print(
        f"[{place}/{of}] {entry['title']}（{entry['id']}）：违法的 {entry['unlawful']} 个，"
        f"证出来 {entry['killed']} 个；合法的 {entry['made'] - entry['unlawful']} 个"
    )
    if not entry["proved"]:
        print("    流程图本身就不合格，先改好：mingbai check", file=sys.stderr)
    for one in entry["survivors"]:
        print(f"    漏掉：{one['name']}（{one['breaks']}）", file=sys.stderr)
    sys.stdout.flush()
