"""The district's risk rules, read from `risk_rules.yaml` and refused when unsound."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mingbai.kernel import Citation, Confidence, validate


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Basis(_Strict):
    """A legal basis by the law's id in laws.yaml."""

    law: str
    article: str
    confidence: Confidence = Confidence.verified

    def citation(self) -> Citation:
        """The same as the value everybody speaks."""
        return Citation(self.law, self.article, self.confidence)


class Threshold(_Strict):
    """A dated limit in working days; in force from `since` until the next one begins."""

    since: date
    working_days: int = Field(ge=0, le=365)
    source: str
    confidence: Confidence


class Example(_Strict):
    """A worked example that a jurist can read and a machine runs: does the rule find this?"""

    case: str
    act: str
    occurred_on: date
    recorded_on: date
    found: bool
    working_days: int | None = None


class RiskRule(_Strict):
    """One rule. `acts` are the acts it looks at; those in `carried` only when no case step carries them."""

    id: str = Field(pattern=r"^R\d{1,3}$")
    name: str
    text: str
    version: int = Field(ge=1)
    severity: Literal["low", "medium", "high"]
    basis: Basis
    acts: tuple[str, ...]
    carried: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> RiskRule:
        if any(act.startswith("finding.") for act in self.acts):
            raise ValueError("规则不能看监督提示自己，会没完没了")
        dates = [threshold.since for threshold in self.thresholds]
        if dates != sorted(set(dates)):
            raise ValueError("thresholds 要按 since 从早到晚，不能重复")
        return self

    def threshold(self, on: date) -> Threshold | None:
        """The limit in force on a date; None before the first began."""
        in_force = [threshold for threshold in self.thresholds if threshold.since <= on]
        return in_force[-1] if in_force else None


class RuleBook(_Strict):
    """The whole file."""

    rules: tuple[RiskRule, ...]

    @model_validator(mode="after")
    def _once(self) -> RuleBook:
        ids = [rule.id for rule in self.rules]
        if len(ids) != len(set(ids)):
            raise ValueError("规则编号重复")
        return self

    def rule(self, rule_id: str) -> RiskRule | None:
        """A rule by its id, or None when the district does not use it."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def load_rules(text: str, filename: str = "risk_rules.yaml") -> RuleBook:
    """Read and check the file.

    Raises:
        BadFile: malformed, unknown key, thresholds out of order, or a rule that looks at findings.
    """
    return validate(RuleBook, text, filename)
