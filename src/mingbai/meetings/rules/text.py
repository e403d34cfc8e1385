"""The file `meetings.yaml` of a district: how each body meets, readable by a jurist."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from mingbai.kernel import BadFile, Citation, Confidence, line_of, load_located, validate
from mingbai.meetings.rules.bodies import (
    Base,
    Bodies,
    BodyRule,
    Composition,
    Majority,
    Meets,
    MemberShare,
    Notice,
    Quorum,
    Request,
    Unit,
)

BODIES_FILE = "meetings.yaml"
Words = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Fraction = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?/[1-9][0-9]?$")]
OfficeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MajorityText(_Text):
    """Exactly one of `at_least` (以上, the number itself counts) and `more_than` (超过)."""

    at_least: Fraction | None = None
    more_than: Fraction | None = None
    label: Words

    @model_validator(mode="after")
    def one_comparison(self) -> Self:
        if (self.at_least is None) == (self.more_than is None):
            raise ValueError("at_least 和 more_than 必须且只能写一个")
        numerator, denominator = _parts(self.at_least or self.more_than or "")
        if numerator > denominator:
            raise ValueError("比例不能大于一")
        return self

    def majority(self) -> Majority:
        numerator, denominator = _parts(self.at_least or self.more_than or "")
        return Majority(numerator, denominator, strict=self.more_than is not None)


class QuorumText(MajorityText):
    """One quorum alternative."""

    count: Unit = Unit.persons


class PassingText(MajorityText):
    """What carries a motion, and of what base."""

    of: Base


class NoticeText(_Text):
    """Days ahead, in calendar days."""

    days: Annotated[int, Field(ge=1, le=60)]
    exception: str = ""


class MemberShareText(MajorityText):
    """A kind of person and its least share; `label` names the kind as the roll does."""


class CompositionText(_Text):
    """How many members, and of what kinds."""

    at_least: Annotated[int, Field(ge=1)] = 1
    at_most: Annotated[int, Field(ge=1)] | None = None
    odd: bool = False
    shares: list[MemberShareText] = []

    @model_validator(mode="after")
    def a_range(self) -> Self:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError("at_most 不能小于 at_least")
        return self

    def composition(self) -> Composition:
        shares = tuple(MemberShare(one.label, one.majority()) for one in self.shares)
        return Composition(self.at_least, self.at_most, self.odd, shares)


class MeetsText(_Text):
    """At least so many times in each year, half year, quarter or month."""

    times: Annotated[int, Field(ge=1, le=12)]
    per: Literal["year", "half_year", "quarter", "month"]


class CitationText(_Text):
    """Law id of laws.yaml, article, and how sure we are."""

    law: Words
    article: str
    confidence: Confidence


class BodyText(_Text):
    """One body from one date on."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    title: Words
    since: date
    convened_by: Words
    offices: list[OfficeId] = []
    recorded_by: list[OfficeId] = []
    eligible: Words
    quorum_any_of: list[QuorumText] = []
    passing: PassingText | None = None
    recused: Literal["leave_base", "stay_in_base"]
    notice: NoticeText | None = None
    citation: CitationText
    notes: list[Words] = []
    composition: CompositionText = CompositionText()
    term_years: Annotated[int, Field(ge=1, le=10)] | None = None
    meets: MeetsText | None = None
    requested_by: list[MajorityText] = []
    proxy: Words | None = None
    remote: Words | None = None
    written_opinions: bool = False
    secret: bool = False
    left_by: list[Literal["died", "moved_away", "left_membership"]] = ["died"]
    by_group: bool = False

    def rule(self) -> BodyRule:
        return BodyRule(
            id=self.id,
            title=self.title,
            since=self.since,
            convened_by=self.convened_by,
            offices=tuple(self.offices),
            recorded_by=tuple(self.recorded_by),
            eligible=self.eligible,
            quorum=tuple(Quorum(way.count, way.majority(), way.label) for way in self.quorum_any_of),
            passing=self.passing.majority() if self.passing else None,
            passing_base=self.passing.of if self.passing else Base.roll,
            recused_leave_base=self.recused == "leave_base",
            notice=Notice(self.notice.days, self.notice.exception) if self.notice else None,
            citation=Citation(self.citation.law, self.citation.article, self.citation.confidence),
            notes=tuple(self.notes),
            composition=self.composition.composition(),
            term_years=self.term_years,
            meets=Meets(self.meets.times, self.meets.per) if self.meets else None,
            requests=tuple(Request(one.label, one.majority()) for one in self.requested_by),
            proxy=self.proxy or "",
            remote=self.remote or "",
            written_opinions=self.written_opinions,
            secret=self.secret,
            left_by=tuple(self.left_by),
            by_group=self.by_group,
        )


class BodiesText(_Text):
    """The whole file."""

    bodies: Annotated[list[BodyText], Field(min_length=1)]


def read_bodies(text: str, filename: str = BODIES_FILE) -> Bodies:
    """Every body rule of the file. Raises `BadFile` with line and reason; a body twice on one date is bad."""
    bodies = tuple(body.rule() for body in validate(BodiesText, text, filename).bodies)
    seen: set[tuple[str, date]] = set()
    for index, rule in enumerate(bodies):
        if (rule.id, rule.since) in seen:
            line = line_of(load_located(text, filename)[1], ("bodies", index))
            raise BadFile(filename, line, f"{rule.id} 在 {rule.since} 有两条规则")
        seen.add((rule.id, rule.since))
    return bodies


def _parts(fraction: str) -> tuple[int, int]:
    numerator, denominator = fraction.split("/")
    return int(numerator), int(denominator)
