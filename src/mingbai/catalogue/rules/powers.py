"""powers/NN-<id>.yaml: one power, each of its facts with source and confidence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mingbai.catalogue.rules.law import Id, Text
from mingbai.kernel import Citation, Confidence

Nature = Literal[
    "village_self_governance", "mixed_service_and_self_governance", "party_affairs", "assists_government",
    "assists_government_with_village_decision", "assists_government_with_village_appraisal",
]  # fmt: skip
NATURES: dict[str, str] = {
    "village_self_governance": "村民自治事项",
    "mixed_service_and_self_governance": "服务与自治兼有",
    "party_affairs": "党务事项",
    "assists_government": "协助政府办理",
    "assists_government_with_village_decision": "协助政府办理，村里有决定环节",
    "assists_government_with_village_appraisal": "协助政府办理，村里有评议环节",
}


class Fact(Text):
    """A sentence, where it comes from and how sure we are of it (assumed: shown as 待确认)."""

    text: str = Field(min_length=1)
    source: str = Field(min_length=1)
    confidence: Confidence
    note: str = ""


class Department(Fact):
    """A body that compiles the power's rules; `office` is its id in offices.yaml."""

    office: str


class Basis(Text):
    """The articles of one law that a power rests on, and what they say to the point."""

    law: str
    articles: tuple[str, ...] = ()
    point: str
    source: str
    confidence: Confidence

    def citation(self) -> Citation:
        """The kernel's value, with the articles joined."""
        return Citation(self.law, "、".join(self.articles), self.confidence)


class TimeLimit(Fact):
    """A limit in time; without a number when the law sets none.

    With `from_step` and `to_step` it binds cases: from the day on which the one is done to the other's. They are
    steps of the power's chart; `to_step: end` is the end of the case.
    """

    bound: Literal["min", "max"] | None = None
    value: int | None = None
    unit: Literal["hour", "working_day", "calendar_day", "month", "year"] | None = None
    counted_from: str = ""
    from_step: str = ""
    to_step: str = ""
    law: str = ""
    article: str = ""

    def binds_cases(self) -> bool:
        """Whether cases count it: a longest time between two named steps."""
        return bool(self.from_step and self.to_step and self.value) and self.bound == "max"


class Publicity(Fact):
    """A period on the board; `min_days` 0: none is held, empty: the law sets no number."""

    name: str
    kind: str
    min_days: int | None = None
    unit: Literal["working_day", "calendar_day", "month", "year"] | None = None
    place: str = ""
    by: str = ""


class Threshold(Fact):
    """A bound that decides the route. Its figure stands in parameters.yaml and is only named here."""

    parameter: str | None = None


class FourDeliberations(Fact):
    """Whether 四议两公开 applies to the power."""

    required: Literal["yes", "partial", "no"]


DisclosureLevel = Literal["list", "rules", "procedure", "process", "result"]
LEVEL_TITLES: dict[str, str] = {
    "list": "权力清单内容",
    "rules": "规章制度",
    "procedure": "运行程序",
    "process": "运行过程",
    "result": "运行结果",
}
"""五公开, in the order of the notice, third part (3)."""


class Disclosure(Fact):
    """What is public at one of the five levels."""

    level: DisclosureLevel

    @property
    def level_title(self) -> str:
        """The level's Chinese name."""
        return LEVEL_TITLES[self.level]


class Power(Text):
    """One power with everything a villager may ask about it. `procedure` is the id of its chart."""

    id: str = Field(pattern=Id)
    number: int = Field(ge=1, le=9999)
    category: str
    name: str
    nature: Nature
    compiling_departments: tuple[Department, ...] = Field(min_length=1)
    bases: tuple[Basis, ...] = Field(min_length=1)
    scope: tuple[Fact, ...] = Field(min_length=1)
    out_of_scope: tuple[Fact, ...] = ()
    handling_body: Fact
    method: Fact
    four_deliberations: FourDeliberations
    time_limits: tuple[TimeLimit, ...] = ()
    materials: tuple[Fact, ...] = ()
    discipline: tuple[Fact, ...] = Field(min_length=1)
    risks: tuple[Fact, ...] = Field(min_length=1)
    recusal: tuple[Fact, ...] = ()
    publicity: tuple[Publicity, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    five_disclosures: tuple[Disclosure, ...] = Field(min_length=5, max_length=5)
    must_not_publish: tuple[Fact, ...] = ()
    procedure: str | None = None

    @property
    def nature_title(self) -> str:
        """The nature in Chinese."""
        return NATURES[self.nature]
