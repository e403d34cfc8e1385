"""`mingbai init` and `mingbai demo`: a data directory is made whole, or not at all."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mingbai.config.environment import read_instance, write_instance
from mingbai.config.serving import point_at
from mingbai.kernel import Refused

ADMINISTRATORS = (("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计管理员"))
Tell = Callable[[str], None]


def init(folder: Path, district: Path) -> int:
    """Make a data directory with the district in it; ask for the three administrators. Creates no other account.

    Raises:
        Refused: the directory already holds data. BadFile: a file of the district is bad; nothing is kept.
    """
    _refuse_used(folder)
    at = datetime.now(UTC)
    write_instance(folder, district=str(district))
    point_at(folder)
    load_district(district, at, print)
    _ask_administrators(at)
    write_instance(folder, ready=True)
    print(f"装好了：{folder}。打开网站请运行 mingbai up --data {folder}")
    return 0


def _refuse_used(folder: Path) -> None:
    if read_instance(folder).get("ready"):
        raise Refused(f"{folder} 已经装好了，不会再装一遍", remedy="换一个目录，或者直接 mingbai up")


def load_district(district: Path, at: datetime, tell: Tell) -> None:
    """Database tables, divisions, offices, the first edition of the list, the log's key."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    from mingbai.catalogue import queries as catalogue
    from mingbai.catalogue import services as editions
    from mingbai.config.checking import check_files
    from mingbai.config.clock import legal_day
    from mingbai.organisations import services as organisations
    from mingbai.translog import services as translog

    tell("  建库 …")
    call_command("migrate", verbosity=0)
    tell("  读区县数据，逐个文件检查 …")
    files = catalogue.read_district(district)
    report = check_files(files)
    if not report["ok"]:
        bad = [failure["text"] for chart in report["charts"] for failure in chart["failures"]]
        raise Refused(f"流程图不合格：{bad[0]}", remedy="先用 mingbai check 看清楚，改好再装")
    with transaction.atomic():
        organisations.load_divisions(files["divisions.csv"])
        organisations.load_offices(files["offices.yaml"], "offices.yaml")
        editions.confirm_edition(
            files=files, since=legal_day(at), by_person="", office="district_government", at=at
        )
    translog.ensure_key(settings.MINGBAI_DATA)


def _ask_administrators(at: datetime) -> None:
    if not sys.stdin.isatty():
        print("还没有设三员（系统、安全、审计管理员，要三个人）：请在终端里运行 mingbai administrators。")
        return
    administrators(at)


def administrators(at: datetime) -> None:
    """Ask for the three administrators, three different persons, and make their accounts.

    Raises:
        Refused: one is there already, or one person would hold two of the three.
    """
    from mingbai.organisations.services import create_user

    print("请设三员，要三个不同的人：")
    for role, title in ADMINISTRATORS:
        name = input(f"{title}姓名：").strip()
        username = input(f"{title}用户名：").strip()
        password = getpass.getpass(f"{title}口令（至少 10 个字）：")
        create_user(username=username, password=password, person=None, name=name, admin_role=role, at=at)


def make_demo(folder: Path, district: Path, *, villages: int, months: int, seed: int) -> int:
    """Make a demo data directory. It is built beside its place and moved there whole when it is complete."""
    _refuse_used(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if os.environ.get("DATABASE_URL"):
        _build_demo(folder, folder, district, villages, months, seed)
        return 0
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.resolve().parent))
    try:
        _build_demo(building, folder, district, villages, months, seed)
        if folder.exists():
            folder.rmdir()
        building.replace(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return 0


def _build_demo(building: Path, folder: Path, district: Path, villages: int, months: int, seed: int) -> None:
    started = datetime.now(UTC)
    print(f"第一次打开，先做演示数据（{villages} 个村，{months} 个月），大约一分钟。")
    write_instance(building, demo=True, district=str(district))
    point_at(building)
    from django.db import connections

    from mingbai import demo
    from mingbai.worker import run_once

    first_day = demo.first_instant(months)
    load_district(district, first_day, print)
    made = demo.build(villages=villages, months=months, seed=seed, tell=print, follow=run_once)
    connections.close_all()
    offset = int((made.until - datetime.now(UTC)).total_seconds())
    write_instance(building, clock_offset_seconds=offset, sign_ins=list(made.sign_ins), ready=True)
    seconds = (datetime.now(UTC) - started).total_seconds()
    print(f"演示数据做好了：{made.sentence}，用了 {seconds:.0f} 秒，在 {folder}。")
