"""`mingbai check`: every file of a district is sound, and every chart is proved lawful; says what was proved."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mingbai.kernel import BadFile


def check(folder: Path, *, as_json: bool) -> int:
    """Exit status 0 when all files load and every chart passes; 1 with the reasons otherwise."""
    try:
        report = check_district(folder)
    except BadFile as bad:
        report = {
            "ok": False,
            "bad_file": {"file": bad.file, "line": bad.line, "reason": bad.reason},
            "charts": [],
        }
    print(json.dumps(report, ensure_ascii=False, indent=1)) if as_json else _tell(report)
    return 0 if report["ok"] else 1


def _tell(report: dict[str, Any]) -> None:
    if bad := report.get("bad_file"):
        print(f"{bad['file']} 第 {bad['line']} 行：{bad['reason']}", file=sys.stderr)
    for chart in report["charts"]:
        print(
            f"{'通过' if chart['ok'] else '不通过'}  {chart['title']}（{chart['id']} 第 {chart['version']} 版）"
        )
        for sentence in chart["proved"]:
            print(f"    证明了：{sentence}")
        for failure in chart["failures"]:
            print(f"    不合：{failure}")
    if walked := report.get("crosswalks", {}).get("powers"):
        steps, roles = report["crosswalks"]["steps"], report["crosswalks"]["roles"]
        print(f"对照表：{walked} 项权力的 {steps} 个步骤、{roles} 种角色，在流程图上都有着落。")
    print("区县数据和流程图都合格。" if report["ok"] else "有不合格的，改好再用。")


def check_district(folder: Path) -> dict[str, Any]:
    """The report of a whole district folder.

    Raises:
        BadFile: a file that cannot be read as what it should be.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")
    import django

    django.setup()
    from mingbai.catalogue.queries import read_district

    return check_files(read_district(folder))


def check_files(files: Mapping[str, str]) -> dict[str, Any]:
    """As above, for files already read.

    Raises:
        BadFile: a file that cannot be read as what it should be.
    """
    from mingbai.catalogue.rules.folder import read_folder
    from mingbai.ledger.rules import read_chart
    from mingbai.meetings.rules import read_bodies
    from mingbai.procedures.rules.checks import check as prove
    from mingbai.procedures.rules.compiler import compile_chart
    from mingbai.procedures.rules.crosswalk import check_crosswalks
    from mingbai.procedures.rules.text import charts_in

    powers = read_folder(files).powers
    read_bodies(files["meetings.yaml"])
    read_chart(files["accounts.yaml"])
    charts = charts_in(files)
    compiled = {id: compile_chart(chart, charts) for id, chart in charts.items()}
    crosswalks = check_crosswalks(
        files, {one.id: compiled[one.procedure] for one in powers if one.procedure is not None}
    )
    reports = [(chart, prove(compiled[id])) for id, chart in charts.items()]
    steps = [step for one in crosswalks.values() for step in one.steps]
    return {
        "ok": all(report.ok for _, report in reports),
        "crosswalks": {
            "powers": len(crosswalks),
            "steps": len(steps),
            "roles": len({step.role for step in steps}),
        },
        "charts": [
            {
                "id": chart.procedure,
                "title": chart.title,
                "version": chart.version,
                "ok": report.ok,
                "proved": list(report.proved),
                "failures": [str(failure) for failure in report.failures],
            }
            for chart, report in reports
        ],
    }
