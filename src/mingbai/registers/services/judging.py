"""What may not stand in a contract: refused in a new one, kept and said in public in one that was signed long before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mingbai.journal.events import TypedField
from mingbai.journal.queries import first_day
from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.registers.models import ContractFinding, ContractRow
from mingbai.registers.rules.contract_kinds import ContractKind, last_lawful_day
from mingbai.registers.rules.contracts import CONTRACT


@dataclass(frozen=True)
class Found:
    """Something unlawful in an earlier contract. key: term, floor, managers, object."""

    key: str
    words: str
    citation: Citation


@dataclass
class Judge:
    """Hears every reason against a contract. Of a new one the first is raised; of an earlier one all are kept.

    earlier: it was signed before the village's first act on the platform, so that nothing was there to refuse it
    (docs/decisions/0014-the-truth-of-old-contracts.md).
    """

    earlier: bool
    found: list[Found] = field(default_factory=list)

    def hear(self, key: str, check: Callable[[], None], words: str = "") -> None:
        """Make a check. Raises `Refused`, as the check does, unless the contract is an earlier one."""
        try:
            check()
        except Refused as problem:
            if not self.earlier:
                raise
            self.found.append(Found(key, words or problem.reason, problem.basis or CONTRACT))

    def keep(self, row: ContractRow) -> None:
        """Write what was found beside the contract."""
        ContractFinding.objects.bulk_create(
            ContractFinding(
                contract=row, key=one.key, words=one.words, law=one.citation.law, article=one.citation.article
            )
            for one in self.found
        )

    def told(self) -> list[dict[str, Any]]:
        """What was found, as the journal and the public say it."""
        return [
            {"key": one.key, "words": one.words, "law": one.citation.law, "article": one.citation.article}
            for one in self.found
        ]


def judge_of(row: ContractRow, *, existing: bool) -> Judge:
    """Whether reasons against a contract are raised or kept: kept only where it was signed before the platform."""
    began = first_day(row.village) if existing else None
    return Judge(existing and (began is None or row.signed_on < began))


def found_fields(told: Mapping[str, Any]) -> list[TypedField]:
    """What was found, as a field that people read; none when nothing was."""
    words = [str(one["words"]) for one in told.get("findings", ())]
    return [TypedField("findings", "查出的问题", FieldKind.text.value, "；".join(words))] if words else []


def over_term(kind: ContractKind, starts_on: date) -> str:
    """How the public reads that a term exceeds what the law allows (民法典 第705条 for leases)."""
    last = last_lawful_day(kind, starts_on)
    said = f"合同期限超过法定上限：{kind.title}最长{kind.longest_years}年，到{last.isoformat()}为止"
    after = (last + timedelta(days=1)).isoformat()
    return f"{said}，超过部分（{after}以后）无效" if kind.excess_void else said
