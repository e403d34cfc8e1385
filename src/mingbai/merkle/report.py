"""What a check found, in plain sentences for people who read no code."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    """What was checked, in sentences; `ok` is False as soon as one thing is wrong.

    `checkpoint` is the signed head that was checked, kept so that a reader can remember it.
    """

    ok: bool = True
    lines: list[str] = field(default_factory=list)
    checkpoint: bytes = b""

    def good(self, sentence: str) -> None:
        """Note something that holds."""
        self.lines.append(f"对：{sentence}")

    def note(self, sentence: str) -> None:
        """Note something that the reader should know, neither right nor wrong."""
        self.lines.append(f"注意：{sentence}")

    def bad(self, sentence: str) -> None:
        """Note something that is wrong."""
        self.ok = False
        self.lines.append(f"不对：{sentence}")
