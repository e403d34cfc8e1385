"""publicity.yaml: what is put up before a decision (公示) and after it (公布), how long at least, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from mingbai.catalogue.rules.law import CitationText, Id, Parameter, Text
from mingbai.kernel import BadFile, Citation, Confidence, line_of, load_located, validate

PUBLICITY = "publicity.yaml"
KINDS = {"before": "公示", "after": "公布"}
"""Before a decision people are asked to object; after it they are told. The two run apart."""
Unit = Literal["working_day", "calendar_day", "month"]


class PublicityRow(Text):
    """One sort of notice: its kind, the fewest days, who must post it and who may for them, and where in the charts.

    The days are a dated figure of parameters.yaml, or stand here. `at` names steps as `chart.step`; `urban` is the
    article where a residents' committee does it.
    """

    id: str = Field(pattern=Id)
    kind: Literal["before", "after"]
    title: str = Field(min_length=1)
    days: int | None = Field(default=None, ge=1, le=366)
    unit: Unit | None = None
    parameter: str | None = None
    owner: tuple[str, ...] = Field(min_length=1)
    hands: tuple[str, ...] = ()
    law: str
    article: str = Field(min_length=1)
    confidence: Confidence
    urban: CitationText | None = None
    note: str = ""
    at: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_figure(self) -> Self:
        if (self.parameter is None) == (self.days is None) or (self.days is None) != (self.unit is None):
            raise ValueError(f"{self.id} 的天数要么写 parameter，要么写 days 和 unit")
        return self

    @property
    def word(self) -> str:
        """公示 or 公布."""
        return KINDS[self.kind]

    @property
    def citation(self) -> Citation:
        """The article on which the days rest, with how sure it is."""
        return Citation(self.law, self.article, self.confidence)

    def least(self, parameters: Mapping[str, Parameter], on: date) -> tuple[int, str]:
        """The fewest days and their unit for a notice posted that day; 0 when its figure is not set yet."""
        if self.days is not None:
            return self.days, str(self.unit)
        figure = parameters[str(self.parameter)]
        known = [one.value for one in figure.values if one.since <= on]
        return (int(known[-1]) if known else 0), figure.unit


class Publicity(Text):
    """The whole table."""

    notices: tuple[PublicityRow, ...] = Field(min_length=1)

    def of(self, place: str) -> PublicityRow | None:
        """The row of a step, named `chart.step`; None when the table has none."""
        return next((one for one in self.notices if place in one.at), None)


def read_publicity(
    files: Mapping[str, str],
    laws: Collection[str],
    offices: Collection[str],
    parameters: Mapping[str, Parameter],
) -> Publicity | None:
    """The table of a district folder; None when the district has none.

    Raises:
        BadFile: a row twice, a step in two rows, an office, law or figure that does not exist.
    """
    if PUBLICITY not in files:
        return None
    table = validate(Publicity, files[PUBLICITY], PUBLICITY)
    seen: set[str] = set()
    for index, row in enumerate(table.notices):
        for key, problem in _problems(row, seen, laws, offices, parameters):
            lines = load_located(files[PUBLICITY], PUBLICITY)[1]
            raise BadFile(PUBLICITY, line_of(lines, ("notices", index, key)), problem)
        seen |= {row.id, *row.at}
    return table


def _problems(
    row: PublicityRow,
    seen: set[str],
    laws: Collection[str],
    offices: Collection[str],
    parameters: Mapping[str, Parameter],
) -> list[tuple[str, str]]:
    """What is wrong with a row, as key and sentence."""
    found = [("id", f"{row.id} 写了两遍")] if row.id in seen else []
    found += [("at", f"{one} 写了两遍") for one in row.at if one in seen or row.at.count(one) > 1]
    for key, names in (("owner", row.owner), ("hands", row.hands)):
        found += [(key, f"offices.yaml 里没有“{one}”") for one in names if one not in offices]
    cited = [row.law, *([row.urban.law] if row.urban else [])]
    found += [("law", f"laws.yaml 里没有“{one}”这部法律") for one in cited if one not in laws]
    if row.parameter is not None:
        unit = parameters[row.parameter].unit if row.parameter in parameters else None
        if unit not in ("working_day", "calendar_day", "month"):
            found.append(("parameter", f"parameters.yaml 里没有按日计的“{row.parameter}”"))
    return found
