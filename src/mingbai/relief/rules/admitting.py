"""Whether a person may be enrolled in a scheme: alive, here, of the age, not enrolled already, nothing that excludes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Citation, Refused
from mingbai.relief.rules.ages import out_of_range
from mingbai.relief.rules.schemes import Matrix, Scheme, clashes

ONCE = Citation("social-assistance-law", "第37条")
ENDS = Citation("social-assistance-law", "第48条")
GONE = {"died": "已经去世", "moved_away": "已经迁出"}


@dataclass(frozen=True)
class Holding:
    """A scheme that somebody is on, and the village where."""

    scheme: str
    village: str


@dataclass(frozen=True)
class Applicant:
    """A person to be covered: `holds` are the schemes the person is on anywhere in the district that day.

    `gone` is the departure recorded by that day (`died`, `moved_away`), else empty.
    """

    name: str
    birth: date
    holds: tuple[Holding, ...] = ()
    gone: str = ""


def check_enrolment(matrix: Matrix, scheme: Scheme, people: Iterable[Applicant], on: date) -> tuple[str, ...]:
    """Refuse an enrolment that may not be; else the warnings, in plain words.

    A scheme that covers a household is checked for everybody in it; age only where the person is the one paid.

    Raises:
        Refused: somebody has died or moved away, is on the scheme already, is on one that excludes it, or is not
            of the age on the day.
    """
    warnings: list[str] = []
    for one in people:
        _refuse_gone(one, scheme)
        _refuse_twice(one, scheme)
        held = frozenset(holding.scheme for holding in one.holds)
        for clash in clashes(matrix, scheme.id, held, on):
            said = f"{one.name}{clash.sentence}"
            if clash.refuses:
                raise Refused(said, basis=clash.citation, remedy="先停掉不能同时领的那一种，或者退回审核")
            warnings.append(said)
        wrong = out_of_range(scheme, one.birth, on) if scheme.covers == "person" else None
        if wrong:
            raise Refused(one.name + wrong[0], basis=wrong[1], remedy="核对出生日期；年龄不对的退回审核")
    return tuple(warnings)


def _refuse_gone(one: Applicant, scheme: Scheme) -> None:
    if one.gone in GONE:
        raise Refused(
            f"{one.name}{GONE[one.gone]}，不能登记领{scheme.title}",
            basis=ENDS,
            remedy="登记错了的，先登记人回来",
        )


def _refuse_twice(one: Applicant, scheme: Scheme) -> None:
    """The other village is named by its code's place only to those who may see it: here it is never named."""
    if any(holding.scheme == scheme.id for holding in one.holds):
        raise Refused(
            f"{one.name}在本区已经在领{scheme.title}，不能再登记一次",
            basis=ONCE,
            remedy="请镇（街道）、区民政局核对是哪个村登记的",
        )
