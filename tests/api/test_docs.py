"""What the page on the API shows is run as it stands, against the demonstration data and a server of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingbai.api.bulk import describing, lists
from mingbai.api.bulk.tables import BY_YEAR

ROOT = Path(__file__).parents[2]
SHOWN_BASE = "http://127.0.0.1:8000"
PATIENCE = 120
pytestmark = pytest.mark.once


def examples() -> list[tuple[str, str]]:
    """The language and text of every example of the page, in order."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / "docs" / "api.md").read_text("utf-8"), re.M | re.S)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a server of a small demonstration, and the environment in which its examples run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "mingbai").write_text(f'#!/bin/sh\nexec {sys.executable} -m mingbai.config.cli "$@"\n')
    (commands / "mingbai").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MINGBAI_", "DJANGO_"))}
    path = f"{commands}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = kept | {
        "MINGBAI_DATA": str(tmp_path / "data"),
        "PYTHONPATH": str(ROOT / "src"),
        "PATH": path,
    }
    demo = ["mingbai", "demo", "--villages", "1", "--months", "1"]
    subprocess.run(demo, check=True, env=environment, cwd=ROOT, capture_output=True, timeout=PATIENCE)
    server = subprocess.Popen(
        ["mingbai", "up", "--port", str(port)], env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(f"{base}/healthz")
        yield base, environment
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=PATIENCE)


def _wait(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


@pytest.mark.slow
def test_every_example_runs(served: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    base, environment = served
    run = 0
    for language, text in examples():
        command = ["bash", "-euo", "pipefail", "-c"] if language == "sh" else [sys.executable, "-c"]
        done = subprocess.run(
            [*command, text.replace(SHOWN_BASE, base)], env=environment, cwd=tmp_path, capture_output=True,
            text=True, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, f"{text}\n{done.stdout[-500:]}\n{done.stderr[-2000:]}"
        run += 1
    assert run >= 10


def test_every_example_is_of_a_language_that_is_run() -> None:
    assert {language for language, _text in examples()} == {"sh", "python"}


def test_the_dictionary_is_the_programs_own() -> None:
    page = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    assert page.endswith(describing.dictionary((*lists.WHOLE, *BY_YEAR)))


def test_the_page_names_every_endpoint() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    words = (
        "powers",
        "editions",
        "villages",
        "publications",
        "changes",
        "proofs",
        "money",
        "contracts",
        "objects",
    )
    assert all(
        word in page for word in (*words, "meetings", "cases", "notices", "ocds", "records", "releases")
    )
