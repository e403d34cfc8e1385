"""`mingbai up`, `work`, `notice`: the site, the worker beside it, one printed notice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from mingbai.config.environment import read_instance
from mingbai.kernel import Refused

HOUR = 3600
SOON = 30
"""Seconds: opening the site comes first."""


def open_data(folder: Path) -> None:
    """Point Django at a data directory and start it. The database's shape is brought up to date first.

    Raises:
        Refused: there are no data yet.
    """
    if not read_instance(folder).get("ready"):
        raise Refused(f"{folder} 里还没有数据", remedy=f"先运行 mingbai init --data {folder}")
    point_at(folder)
    _bring_up_to_date()


def point_at(folder: Path) -> None:
    """Point Django at a data directory, empty or not, and start it."""
    os.environ["MINGBAI_DATA"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")
    import django

    django.setup()


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("数据库比程序旧，先升级 …", flush=True)
        call_command("migrate", verbosity=0)


def put_static_files() -> None:
    """Put style sheets, scripts and pictures where they are served from, under names that tell their content."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def up(folder: Path, *, host: str, port: int, demo: bool, villages: int = 12, months: int = 3) -> int:
    """Serve the site and run the worker until interrupted; an empty directory gets a demo of so many villages first.

    Raises:
        Refused: the port is taken, or the directory is empty and no demo was asked for.
    """
    _refuse_taken_port(host, port)
    if not read_instance(folder).get("ready"):
        _prepare(folder, demo, villages, months)
    else:
        open_data(folder)
    put_static_files()
    # From here on a polite stop ends the server and the worker too, also while they are still starting.
    signal.signal(signal.SIGTERM, _interrupt)
    environment = {**os.environ, "MINGBAI_DATA": str(folder.resolve())}
    environment.setdefault("MINGBAI_BASE_URL", f"http://{host}:{port}")
    processes = [_start_worker(environment), _start_server(environment, host, port)]
    try:
        _announce(folder, host, port)
        return _wait(processes)
    finally:
        _stop(processes)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"打不开 {host} 的 {port} 端口，多半已经有程序在用", remedy="换一个，比如 make run PORT=8001"
            ) from error


def _prepare(folder: Path, demo: bool, villages: int, months: int) -> None:
    if not demo:
        raise Refused(
            f"{folder} 里还没有数据", remedy=f"先运行 mingbai init --data {folder}，或者加上 --demo"
        )
    from mingbai.config.command_line import default_district
    from mingbai.config.installing import make_demo

    make_demo(folder, default_district(), villages=villages, months=months, seed=20260901)


def _start_worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mingbai.config.cli", "work", "--data", environment["MINGBAI_DATA"]]
    return subprocess.Popen(command, env=environment)  # noqa: S603 - our own program


def _start_server(environment: dict[str, str], host: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "1", "--log-level", "warning"]
    command += ["mingbai.config.wsgi:application"]
    return subprocess.Popen(command, env=environment)  # noqa: S603 - our own program


def _announce(folder: Path, host: str, port: int) -> None:
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"  # noqa: S104 - what was asked for
    for _ in range(200):
        try:
            urllib.request.urlopen(address + "healthz", timeout=1)  # noqa: S310 - our own address
            break
        except OSError:
            time.sleep(0.05)
    print(f"\n明白已打开：{address}")
    for line in read_instance(folder).get("sign_ins", []):
        print("  " + line)
    print("停下来请按 Ctrl+C。", flush=True)


def _wait(processes: list[subprocess.Popen[bytes]]) -> int:
    while all(process.poll() is None for process in processes):
        time.sleep(0.2)
    print("网站或后台自己停了，原因在上面。", file=sys.stderr)
    return 1


def _interrupt(*_said: object) -> None:
    raise KeyboardInterrupt


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def work(folder: Path, *, once: bool) -> int:
    """Run the followers: once, or for ever."""
    open_data(folder)
    from mingbai.config import clock
    from mingbai.worker import run_forever, run_once

    if once:
        print(run_once(clock.now()))
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    audits = _Hourly([sys.executable, "-m", "mingbai.config.cli", "audit", "--data", str(folder)])
    run_forever(clock.now, interval=0.5, going_on=audits.keep_going)
    return 0


class _Hourly:
    """Starts a command soon and then every hour, beside the worker, so that publishing never waits for it."""

    def __init__(self, command: list[str]) -> None:
        self._command, self._due, self._running = command, time.monotonic() + SOON, None

    def keep_going(self) -> bool:
        """Start what is due; always true, the loop ends by a signal."""
        idle = self._running is None or self._running.poll() is not None
        if idle and time.monotonic() >= self._due:
            self._due = time.monotonic() + HOUR
            self._running = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        return True


def write_notice(folder: Path, case: str, output: Path) -> int:
    """Print the A4 notice of a case into a PDF file."""
    open_data(folder)
    from django.conf import settings

    from mingbai.boards.notice import make_notice

    output.write_bytes(make_notice(case, base_url=settings.MINGBAI_BASE_URL, demo=settings.MINGBAI_DEMO))
    print(f"印好了：{output}")
    return 0
