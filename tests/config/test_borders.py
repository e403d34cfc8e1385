"""The import contracts hold, and a planted violation of each kind is caught (feature: the house, section 2)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.once

VIOLATIONS = {
    "upwards": ("journal/queries.py", "import mingbai.cases.rules", "Imports between packages"),
    "sideways": ("meetings/queries/__init__.py", "import mingbai.ledger.queries", "Imports between packages"),
    "order inside": ("cases/queries/__init__.py", "import mingbai.cases.services", "Inside a package"),
    "impure rule": ("meetings/rules/__init__.py", "import django", "know no Django"),
    "past the door": ("portal/views.py", "import mingbai.cases.queries", "only what was disclosed"),
    "a press that reads": ("printing/press.py", "import mingbai.catalogue.queries", "The press knows"),
    "printing from below": (
        "cases/queries/__init__.py",
        "import mingbai.printing.press",
        "Imports between packages",
    ),
    "relief beside the ledger": (
        "relief/queries/__init__.py",
        "import mingbai.ledger.queries",
        "Imports between packages",
    ),
    "relief seen in public": ("portal/views.py", "import mingbai.relief.queries", "only what was disclosed"),
    "foreign table": ("desk/opening.py", "import mingbai.cases.models", "tables of cases"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", VIOLATIONS)
def test_a_planted_violation_is_caught(copy: Path, kind: str) -> None:
    file, line, contract = VIOLATIONS[kind]
    planted = copy / "src" / "mingbai" / file
    assert planted.exists()
    planted.write_text(planted.read_text("utf-8") + f"\n{line}\n", "utf-8")
    result = lint(copy)
    assert result.returncode != 0
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(contract in row for row in broken), result.stdout
