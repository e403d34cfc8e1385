"""`python -m mingbai.merkle URL_OR_DIR`: check a log; exit status 1 when anything is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from mingbai.merkle.report import Report
from mingbai.merkle.verifier import verify_log


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the arguments name, print a sentence a finding, return the exit status."""
    parser = argparse.ArgumentParser(prog="mingbai verify", description="验日志：不需要数据库，不相信任何人")
    add_arguments(parser)
    return run(parser.parse_args(arguments))


def run(options: argparse.Namespace) -> int:
    """As `main`, for options that were parsed."""
    remembered = Path(options.old) if options.old else None
    try:
        old = remembered.read_bytes() if remembered and remembered.exists() else None
        report = verify_log(
            options.source,
            publication=options.publication,
            old=old,
            key=options.key,
            witnesses=options.witness,
        )
        if remembered and report.ok:
            _remember(remembered, report)
    except OSError as error:
        report = Report(ok=False, lines=[f"不对：{error}"])
    print("\n".join(report.lines))
    print("验过了，没有改过。" if report.ok else "没有通过。请留好这些结果，告诉镇纪委。")
    return 0 if report.ok else 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", metavar="URL_OR_DIR", help="网站地址，或者日志的文件夹")
    parser.add_argument("--publication", metavar="ID", help="再验这一份公布")
    parser.add_argument("--old", metavar="FILE", help="上次记下的检查点；验过了就记下这次的，没有就新建")
    parser.add_argument("--key", metavar="VKEY", help="从别处（如公开栏）得到的公钥")
    parser.add_argument("--witness", metavar="VKEY", action="append", default=[], help="必须签过名的见证人")


def _remember(file: Path, report: Report) -> None:
    """Keep the head that was checked; a half-written file never replaces the one before."""
    fresh = file.with_name(file.name + ".new")
    fresh.write_bytes(report.checkpoint)
    fresh.replace(file)
    report.good(f"这次的检查点记在 {file.name} 里，下次接着验")


if __name__ == "__main__":
    sys.exit(main())
