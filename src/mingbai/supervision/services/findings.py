"""Raising a finding: a row of its own and an act in the journal, together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.queries import Entry
from mingbai.journal.services import record
from mingbai.supervision.models import FindingRow
from mingbai.supervision.rules import Found, RiskRule

SHANGHAI = ZoneInfo("Asia/Shanghai")
RAISED = "finding.raised"


@dataclass(frozen=True)
class FindingRaised:
    """A finding was raised about a journal entry."""

    rule: str
    entry: int


def legal_day(instant: datetime) -> date:
    """The legal date of an instant: the calendar day in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()


def raise_finding(
    *, rule: RiskRule, found: Found, entry: Entry, publication: str, at: datetime
) -> FindingRaised | None:
    """Record what a rule found in an entry; None when it has found this entry before (a second pass)."""
    if FindingRow.objects.filter(rule=rule.id, entry=entry.seq).exists():
        return None
    # A pass begins before its findings are written; the journal takes no entry older than its last.
    at = max(at.astimezone(UTC), entry.recorded_at)
    case = entry.subject.removeprefix("case:") if entry.subject.startswith("case:") else ""
    with transaction.atomic():
        FindingRow.objects.create(
            rule=rule.id,
            rule_version=rule.version,
            entry=entry.seq,
            village=entry.village,
            case=case,
            publication=publication,
            severity=rule.severity,
            sentence=found.sentence,
            threshold=found.threshold,
            working_days=found.working_days,
            raised_at=at,
        )
        record(
            act=RAISED,
            village=entry.village,
            subject=entry.subject,
            actor="",
            office="",
            occurred_on=legal_day(at),
            at=at,
            fields=_fields(rule, found, entry),
            data=_data(rule, found, entry, case, publication),
            citation=rule.basis.citation(),
        )
    return FindingRaised(rule.id, entry.seq)


def _fields(rule: RiskRule, found: Found, entry: Entry) -> tuple[TypedField, ...]:
    days = "" if found.working_days is None else str(found.working_days)
    fields = (
        TypedField("rule", "规则", "text", f"{rule.id} {rule.name}"),
        TypedField("sentence", "看到的情况", "text", found.sentence),
        TypedField("occurred_on", "写明的日期", "date", entry.occurred_on.isoformat()),
        TypedField("recorded_on", "录入的日期", "date", legal_day(entry.recorded_at).isoformat()),
        TypedField("working_days", "隔了几个工作日", "integer", days),
        TypedField("threshold", "允许几个工作日", "integer", str(found.threshold)),
    )
    return tuple(field for field in fields if field.value)


def _data(rule: RiskRule, found: Found, entry: Entry, case: str, publication: str) -> dict[str, object]:
    threshold = rule.threshold(legal_day(entry.recorded_at))
    return {
        "rule": rule.id,
        "rule_version": rule.version,
        "severity": rule.severity,
        "case": case,
        "power": str((entry.data or {}).get("power") or ""),
        "publication": publication,
        "working_days": found.working_days,
        "threshold": found.threshold,
        "confidence": str(threshold.confidence) if threshold else "",
    }
