"""The kinds of things a reader may look among, and the marks by which the index keeps them apart."""

from __future__ import annotations

from mingbai.search.rules.question import Phrase

GROUPS = {
    "money": ("ledger.", "exchange.", "cash."),
    "matters": ("case.", "edition.", "publication.", "disclosure."),
    "meetings": ("meeting.",),
    "property": ("register.", "procurement.", "land."),
    "lists": ("relief.", "labour."),
    "watching": ("objection.", "finding."),
}
"""Beginnings of acts' names by group; what begins otherwise is found only without a group."""


def group_of(kind: str) -> str:
    """The group of an act by its name; empty for one that belongs to none."""
    return next((name for name, starts in GROUPS.items() if kind.startswith(starts)), "")


def marks(village: str, kind: str) -> list[str]:
    """Tokens that no text can hold (they have a digit before letters): the village, its town, the group."""
    group = group_of(kind)
    return [f"0v{village}", f"0v{village[:9]}", *([f"0g{group}"] if group else [])]


def within(place: str, group: str) -> list[Phrase]:
    """What narrows a question to a village (12 digits), a town (9) or a group; empty narrows nothing."""
    named = [f"0v{place}"] if place.isascii() and place.isdigit() else []
    named += [f"0g{group}"] if group in GROUPS else []
    return [Phrase((mark,)) for mark in named]
