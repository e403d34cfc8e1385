"""Checkpoints (C2SP tlog-checkpoint): origin, size, root."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from mingbai.merkle.note import BadNote

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: its name, the number of leaves, the root."""

    origin: str
    size: int
    root: bytes


def write_checkpoint(checkpoint: Checkpoint) -> str:
    """The text that is signed."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The head that a text states; extension lines are allowed and carry no meaning here.

    Raises:
        BadNote: no origin, an empty line, a last line without its end, a size with leading zeros, signs or more
            than 16 digits, a root that is not 32 bytes.
    """
    lines = text.removesuffix("\n").split("\n")
    if not text.endswith("\n") or len(lines) < 3 or "" in lines or not _SIZE.fullmatch(lines[1]):
        raise BadNote("检查点的写法不对")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("检查点的树根不是 base64") from error
    if len(root) != 32 or base64.b64encode(root).decode() != lines[2]:
        raise BadNote("检查点的树根不是 32 字节")
    return Checkpoint(lines[0], int(lines[1]), root)
