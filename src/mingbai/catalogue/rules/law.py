"""district.yaml, laws.yaml, parameters.yaml: which district, which law, which dated figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mingbai.kernel import Citation, Confidence

Id = r"^[a-z0-9][a-z0-9_-]*$"
FEN = 100


class Text(BaseModel):
    """Unknown keys are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DistrictInfo(Text):
    """The district and what its site says of itself; 待填 marks what the district has still to enter."""

    code: str = Field(pattern=r"^\d{6}$")
    name: str
    site_name: str
    organiser: str
    contact: str
    identification_code: str
    icp_number: str
    police_number: str
    disclaimer: str = ""

    def footer_lines(self) -> tuple[tuple[str, str], ...]:
        """Label and value of each line at the foot of the site (政府网站发展指引)."""
        lines = (
            ("主办单位", self.organiser),
            ("联系方式", self.contact),
            ("政府网站标识码", self.identification_code),
            ("ICP 备案号", self.icp_number),
            ("公安备案号", self.police_number),
            ("说明", self.disclaimer),
        )
        return tuple(line for line in lines if line[1])


class DistrictFile(Text):
    """district.yaml. `keepers`: the office that keeps a file that belongs to no single power."""

    district: DistrictInfo
    keepers: Mapping[str, str] = {}


class Amendment(Text):
    """An amendment that this register already follows: from `since` on, by `authority`."""

    since: date
    authority: str = Field(min_length=1)


class Law(Text):
    """One law, rule or policy of the register, and how its text was checked.

    `amendments` are those that the articles cited in this folder already follow (`mingbai law amend`).
    """

    id: str = Field(pattern=Id)
    title: str = Field(min_length=1)
    short: str = Field(min_length=1)
    kind: str
    doc_no: str | None = None
    issuer: str | None = None
    last_changed: str | None = None
    in_force_since: str | None = None
    status: str
    note: str = ""
    source: str
    confidence: Confidence
    amendments: tuple[Amendment, ...] = ()

    @property
    def begins(self) -> date | None:
        """The day from which this text is in force; None where the register does not know the exact day."""
        try:
            return date.fromisoformat(self.in_force_since or "")
        except ValueError:
            return None


class LawsFile(Text):
    """laws.yaml."""

    laws: tuple[Law, ...]


class CitationText(Text):
    """law is an id of laws.yaml; the article is empty where only the rule as a whole is known."""

    law: str
    article: str = ""


class Value(Text):
    """A figure from a day on. `checked` is the day somebody compared it with the cited text."""

    since: date
    value: int | str
    citation: CitationText
    confidence: Confidence
    checked: date

    def basis(self) -> Citation:
        """The kernel's citation."""
        return Citation(self.citation.law, self.citation.article, self.confidence)


Unit = Literal[
    "元", "元/日", "元/年", "元/人月", "元/人年", "%", "亩", "hour", "working_day", "calendar_day", "month",
    "year", "fraction", "bool", "list", "date_range",
]  # fmt: skip
UNIT_TITLES = {
    "hour": "小时", "working_day": "个工作日", "calendar_day": "日", "month": "个月", "year": "年",
    "fraction": "", "bool": "", "list": "", "date_range": "",
}  # fmt: skip


class Parameter(Text):
    """A figure that the law or the district sets. Without values it is not set yet, and nothing may use it.

    Amounts are written in 元 and used in fen.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    unit: Unit
    powers: tuple[str, ...] = ()
    reason: str = ""
    values: tuple[Value, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Parameter:
        days = [one.since for one in self.values]
        if days != sorted(set(days)):
            raise ValueError(f"{self.id} 的各个值要按 since 先后写，不能同日")
        if self.unit != "fraction" and any(isinstance(one.value, str) for one in self.values):
            raise ValueError(f"{self.id} 的值要写成整数")
        return self

    @property
    def is_money(self) -> bool:
        """Whether the figure is an amount."""
        return self.unit.startswith("元")

    def on(self, day: date) -> Value | None:
        """The value in force that day, None before the first."""
        started = [one for one in self.values if one.since <= day]
        return started[-1] if started else None

    def number(self, value: Value) -> int | None:
        """The figure to calculate with: fen for amounts; None for a fraction."""
        if not isinstance(value.value, int):
            return None
        return value.value * FEN if self.is_money else value.value

    def say(self, value: Value) -> str:
        """The figure as people read it: 5,000元, 3个工作日."""
        unit = UNIT_TITLES.get(self.unit, self.unit)
        return f"{Decimal(value.value):,}{unit}" if isinstance(value.value, int) else f"{value.value}{unit}"


class ParametersFile(Text):
    """parameters.yaml."""

    parameters: tuple[Parameter, ...]
