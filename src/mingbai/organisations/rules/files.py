"""The district's files of places and offices: divisions.csv and offices.yaml."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pypinyin import Style, pinyin

from mingbai.kernel import BadFile, Citation, Confidence, line_of, load_located, validate
from mingbai.organisations.rules.mandates import Incompatible

OfficeLevel = Literal["village", "town", "district"]
COLUMNS = ("code", "name", "short", "level", "parent", "committee", "since", "until")
DIGITS: Mapping[str, int] = {"province": 2, "city": 4, "district": 6, "town": 9, "village": 12}
"""Length of the statistical code at each level."""
COMMITTEES = ("villagers", "residents", "none")
"""What governs a 12-digit division; `none`: a statistical place without village duties."""
MOST_READINGS = 16


class CitationText(BaseModel):
    """A citation as the district writes it: law is an id of laws.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    law: str
    article: str
    confidence: Confidence = Confidence.verified

    def citation(self) -> Citation:
        """The kernel's value."""
        return Citation(self.law, self.article, self.confidence)


class IncompatibleText(BaseModel):
    """One line under `incompatible_with`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    office: str
    kin: bool = False
    citation: CitationText


class OfficeText(BaseModel):
    """One office of offices.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    level: OfficeLevel
    duty: str
    source: str
    confidence: Confidence
    incompatible_with: tuple[IncompatibleText, ...] = ()


class OfficesText(BaseModel):
    """offices.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    offices: tuple[OfficeText, ...]

    def incompatible(self) -> tuple[Incompatible, ...]:
        """Every exclusion in the file."""
        return tuple(
            Incompatible(office.id, one.office, one.kin, one.citation.citation())
            for office in self.offices
            for one in office.incompatible_with
        )

    def problem(self) -> tuple[tuple[str | int, ...], str] | None:
        """Where an id is written twice or points nowhere, and why; None when all is sound."""
        ids = [office.id for office in self.offices]
        for index, office in enumerate(self.offices):
            if office.id in ids[:index]:
                return ("offices", index), f"职务 {office.id} 写了两遍"
            for place, rule in enumerate(office.incompatible_with):
                if rule.office not in ids:
                    path = ("offices", index, "incompatible_with", place, "office")
                    return path, f"incompatible_with 里的职务 {rule.office} 不在本文件中"
        return None


@dataclass(frozen=True)
class DivisionLine:
    """One row of divisions.csv."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    committee: str
    since: date | None
    until: date | None


def read_divisions(text: str, filename: str) -> tuple[DivisionLine, ...]:
    """The places of a district, each after its parent.

    Raises:
        BadFile: wrong columns or date, a code twice or too short, an unknown level, parent or committee.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise BadFile(filename, 1, "表头应当是 " + ",".join(COLUMNS))
    lines: dict[str, DivisionLine] = {}
    for row in reader:
        problem = _row_problem(row, lines)
        if problem:
            raise BadFile(filename, reader.line_num, problem)
        lines[row["code"]] = _line(row, filename, reader.line_num)
    if not lines:
        raise BadFile(filename, 1, "一个村也没有")
    return tuple(lines.values())


def _line(row: Mapping[str, str], filename: str, number: int) -> DivisionLine:
    return DivisionLine(
        code=row["code"],
        name=row["name"],
        short=row["short"],
        level=row["level"],
        parent=row["parent"],
        committee=row["committee"],
        since=_day(row["since"], filename, number),
        until=_day(row["until"], filename, number),
    )


def _row_problem(row: Mapping[str, str], earlier: Mapping[str, DivisionLine]) -> str | None:
    code, level, parent = row["code"], row["level"], row["parent"]
    if None in row.values() or None in row:
        return "列数不对"
    if len(code) != DIGITS.get(level, 0) or not (code.isascii() and code.isdigit()):
        return f"代码“{code}”不合级别“{level}”"
    if code in earlier:
        return f"代码 {code} 写了两遍"
    if not row["name"] or not row["short"]:
        return "名称或简称空着"
    if level != "province" and (parent not in earlier or not code.startswith(parent)):
        return f"上级“{parent}”不对：要写在本行之前，而且是本行代码的开头"
    if (level == "village") != (row["committee"] in COMMITTEES):
        return "村级要写 committee：villagers、residents 或 none，其他级别空着"
    return None


def _day(text: str, filename: str, line: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadFile(filename, line, f"日期“{text}”不对，应当写成 2026-01-01") from None


def read_offices(text: str, filename: str) -> OfficesText:
    """The offices of a district.

    Raises:
        BadFile: unknown keys, an id twice, or an exclusion that names no office.
    """
    offices = validate(OfficesText, text, filename)
    problem = offices.problem()
    if problem:
        raise BadFile(filename, line_of(load_located(text, filename)[1], problem[0]), problem[1])
    return offices


def pinyin_initials(name: str) -> str:
    """Initials of every reading of a name, each after a space: 大柏村 has ` dbc`.

    Characters with several readings give several lines; a very ambiguous name is cut off at sixteen.
    """
    letters = pinyin(name, style=Style.FIRST_LETTER, heteronym=True)
    readings = {"".join(one) for one in list(product(*letters))[:MOST_READINGS]}
    return "".join(" " + one for one in sorted(readings))
