"""The file `exclusions.yaml` of a district: schemes, their ages, which exclude or need each other. Dated, cited."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Citation, Confidence, Refused, line_of, load_located, validate

EXCLUSIONS_FILE = "exclusions.yaml"
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(_Text):
    """Something that holds from a day on, by an article of a law."""

    since: date
    law: Id
    article: Words
    confidence: Confidence

    def citation(self) -> Citation:
        """The same as the value everybody speaks."""
        return Citation(self.law, self.article, self.confidence)


class AgeRange(Cited):
    """Whole years of age: at least `from`, less than `below`; an end that is not written is open."""

    at_least: int | None = Field(default=None, alias="from", ge=0, le=120)
    below: int | None = Field(default=None, ge=1, le=120)


class Review(Cited):
    """At this birthday it is looked at again; it may go on."""

    age: int = Field(ge=1, le=120)


class Scheme(_Text):
    """One kind of relief that is paid again and again; `step` of the power's chart fixes its amount."""

    id: Id
    title: Words
    power: Id
    step: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
    covers: Literal["household", "person"]
    per: Literal["month", "year"]
    private: bool = False
    ages: tuple[AgeRange, ...] = ()
    reviews: tuple[Review, ...] = ()


class Pairing(Cited):
    """One scheme excludes each of others, or needs one of them; `refuses` false only warns."""

    id: Id
    kind: Literal["excludes", "needs"]
    scheme: Id
    others: tuple[Id, ...] = Field(alias="with", min_length=1)
    refuses: bool
    note: str = Field(default="", max_length=200)


class Matrix(_Text):
    """The whole file."""

    schemes: tuple[Scheme, ...] = Field(min_length=1)
    rules: tuple[Pairing, ...] = ()

    def scheme(self, id: str) -> Scheme:
        """A scheme by id. Raises `Refused` when there is none."""
        found = next((one for one in self.schemes if one.id == id), None)
        if found is None:
            raise Refused(f"没有“{id[:40]}”这种救助或者补贴", remedy="从列出的里面选一种")
        return found


def read_exclusions(text: str, filename: str = EXCLUSIONS_FILE) -> Matrix:
    """Read and check the file.

    Raises:
        BadFile: malformed, an id twice, a rule about a scheme that is not listed, an age range without ends.
    """
    matrix = validate(Matrix, text, filename)
    for place, fault in _faults(matrix):
        raise BadFile(filename, line_of(load_located(text, filename)[1], place), fault)
    return matrix


def _faults(matrix: Matrix) -> Iterator[tuple[tuple[str | int, ...], str]]:
    known: set[str] = set()
    for index, scheme in enumerate(matrix.schemes):
        if scheme.id in known:
            yield ("schemes", index), f"{scheme.id} 写了两遍"
        known.add(scheme.id)
        if any(one.at_least is None and one.below is None for one in scheme.ages):
            yield ("schemes", index), f"{scheme.id} 的年龄两头都没有写"
    for index, rule in enumerate(matrix.rules):
        unknown = [one for one in (rule.scheme, *rule.others) if one not in known]
        if unknown or rule.scheme in rule.others:
            yield (
                ("rules", index),
                f"{rule.id} 写了没有的、或者和自己比的种类：{(unknown or [rule.scheme])[0]}",
            )
    if len({one.id for one in matrix.rules}) != len(matrix.rules):
        yield ("rules",), "规则的 id 写了两遍"


def check_exclusions(
    matrix: Matrix, steps: Mapping[str, Collection[str]], filename: str = EXCLUSIONS_FILE
) -> None:
    """Refuse a scheme whose power has no chart, or whose step the chart lacks; `steps` by power.

    Raises:
        BadFile: names the scheme.
    """
    for one in matrix.schemes:
        if one.step not in steps.get(one.power, ()):
            raise BadFile(filename, 1, f"{one.id}：权力 {one.power} 的流程图里没有 {one.step} 这一环")


@dataclass(frozen=True)
class Clash:
    """Why two schemes do not go together, or one lacks another."""

    rule: str
    sentence: str
    refuses: bool
    citation: Citation


def clashes(matrix: Matrix, scheme: str, held: frozenset[str], on: date) -> tuple[Clash, ...]:
    """What stands between a scheme and the schemes that a person holds on a day."""
    return tuple(
        Clash(rule.id, said, rule.refuses, rule.citation())
        for rule in matrix.rules
        if rule.since <= on and (said := _clash(matrix, rule, scheme, held))
    )


def _clash(matrix: Matrix, rule: Pairing, scheme: str, held: frozenset[str]) -> str:
    """The sentence; empty when the rule has nothing to say. Exclusion works both ways, need only one."""
    mine = matrix.scheme(scheme).title
    names = "、".join(matrix.scheme(one).title for one in rule.others)
    if rule.kind == "needs":
        return f"{mine}要先有{names}" if scheme == rule.scheme and not held & set(rule.others) else ""
    listed = {rule.scheme} if scheme in rule.others else set()
    both = held & (set(rule.others) if scheme == rule.scheme else listed)
    other = next(iter(sorted(both)), "")
    return f"已经在领{matrix.scheme(other).title}，不能同时领{mine}" if other else ""
