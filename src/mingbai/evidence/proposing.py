"""Which parts of a paper to mask, proposed from the words found in it. Pure: words and their places in, boxes out.

A proposal is what a person looks at, never what is published by itself: what a machine did not read (handwriting, a
face, a stain) it does not propose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingbai.evidence.recognising import recognise

MARGIN = 0.25
"""How far a mask reaches beyond the print, as part of its height: print is never found to the pixel."""
SIGNED = 5.0
"""How far the place for a name reaches behind its label, in heights of the print."""
_SIGNATURE = re.compile(r"(签名|签字|领款人|领取人|收款人签章|经手人|按手印)[^:：]{0,4}[:：]?\s*$")
_BANK = re.compile(r"(?:账号|帐号|卡号)\s*[:：]?\s*([0-9][0-9 ]{10,24}[0-9])")
# A reader takes one digit for another, and the check digit no longer fits: what has the shape is masked as well.
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-8][0-9]{16}[0-9Xx])(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9]{9})(?![0-9])")
_PLACE = re.compile(r"(?:家庭住址|住址|地址)\s*[:：]?\s*(\S{4,40})")
_MINOR = re.compile(r"(?:学生|儿童|孩子|子女|幼儿)(?:姓名)?\s*[:：]\s*([\u4e00-\u9fff]{2,4})")


@dataclass(frozen=True)
class Word:
    """A line of print that was read: its upright rectangle in pixels and its text."""

    x: int
    y: int
    w: int
    h: int
    text: str


@dataclass(frozen=True)
class Proposal:
    """A rectangle to mask, in pixels, and why: a kind of personal data, `signature` or `minor`."""

    x: int
    y: int
    w: int
    h: int
    kind: str


def proposals(words: Sequence[Word], size: tuple[int, int]) -> tuple[Proposal, ...]:
    """What should be masked on a paper of this size in pixels, in the order of the words; never beyond its edges."""
    return tuple(_inside(one, size) for word in words for one in _of(word))


def _of(word: Word) -> Iterator[Proposal]:
    taken: list[tuple[int, int]] = []
    for start, end, kind in (*_typed(word.text), *_labelled(word.text)):
        if not any(start < last and first < end for first, last in taken):
            taken.append((start, end))
            yield _part(word, start, end, kind)
    if _SIGNATURE.search(word.text):
        yield Proposal(word.x + word.w, word.y - word.h // 2, round(SIGNED * word.h), 2 * word.h, "signature")


def _typed(text: str) -> Iterator[tuple[int, int, str]]:
    for one in recognise(text):
        yield one.start, one.end, str(one.kind)


def _labelled(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern, kind in (
        (_IDENTITY, "id_number"), (_MOBILE, "phone"), (_BANK, "bank_account"), (_PLACE, "address"), (_MINOR, "minor"),
    ):  # fmt: skip
        for found in pattern.finditer(text):
            yield found.start(1), found.end(1), kind


def _part(word: Word, start: int, end: int, kind: str) -> Proposal:
    """The part of a line that some of its characters take: a Chinese character is twice as wide as a digit."""
    widths = [1.0 if ord(one) < 0x2E80 else 1.8 for one in word.text]
    whole = sum(widths) or 1.0
    left, right = (word.w * sum(widths[:place]) / whole for place in (start, end))
    margin = word.h * MARGIN
    return Proposal(
        round(word.x + left - 2 * margin),
        round(word.y - margin),
        round(right - left + 4 * margin),
        round(word.h + 2 * margin),
        kind,
    )


def _inside(one: Proposal, size: tuple[int, int]) -> Proposal:
    left, top = max(0, one.x), max(0, one.y)
    right, bottom = min(size[0], one.x + one.w), min(size[1], one.y + one.h)
    return Proposal(left, top, max(1, right - left), max(1, bottom - top), one.kind)
