"""Comparing list, duty table, charts and the notice's annexes: lint."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from mingbai.config.command_line import CommandLine

if TYPE_CHECKING:
    from mingbai.catalogue.rules.linter import Finding


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    line.add("lint", _lint, "清单体检：附件、清单、责任表、流程图对不对得上", line.district).add_argument(
        "--json", action="store_true"
    )


def _lint(options: argparse.Namespace) -> int:
    """Exit status 0 when the comparison was made, whatever it found: findings are for departments to decide."""
    findings = lint_district(Path(options.district))
    print(json.dumps(_as_json(findings), ensure_ascii=False, indent=1)) if options.json else _tell(findings)
    return 0


def lint_district(folder: Path) -> tuple[Finding, ...]:
    """Everything in a district folder that does not agree.

    Raises:
        BadFile: a file that cannot be read as what it should be.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")
    import django

    django.setup()
    from mingbai.catalogue.queries import read_district
    from mingbai.catalogue.rules import read_folder
    from mingbai.catalogue.rules.linter import lint
    from mingbai.procedures.rules.sides import chart_sides
    from mingbai.procedures.rules.text import charts_in

    files = read_district(folder)
    return lint(read_folder(files), chart_sides(charts_in(files)))


def _as_json(findings: Sequence[Finding]) -> Mapping[str, object]:
    kinds: dict[str, int] = {}
    for one in findings:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    return {"agrees": not findings, "count": len(findings), "kinds": kinds,
            "findings": [one.as_dict() for one in findings]}  # fmt: skip


def _tell(findings: Sequence[Finding]) -> None:
    for title, group in groupby(sorted(findings, key=lambda one: one.kind), key=lambda one: one.title):
        print(title)
        for one in group:
            print(f"  {one.sentence}\n      要定：{one.decide}{f'（{one.who}）' if one.who else ''}")
    print(f"有 {len(findings)} 处对不上，请主管部门定。" if findings else "都对得上。")
