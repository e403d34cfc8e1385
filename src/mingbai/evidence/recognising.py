"""Finding what is personal in a text: numbers by their shape and check digit, all else by the words around it. Pure.

Numbers are the kernel's scan (GB 11643, Luhn, mobile prefixes), asked a second time across one line break, as a
page breaks them. What has no number (an address, an illness, the name of a child) is found by its label or by a name
beside a word that makes it sensitive. What nobody labelled is not found: figures in `docs/redaction.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mingbai.evidence.wording import CERTIFICATE, PATTERNS
from mingbai.kernel import scan_text
from mingbai.kernel.numbers import is_old_identity


class Personal(StrEnum):
    """What is personal. A face is never found by a machine here: a person who looks says there is one."""

    id_number = "id_number"
    bank_account = "bank_account"
    phone = "phone"
    address = "address"
    signature = "signature"
    face = "face"
    minor = "minor"
    illness = "illness"
    disability = "disability"
    orphan = "orphan"


@dataclass(frozen=True)
class Finding:
    """What stands where: a kind, and the characters from `start` up to `end` of the text as it was given."""

    kind: Personal
    start: int
    end: int


_OLD = re.compile(r"(?:身份|证件|公民号|户主|户籍号)[^0-9\n]{0,12}(?<![0-9])([1-8][0-9]{14})(?![0-9])")
_BREAK = re.compile(r"[ \t]?\r?\n[ \t]?")
_DIGEST = re.compile(r"(?<![0-9A-Za-z])(?=[0-9a-f]*[a-f])[0-9a-f]{32,}(?![0-9A-Za-z])")
"""A digest in hex: eleven digits in it that look like a telephone are chance."""
_FEWEST_BESIDE_BREAK = 3
"""Digits on either side of a line break before both are read as one number: columns of small sums are none."""


def recognise(text: str) -> tuple[Finding, ...]:
    """Everything personal in `text` by its place. Findings never overlap: a number goes before what words say."""
    text = _DIGEST.sub(lambda found: "#" * len(found[0]), text)
    found, taken = [], bytearray(len(text))
    for one in (*_certified(text), *_numbers(text), *_broken(text), *_old(text), *_worded(text)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def hidden(text: str, findings: Iterable[Finding], sign: str = "█") -> str:
    """The text with every finding covered, one sign for each character: line breaks stay, places do not move."""
    covered = {place for one in findings for place in range(one.start, one.end)}
    return "".join(sign if at in covered and one not in "\r\n" else one for at, one in enumerate(text))


def _certified(text: str) -> Iterator[Finding]:
    for found in CERTIFICATE.finditer(text):
        yield Finding(Personal.disability, found.start("said"), found.end("said"))


def _numbers(text: str) -> Iterator[Finding]:
    for hit in scan_text(text):
        yield Finding(Personal(str(hit.kind)), hit.start, hit.end)


def _broken(text: str) -> Iterator[Finding]:
    """Numbers with one line break in them. Every break is made a blank of its own length, so that places stay."""
    for gap in _BREAK.finditer(text):
        first, last = text.rfind("\n", 0, gap.start()) + 1, text.find("\n", gap.end())
        last = len(text) if last < 0 else last
        joined = text[first : gap.start()] + " " * len(gap[0]) + text[gap.end() : last]
        for hit in scan_text(joined):
            start, end = first + hit.start, first + hit.end
            if (
                start < gap.start()
                and end > gap.end()
                and _long_enough(text[start : gap.start()], text[gap.end() : end])
            ):
                yield Finding(Personal(str(hit.kind)), start, end)


def _long_enough(before: str, after: str) -> bool:
    return all(sum(one.isdigit() for one in part) >= _FEWEST_BESIDE_BREAK for part in (before, after))


def _old(text: str) -> Iterator[Finding]:
    for found in _OLD.finditer(text):
        if is_old_identity(found[1]):
            yield Finding(Personal.id_number, found.start(1), found.end(1))


def _worded(text: str) -> Iterator[Finding]:
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(text):
            yield Finding(Personal(kind), found.start("said"), found.end("said"))
