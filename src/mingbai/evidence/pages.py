"""Pictures of a PDF's pages, drawn by a process of its own that may die without harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from mingbai.evidence.pictures import stacked
from mingbai.evidence.rasteriser import MAX_PAGES, SECONDS, TOO_MANY_PAGES
from mingbai.kernel import Refused

_PROGRAM = Path(__file__).with_name("rasteriser.py")


def drawn(pdf: bytes) -> bytes | None:
    """One JPEG of all pages, beneath each other; None when they cannot be drawn (damaged, locked, no drawer).

    Raises:
        Refused: more than 12 pages.
    """
    pages = drawn_pages(pdf)
    return stacked(pages) if pages else None


def drawn_pages(pdf: bytes) -> list[bytes]:
    """A JPEG of each page; none when they cannot be drawn.

    Raises:
        Refused: more than 12 pages.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no argument from outside
            [sys.executable, "-I", str(_PROGRAM)],
            input=pdf,
            capture_output=True,
            timeout=SECONDS + 10,
            env={},
        )
    except subprocess.TimeoutExpired:
        return []
    if done.returncode == TOO_MANY_PAGES:
        raise Refused(f"这个 PDF 超过 {MAX_PAGES} 页", remedy="请分成几份再传")
    return _pages(done.stdout) if done.returncode == 0 else []


def _pages(output: bytes) -> list[bytes]:
    pages, place = [], 0
    while place < len(output):
        length = int.from_bytes(output[place : place + 4], "big")
        pages.append(output[place + 4 : place + 4 + length])
        place += 4 + length
    return pages
