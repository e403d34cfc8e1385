"""What the checks of BPMN share: every chart as a file, and the packages of Node that look at them."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from mingbai.catalogue.queries import read_district
from mingbai.procedures.interchange import exporter
from mingbai.procedures.rules.text import charts_in

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="session")
def bpmn_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every chart of the district, exported, by its id."""
    files = read_district(ROOT / "districts" / "huaishang")
    export = exporter(files, date(2026, 11, 1))
    folder = tmp_path_factory.mktemp("bpmn")
    found = {id: folder / f"{id}.bpmn" for id in charts_in(files)}
    for id, file in found.items():
        file.write_bytes(export(id))
    return found


@pytest.fixture(scope="session")
def node_packages() -> Path:
    """A folder with the packages of package-lock.json, installed once for each lock file."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip(
            "SKIPPED LOUDLY: no Node here, so no bpmnlint and no bpmn-js. On Debian: apt-get install nodejs npm"
        )
    lock = (HERE / "package-lock.json").read_bytes()
    folder = ROOT / ".build" / f"conformance-{hashlib.sha256(lock).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            _install(folder)
    return folder


def _install(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        pytest.skip(
            f"SKIPPED LOUDLY: npm could not install bpmnlint and bpmn-js: {done.stderr.strip()[:300]}"
        )
    (folder / "ready").touch()
