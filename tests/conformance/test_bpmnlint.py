"""Every exported chart passes the recommended rules of bpmnlint, and what bpmn.io's library saves again is the same chart."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from mingbai.catalogue.queries import read_district
from mingbai.procedures.rules.bpmn import from_bpmn
from mingbai.procedures.rules.text import charts_in

pytestmark = pytest.mark.once
HERE = Path(__file__).parent
CHARTS = charts_in(read_district(HERE.parents[1] / "districts" / "huaishang"))


def look(packages: Path, *files: Path) -> list[dict]:
    """What bpmn-moddle and bpmnlint say of each file."""
    command = ["node", str(HERE / "look.mjs"), str(packages), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout).values())


@pytest.fixture(scope="module")
def seen(node_packages, bpmn_files) -> dict[str, dict]:
    """Every chart as Node saw it."""
    return dict(zip(bpmn_files, look(node_packages, *bpmn_files.values()), strict=True))


def test_every_chart_is_read_without_a_warning_and_passes_the_recommended_rules(seen):
    assert len(seen) >= 20
    assert {
        id: one["warnings"] + one["findings"]
        for id, one in seen.items()
        if one["warnings"] or one["findings"]
    } == {}


def test_a_chart_saved_by_another_program_is_still_the_same_chart(seen):
    for id, one in seen.items():
        found = from_bpmn(one["saved"].encode(), f"{id}.bpmn")
        assert found[0].procedure == id
        assert all(chart.model_dump() == CHARTS[chart.procedure].model_dump() for chart in found)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (' name="开始"', "", "label-required"),
        ('<bpmn:exclusiveGateway id="dibao.merge-apply"', '<bpmn:inclusiveGateway id="dibao.merge-apply"', "no-inclusive-gateway"),
        ('<bpmndi:BPMNShape id="dibao.archive-shape" bpmnElement="dibao.archive"', '<bpmndi:BPMNShape id="dibao.archive-shape" bpmnElement="dibao.x"', "no-bpmndi"),
    ],
)  # fmt: skip
def test_the_linter_does_look(node_packages, bpmn_files, tmp_path, old, new, rule):
    text = bpmn_files["dibao"].read_text()
    assert old in text
    spoiled = tmp_path / "spoiled.bpmn"
    text = text.replace(old, new, 1)
    if "inclusive" in new:
        head, _, tail = text.partition(new)
        text = head + new + tail.replace("</bpmn:exclusiveGateway>", "</bpmn:inclusiveGateway>", 1)
    spoiled.write_text(text)
    assert any(one.startswith(rule) for one in look(node_packages, spoiled)[0]["findings"])
