"""`mingbai check`: every file of a district is sound, and every chart is proved lawful; says what was proved."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from mingbai.kernel import BadFile

if TYPE_CHECKING:
    from mingbai.procedures.rules.checks import Known
    from mingbai.procedures.rules.graph import Procedure


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
        said = "通过" if chart["proved"] else "不通过"
        print(f"{said}  {chart['title']}（{chart['id']} 第 {chart['version']} 版）")
        for one in chart["obligations"]:
            if one["held"]:
                print(
                    f"    证明了：{one['sentence']}（{'、'.join(article['text'] for article in one['articles'])}）"
                )
        for failure in chart["failures"]:
            print(f"    不合：{failure['text']}")
    if walked := report.get("crosswalks", {}).get("powers"):
        steps, roles = report["crosswalks"]["steps"], report["crosswalks"]["roles"]
        print(f"对照表：{walked} 项权力的 {steps} 个步骤、{roles} 种角色，在流程图上都有着落。")
    if notices := report.get("notices"):
        print(f"公示表：{notices} 个公示、公布环节的天数和该谁贴，都不少于 publicity.yaml。")
    if due := report.get("due"):
        print(f"公开义务表：{due} 条，都有办理的职务、依据和能算作公开的记录。")
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


@contextmanager
def _uncollected() -> Iterator[None]:
    """What a check makes has no circles; looking for them all the time doubles its cost on a large catalogue."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def check_files(files: Mapping[str, str]) -> dict[str, Any]:
    """As above, for files already read.

    Raises:
        BadFile: a file that cannot be read as what it should be.
    """
    from mingbai.catalogue.rules.folder import read_folder
    from mingbai.disclosure.rules.due_file import DUE, check_due
    from mingbai.disclosure.rules.profiles import load_profiles
    from mingbai.ledger.rules import read_chart
    from mingbai.ledger.rules.statements import check_layout, read_layout
    from mingbai.meetings.rules import read_bodies
    from mingbai.meetings.rules.competence import check_matters, read_matters
    from mingbai.organisations.rules import read_divisions, read_offices
    from mingbai.procedures.rules.checks import Known
    from mingbai.procedures.rules.compiler import compile_chart
    from mingbai.procedures.rules.crosswalk import check_crosswalks
    from mingbai.procedures.rules.publicity import check_publicity
    from mingbai.procedures.rules.spans import check_spans
    from mingbai.procedures.rules.text import charts_in
    from mingbai.relief.rules import check_exclusions, read_exclusions
    from mingbai.supervision.rules import load_rules

    catalogue = read_folder(files)
    bodies = read_bodies(files["meetings.yaml"])
    check_layout(read_layout(files["statements.yaml"]), read_chart(files["accounts.yaml"]))
    profiles = load_profiles(files["disclosure.yaml"])
    load_rules(files["risk_rules.yaml"])
    charts = charts_in(files)
    compiled = {id: compile_chart(chart, charts) for id, chart in charts.items()}
    natures = {chart.power: chart.nature for chart in compiled.values() if not chart.part}
    matters = read_matters(files["matters.yaml"], bodies={one.id for one in bodies})
    check_matters(matters, ((one.id, natures.get(one.id, "")) for one in catalogue.powers))
    check_exclusions(
        read_exclusions(files["exclusions.yaml"]),
        {one.power: frozenset(one.nodes) for one in compiled.values() if not one.part},
    )
    crosswalks = check_crosswalks(
        files, {one.id: compiled[one.procedure] for one in catalogue.powers if one.procedure is not None}
    )
    check_spans(files, catalogue.powers, compiled, catalogue.laws)
    notices = check_publicity(files, catalogue.publicity, charts, catalogue.parameters, catalogue.calendar)
    offices = read_offices(files["offices.yaml"], "offices.yaml").offices
    villages = {one.code for one in read_divisions(files["divisions.csv"], "divisions.csv")}
    named = {one.id for one in offices}
    due = check_due(files[DUE], offices=named, villages=villages, acts=profiles.acts) if DUE in files else 0
    known = Known(
        frozenset(catalogue.parameters),
        frozenset(one.id for one in bodies),
        {one.id: one.level for one in offices},
    )
    titles = {id: law.title for id, law in catalogue.laws.items()}
    entries = [_proved(chart, known, titles) for chart in compiled.values()]
    steps = [step for one in crosswalks.values() for step in one.steps]
    return {
        "ok": all(one["proved"] for one in entries),
        "seconds": round(sum(one["seconds"] for one in entries), 3),
        "crosswalks": {
            "powers": len(crosswalks),
            "steps": len(steps),
            "roles": len({step.role for step in steps}),
        },
        "notices": notices,
        "due": due,
        "charts": entries,
    }


def _proved(chart: Procedure, known: Known, titles: Mapping[str, str]) -> dict[str, Any]:
    """One chart: what it owes, under which articles, what holds, and the path of each failure."""
    from mingbai.procedures.rules.checks import check as prove

    begun = perf_counter()
    report = prove(chart, known)
    spent = perf_counter() - begun
    return {
        "id": chart.id,
        "title": chart.title,
        "version": chart.version,
        "proved": report.ok,
        "seconds": round(spent, 4),
        "sentences": list(report.proved),
        "obligations": [
            {
                "id": one.id,
                "sentence": one.sentence,
                "articles": [{**article.as_dict(), "text": article.text(titles)} for article in one.articles],
                "held": not one.failures,
            }
            for one in report.findings
        ],
        "failures": [
            {
                "obligation": finding.id,
                "sentence": one.sentence,
                "article": {**one.citation.as_dict(), "text": one.citation.text(titles)},
                "path": list(one.nodes),
                "titles": list(one.path),
                "text": one.text(titles),
            }
            for finding in report.findings
            for one in finding.failures
        ],
    }
