"""Who may see people on relief: the offices of the charts' lanes, in that village or above it. Default: nobody."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.organisations.rules import Actor, holds_over
from mingbai.procedures.queries import procedure_of
from mingbai.procedures.rules.graph import Procedure
from mingbai.relief.rules import EXCLUSIONS_FILE, Matrix, Scheme, read_exclusions

FILES_SHOWN_TO = ("town_government", "district_civil_affairs", "district_discipline")
"""Who sees the register of near relatives: the town, and two offices of the district."""


@lru_cache(maxsize=8)
def _read(text: str) -> Matrix:
    return read_exclusions(text)


def matrix(edition: Edition) -> Matrix | None:
    """The schemes of an edition; None in one that was confirmed before there was such a file."""
    text = edition.files.get(EXCLUSIONS_FILE)
    return _read(text) if text else None


def matrix_on(on: date) -> Matrix:
    """The schemes in force on a day; without a file, none that anybody could be enrolled in."""
    return matrix(catalogue.current(on)) or Matrix.model_construct(schemes=(), rules=())


def chart_of(scheme: Scheme, on: date) -> Procedure:
    """The chart by which a scheme is decided."""
    edition = catalogue.current(on)
    return procedure_of(edition, catalogue.power(edition, scheme.power).procedure)


def offices_of(scheme: Scheme, on: date) -> frozenset[str]:
    """Every office that does a step of the scheme's chart."""
    return frozenset(office for node in chart_of(scheme, on).nodes.values() for office in node.offices)


def relief_offices(on: date, scheme: str = "") -> tuple[str, ...]:
    """The offices that do a step of a scheme's chart, or without a scheme of any."""
    schemes = [one for one in matrix_on(on).schemes if scheme in ("", one.id)]
    return tuple(sorted({office for one in schemes for office in offices_of(one, on)}))


def office_for(actor: Actor, village: str, on: date, scheme: str = "") -> str:
    """The office by which a person may see a village's people on a scheme (on any, without one); empty: none."""
    return next((one for one in relief_offices(on, scheme) if holds_over(actor, one, village, on)), "")


def deciding_office(actor: Actor, scheme: Scheme, village: str, on: date) -> str:
    """The office by which a person confirms a scheme's amount; empty when the person holds none such."""
    node = chart_of(scheme, on).nodes[scheme.step]
    return next((office for office in node.offices if holds_over(actor, office, village, on)), "")


def filing_office(actor: Actor, village: str, on: date) -> str:
    """The office by which a person may see the register of near relatives; empty when none."""
    return next((office for office in FILES_SHOWN_TO if holds_over(actor, office, village, on)), "")
