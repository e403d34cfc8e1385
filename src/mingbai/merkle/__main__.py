"""`python -m mingbai.merkle URL_OR_DIR`: check a log; exit status 1 when anything is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from mingbai.merkle.verifier import verify_log


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the arguments name, print a sentence a finding, return the exit status."""
    parser = argparse.ArgumentParser(prog="mingbai verify", description="验日志：不需要数据库，不相信任何人")
    parser.add_argument("source", metavar="URL_OR_DIR")
    parser.add_argument("--publication", metavar="ID")
    parser.add_argument("--old", metavar="FILE", help="以前记下的检查点")
    parser.add_argument("--key", metavar="VKEY", help="从别处得到的公钥")
    options = parser.parse_args(arguments)
    old = Path(options.old).read_bytes() if options.old else None
    report = verify_log(options.source, publication=options.publication, old=old, key=options.key)
    print("\n".join(report.lines))
    print("验过了，没有改过。" if report.ok else "没有通过。请留好这些结果，告诉镇纪委。")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
