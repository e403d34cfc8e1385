"""Opening, installing and feeding a data directory: up, init, administrators, demo, work."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    serve = line.add("up", _up, "打开网站，同时跑后台", line.data)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--demo", action="store_true", help="数据目录是空的，就先做演示数据")
    _size(serve)
    line.add("init", _init, "新建数据目录，装入区县数据，设三员", line.data, line.district)
    line.add("administrators", _administrators, "设三员：系统、安全、审计管理员", line.data)
    demo = line.add("demo", _demo, "做演示数据", line.data, line.district)
    _size(demo)
    demo.add_argument("--seed", type=int, default=20260901)
    work = line.add("work", _work, "跑后台：公布、入日志、监督", line.data)
    work.add_argument("--once", action="store_true", help="跑一遍就停")


def _size(command: argparse.ArgumentParser) -> None:
    """How large a demo is made."""
    command.add_argument("--villages", type=int, default=12, help="演示几个村")
    command.add_argument("--months", type=int, default=3, help="演示几个月")


def _up(options: argparse.Namespace) -> int:
    from mingbai.config.serving import up

    return up(
        Path(options.data),
        host=options.host,
        port=options.port,
        demo=options.demo,
        villages=options.villages,
        months=options.months,
    )


def _init(options: argparse.Namespace) -> int:
    from mingbai.config.installing import init

    return init(Path(options.data), Path(options.district))


def _administrators(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from mingbai.config.installing import administrators
    from mingbai.config.serving import open_data

    open_data(Path(options.data))
    administrators(datetime.now(UTC))
    return 0


def _demo(options: argparse.Namespace) -> int:
    from mingbai.config.installing import make_demo

    return make_demo(
        Path(options.data),
        Path(options.district),
        villages=options.villages,
        months=options.months,
        seed=options.seed,
    )


def _work(options: argparse.Namespace) -> int:
    from mingbai.config.serving import work

    return work(Path(options.data), once=options.once)
