"""Who may answer an objection: never the office complained of, nor whoever did it, nor their kin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

# Who may answer, nearest first, with the length of the division's code over which the office is held.
_LADDER = (
    ("village_supervision_committee", 12),
    ("town_government", 9),
    ("town_discipline", 9),
    ("district_discipline", 6),
)
ANSWERING_OFFICES = tuple(office for office, _length in _LADDER)


def answering_offices(complained_of: Collection[str], division: str = "") -> tuple[str, ...]:
    """The offices that may answer an objection to an act of these offices (村民委员会组织法第36、37条).

    `division` is where the act was done: what a town or the district did is not answered in a village.
    """
    length = len(division) or 12
    return tuple(office for office, held in _LADDER if office not in complained_of and held <= length)


def next_office(offices: Sequence[str], passed_to: str) -> str:
    """The office above the one that let the last day pass; empty when there is none above it.

    `offices` are those that may answer, nearest first; `passed_to` is empty until it was passed on once.
    """
    place = offices.index(passed_to) if passed_to in offices else 0
    return offices[place + 1] if place + 1 < len(offices) else ""


def is_party(person: str, signers: Iterable[str], kin: Collection[str]) -> bool:
    """Whether a person did the step complained of, or is kin of somebody who did."""
    named = set(signers)
    return person in named or bool(named & set(kin))


def objection_number(village: str, year: int, serial: int) -> str:
    """Number of an objection: `Y-340311104201-2026-001`, gap-free per village and year."""
    return f"Y-{village}-{year}-{serial:03d}"


def handles_objections(node: str) -> bool:
    """Whether a step of a chart is the one that handles objections, by the name that charts give it."""
    return node.rsplit("__", 1)[-1] in {"objection", "complaint"}
