"""The command line: `mingbai COMMAND`. Each command is a function; what it needs of Django loads inside it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from mingbai.kernel import BadFile, Refused

Command = Callable[[argparse.Namespace], int]


def _up(options: argparse.Namespace) -> int:
    from mingbai.config.serving import up

    return up(Path(options.data), host=options.host, port=options.port, demo=options.demo)


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


def _check(options: argparse.Namespace) -> int:
    from mingbai.config.checking import check

    return check(Path(options.district), as_json=options.json)


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


def _verify(options: argparse.Namespace) -> int:
    from mingbai.merkle.__main__ import main

    arguments = [options.source]
    arguments += ["--publication", options.publication] if options.publication else []
    arguments += ["--old", options.old] if options.old else []
    arguments += ["--key", options.key] if options.key else []
    return main(arguments)


def _notice(options: argparse.Namespace) -> int:
    from mingbai.config.serving import write_notice

    return write_notice(Path(options.data), options.case, Path(options.output))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mingbai", description="明白：村里的小微权力，摊开来办")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", default=os.environ.get("MINGBAI_DATA", "data"), help="数据目录")
    district = argparse.ArgumentParser(add_help=False)
    district.add_argument("--district", default=str(default_district()), help="区县数据目录")

    def add(name: str, run: Command, text: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, parents=list(parents))
        command.set_defaults(run=run)
        return command

    serve = add("up", _up, "打开网站，同时跑后台", data)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--demo", action="store_true", help="数据目录是空的，就先做演示数据")
    add("init", _init, "新建数据目录，装入区县数据，设三员", data, district)
    add("administrators", _administrators, "设三员：系统、安全、审计管理员", data)
    add("check", _check, "检查区县数据和流程图", district).add_argument("--json", action="store_true")
    demo = add("demo", _demo, "做演示数据", data, district)
    demo.add_argument("--villages", type=int, default=12)
    demo.add_argument("--months", type=int, default=3)
    demo.add_argument("--seed", type=int, default=20260901)
    add("work", _work, "跑后台：公布、入日志、监督", data).add_argument(
        "--once", action="store_true", help="跑一遍就停"
    )
    verify = add("verify", _verify, "验日志：全部，或者一条公布")
    verify.add_argument("source", metavar="URL_OR_DIR")
    verify.add_argument("--publication", metavar="ID")
    verify.add_argument("--old", metavar="FILE", help="以前记下的检查点，验有没有改写过")
    verify.add_argument("--key", metavar="VKEY", help="从别处得到的公钥")
    notice = add("notice", _notice, "印一张 A4 公示", data)
    notice.add_argument("case", metavar="CASE")
    notice.add_argument("-o", "--output", required=True, metavar="FILE.pdf")
    return parser


def default_district() -> Path:
    """The district folder beside the source tree, else `districts/huaishang` below where one stands."""
    beside = Path(__file__).resolve().parents[3] / "districts" / "huaishang"
    return beside if beside.is_dir() else Path("districts/huaishang")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a refusal or a bad file is one plain sentence on stderr and exit status 1."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (Refused, BadFile, OSError) as problem:
        print(f"没有做成：{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已停下。")
        return 130


if __name__ == "__main__":
    sys.exit(main())
