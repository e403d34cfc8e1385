"""What a group of commands is given to add its own: parser, shared options, names."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

Command = Callable[[argparse.Namespace], int]


def default_district() -> Path:
    """The district folder beside the source tree, else `districts/huaishang` below where one stands."""
    beside = Path(__file__).resolve().parents[3] / "districts" / "huaishang"
    return beside if beside.is_dir() else Path("districts/huaishang")


class CommandLine:
    """The parser of `mingbai`. `data` and `district` are the options that several commands share."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser(prog="mingbai", description="明白：村里的小微权力，摊开来办")
        self._commands = self.parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
        self.data = argparse.ArgumentParser(add_help=False)
        self.data.add_argument("--data", default=os.environ.get("MINGBAI_DATA", "data"), help="数据目录")
        self.district = argparse.ArgumentParser(add_help=False)
        self.district.add_argument("--district", default=str(default_district()), help="区县数据目录")

    def add(
        self, name: str, run: Command, text: str, *parents: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        """A command: its name, the function that runs it (its result is the exit status), one line of help."""
        command = self._commands.add_parser(name, help=text, description=text, parents=list(parents))
        command.set_defaults(run=run)
        return command

    def group(self, name: str, text: str) -> argparse._SubParsersAction[argparse.ArgumentParser]:
        """A command of commands, such as `bpmn export`: each sub-parser sets `run` itself."""
        command = self._commands.add_parser(name, help=text, description=text)
        return command.add_subparsers(dest=f"{name}_command", required=True, metavar="COMMAND")
