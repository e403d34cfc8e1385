"""What would be masked in a file before it is published, and a masked copy of it: redact."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    command = line.add(
        "redact", _redact, "一个文件公开以前要遮什么、为什么；-o 另存遮好的一份", line.district
    )
    command.add_argument("file", help="文字、Word、Excel、PDF、照片")
    command.add_argument("--json", action="store_true")
    command.add_argument("-o", "--output", help="遮好的一份存到哪里")


def _redact(options: argparse.Namespace) -> int:
    """Exit status 0: nothing to mask; 1: something is; 2: the file cannot be read."""
    from mingbai.evidence.masked_files import masked_copy
    from mingbai.evidence.redacting import inspect
    from mingbai.kernel import Refused

    try:
        content = Path(options.file).read_bytes()
        report = inspect(content, Path(options.file).name)
        if options.output:
            Path(options.output).write_bytes(masked_copy(content))
    except OSError as gone:
        print(f"打不开这个文件：{gone.strerror}", file=sys.stderr)
        return 2
    except Refused as problem:
        print(problem.reason, problem.remedy or "", file=sys.stderr)
        return 2
    print(
        json.dumps(report.as_dict(), ensure_ascii=False, indent=1)
        if options.json
        else report.plain(_titles(options.district))
    )
    return 1 if report.places else 0


def _titles(district: str) -> dict[str, str]:
    """The names of laws by their ids, as the district's register has them."""
    from mingbai.catalogue.rules.law import LawsFile
    from mingbai.kernel import validate

    path = Path(district) / "laws.yaml"
    return {one.id: one.title for one in validate(LawsFile, path.read_text(encoding="utf-8"), path.name).laws}
