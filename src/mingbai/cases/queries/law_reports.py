"""What a change of law touches: the latest edition, cards and cases of every edition in use, and the program itself.

The command `mingbai law amend --dry-run` and the desk show this one report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from mingbai.cases.queries.underway import underway
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules import Catalogue
from mingbai.catalogue.rules.affected import Standing, affected, affected_powers
from mingbai.catalogue.rules.amending import LawChange, follows_already, touched
from mingbai.catalogue.rules.articles import mentions
from mingbai.catalogue.rules.citing import Citing, citings
from mingbai.catalogue.rules.impact import impact

_CITED = re.compile(r'Citation\(\s*"(?P<law>[a-z0-9-]+)",\s*"(?P<article>[^"]*)"')


def law_report(change: LawChange) -> dict[str, Any]:
    """What the change touches in the latest edition, with the cards of every edition in use and the running cases.

    Raises:
        Refused: no edition, or a renumbering onto a number that is cited and not said to move.
    """
    latest = catalogue.latest()
    found = impact(latest.files, catalogue.catalogue(latest), change)
    report = {**found.as_dict(), "edition": latest.number, **_in_use(change, latest.number)}
    return {**report, "program": list(_program_citations(change))}


def folder_report(files: Mapping[str, str], said: Catalogue, change: LawChange) -> dict[str, Any]:
    """What the change touches in a district folder alone: no edition, no cases.

    Raises:
        Refused: a renumbering onto a number that is cited and not said to move.
    """
    found = impact(files, said, change)
    cards = [{"power": one.id, "edition": None} for one in found.powers]
    return {**found.as_dict(), "cards": cards, "cases": [], "program": list(_program_citations(change))}


def _in_use(change: LawChange, latest: int) -> dict[str, Any]:
    """Cards and cases by the edition they stand on: an older one may cite what the latest does not."""
    running = list(underway())
    held = catalogue.together({latest, *(one.edition for one in running)})
    on = {number: _powers_in(held[number], change) for number in sorted(held)}
    return {
        "cards": [{"power": power, "edition": number} for number, powers in on.items() for power in powers],
        "cases": [vars(one) for one in running if one.power in on[one.edition]],
    }


def _powers_in(edition: Edition, change: LawChange) -> tuple[str, ...]:
    said = catalogue.catalogue(edition)
    if change.law not in said.laws or follows_already(change, said.laws):
        return ()
    standing = Standing(edition.files, said)
    places = affected(standing, touched(change, citings(edition.files, said.laws)))
    return tuple(one.id for one in affected_powers(standing, places))


def _program_citations(change: LawChange) -> Iterator[dict[str, Any]]:
    """Where the program itself names what changes: these wait for a new release, not for a department."""
    for one in touched(change, _in_program()):
        said = "；".join(hit.text() for hit in one.hits)
        yield {"file": one.citing.file, "line": one.citing.line, "text": said}


@lru_cache(maxsize=1)
def _in_program() -> tuple[Citing, ...]:
    """The program's own citations, read once: it does not change while it runs."""
    import mingbai

    root = Path(str(mingbai.__file__)).parent
    return tuple(one for file in sorted(root.rglob("*.py")) for one in _citings_in(root, file))


def _citings_in(root: Path, file: Path) -> Iterator[Citing]:
    text, name = file.read_text("utf-8"), file.relative_to(root).as_posix()
    for match in _CITED.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Citing(name, line, (), match["law"], match["article"], mentions(match["article"]), True)
