"""What an objection names: the line, the way it came, and the remedy asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingbai.kernel import Refused

CHANNELS: Mapping[str, str] = {"web": "网上", "phone": "打电话", "paper": "书面"}

# The remedy asked, as a choice: it can be published without telling who asked, as free words often cannot.
REMEDIES: Mapping[str, str] = {
    "explain": "说明原因",
    "publish": "公开有关材料",
    "correct": "把写错的改正",
    "redo": "这一步重新办",
    "repay": "退还或者补上钱物",
    "other": "别的",
}


@dataclass(frozen=True)
class Line:
    """A published line: its public id, the number of the journal entry that it publishes, and its heading."""

    id: str
    entry: int
    title: str


def require_channel(channel: str) -> str:
    """The way it came, when it is one of the three.

    Raises:
        Refused: another word.
    """
    if channel not in CHANNELS:
        raise Refused("还没有选是怎么提的", remedy="选打电话，或者书面")
    return channel


def require_remedy(asked: str) -> str:
    """The remedy asked, when it is one of the list.

    Raises:
        Refused: another word.
    """
    if asked not in REMEDIES:
        raise Refused("还没有选希望怎样处理", remedy="在几项里选一项；都不合适的选“别的”")
    return asked
