"""remedies.yaml: what somebody can do who finds that something is wrong, each with its article."""

from __future__ import annotations

from collections.abc import Mapping

from mingbai.catalogue.rules.law import CitationText, Text
from mingbai.catalogue.rules.powers import Fact
from mingbai.kernel import validate

REMEDIES = "remedies.yaml"


class Remedy(Fact):
    """One way to be heard, and the article that opens it."""

    basis: CitationText


class RemediesFile(Text):
    """remedies.yaml, in the order in which the handbook prints it."""

    remedies: tuple[Remedy, ...]


def read_remedies(files: Mapping[str, str]) -> tuple[Remedy, ...]:
    """The remedies of a folder; none where it has no such file.

    Raises:
        BadFile: a key is unknown or missing.
    """
    if REMEDIES not in files:
        return ()
    return validate(RemediesFile, files[REMEDIES], REMEDIES).remedies
