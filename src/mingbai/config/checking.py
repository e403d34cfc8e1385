"""`mingbai check`: every file of a district is sound, and every chart is proved lawful; says what was proved."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from mingbai.kernel import BadFile


def check(folder: Path, *, as_json: bool) -> int:
    """Exit status 0 when all files load and every chart passes; 1 with the reasons otherwise."""
    try:
        report = check_district(folder)
    except BadFile as bad:
        report = {"ok": False, "bad_file": {"file": bad.file, "line": bad.line, "reason": bad.reason}, "charts": []}
    print(json.dumps(report, ensure_ascii=False, indent=1)) if as_json else _tell(report)
    return 0 if report["ok"] else 1


def _tell(report: dict[str, Any]) -> None:
    if bad := report.get("bad_file"):
        print(f"{bad['file']} 第 {bad['line']} 行：{bad['reason']}", file=sys.stderr)
    for chart in report["charts"]:
        print(f"{'通过' if chart['ok'] else '不通过'}  {chart['title']}（{chart['id']} 第 {chart['version']} 版）")
        for sentence in chart["proved"]:
            print(f"    证明了：{sentence}")
        for failure in chart["failures"]:
            print(f"    不合：{failure}")
    print("区县数据和流程图都合格。" if report["ok"] else "有不合格的，改好再用。")
