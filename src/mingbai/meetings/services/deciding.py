"""Asking, before a vote, whether this body may decide this matter."""

from __future__ import annotations

from datetime import date

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Refused
from mingbai.meetings import queries
from mingbai.meetings.rules import BodyRule, Passing
from mingbai.meetings.rules.competence import check_competence, decides, find_matter, of_power


def passing_for(
    edition: Edition, rule: BodyRule, village: str, matter: str, on: date, case: str = ""
) -> Passing | None:
    """The majority that the law asks of the body for this very matter, when it is another than its own.

    Raises:
        Refused: the body may not decide it; or it decides, and nobody said what kind of matter it is.
    """
    known = queries.matters(edition)
    if not matter:
        if decides(known, rule.id):
            raise Refused(
                f"没有写明要{rule.title}决定的是哪一类事", rule.citation, "选一类，系统会核对该不该由这个会定"
            )
        return None
    chosen = find_matter(known, matter, on)
    return check_competence(queries.bodies(edition), chosen, rule.id, queries.setting(village, on, case))


def matter_of_case(edition: Edition, body: str, village: str, case: str, on: date) -> str:
    """The matter taken for a case when nobody chose another, by the power in its number; empty when there is none."""
    number = case.partition("-")[0]
    powers = [one.id for one in catalogue.powers(edition) if str(one.number) == number.lstrip("0")]
    return matter_of(edition, body, village, powers[0], on) if powers else ""


def matter_of(edition: Edition, body: str, village: str, power: str, on: date) -> str:
    """The matter taken for a power when nobody chose another; empty for a body that only deliberates."""
    known = queries.matters(edition)
    if not decides(known, body):
        return ""
    found = of_power(known, power, body, queries.setting(village, on))
    return found.id if found else ""
