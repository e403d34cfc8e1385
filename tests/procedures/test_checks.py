"""The district's charts are proved lawful; damaged ones are caught, with the path that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mingbai.kernel import BadFile
from mingbai.procedures.rules.checks import check
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.graph import Exit, Node, Procedure
from mingbai.procedures.rules.text import charts_in

pytestmark = pytest.mark.once
FOLDER = Path(__file__).resolve().parents[2] / "districts" / "huaishang" / "procedures"
FILES = {f"procedures/{file.name}": file.read_text("utf-8") for file in sorted(FOLDER.glob("*.yaml"))}


@pytest.fixture(scope="module")
def works() -> Procedure:
    charts = charts_in(FILES)
    return compile_chart(charts["small-works"], charts)


@pytest.mark.parametrize("id", [Path(name).stem for name in FILES])
def test_every_chart_of_the_district_is_proved(id: str) -> None:
    charts = charts_in(FILES)
    report = check(compile_chart(charts[id], charts))
    assert report.ok, [str(failure) for failure in report.failures]
    assert len(report.proved) >= 10


def changed(chart: Procedure, id: str, **to: object) -> Procedure:
    return replace(chart, nodes={**chart.nodes, id: replace(chart.nodes[id], **to)})  # type: ignore[arg-type]


def led(chart: Procedure, id: str, to: str) -> Procedure:
    return changed(chart, id, exits=(Exit(to),))


def named(chart: Procedure, name: str) -> Node:
    return next(node for node in chart.nodes.values() if node.id.rsplit("__", 1)[-1] == name)


DAMAGE: dict[str, tuple[str, Callable[[Procedure], Procedure]]] = {
    "a contract without a decision": ("decision", lambda c: led(c, "request", "contract")),
    "payment straight after the request": ("decision", lambda c: led(c, "request", "pay")),
    "no publicity of the award": ("award", lambda c: led(c, "quote", "contract")),
    "no result published after payment": ("result", lambda c: led(c, "pay", "archive")),
    "an award notice of one day": (
        "notice",
        lambda c: changed(c, "award_publicity", limit=replace(c.nodes["award_publicity"].limit, value=1)),
    ),
    "a result notice of a week": (
        "notice",
        lambda c: changed(c, "publish_result", limit=replace(c.nodes["publish_result"].limit, value=7)),
    ),
    "a step without an office": ("complete", lambda c: changed(c, "accept", offices=())),
    "a step without a limit": ("complete", lambda c: changed(c, "contract", limit=None)),
    "a step without papers": ("complete", lambda c: changed(c, "accept", papers=())),
    "a step without discipline": ("complete", lambda c: changed(c, "quote", discipline="")),
    "a dead end": ("end", lambda c: changed(c, "archive", exits=())),
    "a circle without a way out": ("end", lambda c: led(c, "archive", "archive")),
    "the requester pays": (
        "hands",
        lambda c: changed(c, "pay", offices=c.nodes["request"].offices, separate_from=()),
    ),
    "the requester accepts": (
        "hands",
        lambda c: changed(c, "accept", offices=c.nodes["request"].offices, separate_from=()),
    ),
    "the villagers are skipped": (
        "decision",
        lambda c: led(c, named(c, "party_propose").id, "contract"),
    ),
    "the party members' assembly is skipped": (
        "order",
        lambda c: led(c, named(c, "two_committees").id, named(c, "villager_vote").id),
    ),
    "one of the five disclosures is missing": ("five", lambda c: replace(c, disclosures=("list", "rules"))),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_chart_is_caught(works: Procedure, what: str) -> None:
    rule, damage = DAMAGE[what]
    report = check(damage(works))
    assert not report.ok
    assert rule in {failure.rule for failure in report.failures}, [str(one) for one in report.failures]
    assert all(failure.citation for failure in report.failures)


BAD_TEXT = {
    "an unknown next node": ("next: archive", "next: nowhere", "nowhere"),
    "a duplicate": ("- id: archive", "- id: accept", "accept"),
    "Python in a condition": (
        "request.project_kind == 'works'",
        "().__class__.__bases__",
        "",
    ),
    "a call in a condition": ("request.project_kind == 'works'", "open('x')", ""),
    "an unknown field in a condition": ("request.project_kind", "request.nothing", "nothing"),
    "an unknown key": ("kind: payment", "kind: payment\n    script: x", "script"),
}


@pytest.mark.parametrize("what", BAD_TEXT)
def test_a_bad_chart_is_refused_naming_file_and_line(what: str) -> None:
    old, new, said = BAD_TEXT[what]
    text = FILES["procedures/small-works.yaml"]
    assert old in text
    files = {**FILES, "procedures/small-works.yaml": text.replace(old, new)}
    with pytest.raises(BadFile) as refused:
        charts = charts_in(files)
        compile_chart(charts["small-works"], charts)
    assert refused.value.file == "procedures/small-works.yaml"
    assert refused.value.line >= 1
    assert said in refused.value.reason
