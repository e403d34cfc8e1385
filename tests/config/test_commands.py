"""The commands as a person types them, each in a process of its own, on one small demo."""

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

pytestmark = [pytest.mark.once, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
DISTRICT = str(ROOT / "districts" / "huaishang")


def environment() -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("MINGBAI", "DJANGO", "DATABASE"))
    }
    return {**kept, "PYTHONPATH": str(ROOT / "src")}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mingbai.config.cli", *arguments]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), env=environment(), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
    )  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make run` does on a fresh machine, in small: an empty folder, one command, a site with a demo."""
    folder, port = tmp_path_factory.mktemp("demo") / "data", free_port()
    said = opened(folder, port, "--villages", "1", "--months", "1")
    assert "演示数据做好了" in said and "演示账号" in said
    return folder


def opened(folder: Path, port: int, *more: str) -> str:
    """Open the site, see that it answers, close it; what it said."""
    server = serve(folder, port, *more)
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        time.sleep(2)  # The site answers a moment before it says so.
    finally:
        said = closed(server)
    return said


def serve(folder: Path, port: int, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("up", "--demo", "--data", str(folder), "--port", str(port), *more),
        env=environment(), stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def closed(server: subprocess.Popen[str]) -> str:
    os.killpg(server.pid, signal.SIGTERM)
    return str(server.communicate(timeout=30)[0])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(demo: Path) -> Iterator[str]:
    """The site opened again over data that are there: nothing is made anew."""
    port = free_port()
    server = serve(demo, port)
    try:
        yield wait_for(f"http://127.0.0.1:{port}/", server)
    finally:
        said = closed(server)
        assert "演示账号" in said and "先做演示数据" not in said


def wait_for(address: str, server: subprocess.Popen[str]) -> str:
    for _ in range(900):
        try:
            urllib.request.urlopen(address + "healthz", timeout=2)
            return address
        except OSError:
            assert server.poll() is None
            time.sleep(0.1)
    raise AssertionError("the site did not open")


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def test_the_site_shows_the_demo_and_a_stranger_verifies_it(site: str) -> None:
    home = read(site)
    assert "淮上区" in home and "演示" in home
    village = re.search(r'href="(/v/\d{12}/)"', read(site + "powers/") + home)
    assert village is not None
    checked = run("verify", site)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "没有改过" in checked.stdout


def test_a_taken_port_is_a_plain_sentence(site: str, demo: Path) -> None:
    port = site.rstrip("/").rsplit(":", 1)[1]
    refused = run("up", "--data", str(demo), "--port", port)
    assert refused.returncode == 1
    assert f"{port} 端口" in refused.stderr and "Traceback" not in refused.stderr


def test_the_records_agree_with_themselves(demo: Path) -> None:
    audited = run("audit", "--data", str(demo))
    assert audited.returncode == 0, audited.stdout + audited.stderr
    assert "都对得上" in audited.stdout


@pytest.mark.parametrize("name", ["up", "work", "audit"])
def test_a_folder_without_data_is_a_plain_sentence(name: str, tmp_path: Path) -> None:
    refused = run(name, "--data", str(tmp_path / "nothing"))
    assert refused.returncode == 1
    assert "还没有数据" in refused.stderr and "Traceback" not in refused.stderr


def test_a_new_installation_has_no_account_and_no_sign_in(tmp_path: Path) -> None:
    made = run("init", "--data", str(tmp_path / "data"), "--district", DISTRICT)
    assert made.returncode == 0, made.stderr
    assert "还没有设三员" in made.stdout and "口令" not in made.stdout
    again = run("init", "--data", str(tmp_path / "data"), "--district", DISTRICT)
    assert again.returncode == 1 and "不会再装一遍" in again.stderr


def test_check_says_what_it_proved() -> None:
    proved = run("check", "--district", DISTRICT)
    assert proved.returncode == 0, proved.stdout + proved.stderr
    assert "证明" in proved.stdout
