"""The command line: `mingbai COMMAND`. Each group of commands is a module of `commands`."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence

from mingbai.config import commands
from mingbai.config.command_line import CommandLine
from mingbai.kernel import BadFile, Refused


def _command_line() -> CommandLine:
    line = CommandLine()
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"{commands.__name__}.{module.name}").add(line)
    return line


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a refusal or a bad file is one plain sentence on stderr and exit status 1."""
    options = _command_line().parser.parse_args(arguments)
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
