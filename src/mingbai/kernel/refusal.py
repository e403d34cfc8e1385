"""What is said to a person when something cannot be done, and of a file that cannot be read."""

from __future__ import annotations

from mingbai.kernel.citation import Citation


class Refused(Exception):
    """An act that may not be done: what is wrong, under which article, what to do next."""

    def __init__(self, reason: str, basis: Citation | None = None, remedy: str = "") -> None:
        super().__init__(reason, basis, remedy)
        self.reason = reason
        self.basis = basis
        self.remedy = remedy

    def __str__(self) -> str:
        basis = f"（{self.basis.text()}）" if self.basis else ""
        remedy = f"。{self.remedy}" if self.remedy else ""
        return f"{self.reason}{basis}{remedy}"


class BadFile(Exception):
    """A file that is refused whole: which file, which line, why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(file, line, reason)
        self.file = file
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"
