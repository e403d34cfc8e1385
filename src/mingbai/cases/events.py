"""The facts that `cases` hands back, and the shape of what it writes into the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

OPENED = "case.opened"
STEP_COMPLETED = "case.step_completed"
NOTICE_STARTED = "case.notice_started"
NOTICE_REPOSTED = "case.notice_reposted"
NOTICE_INTERRUPTED = "case.notice_interrupted"
NOTICE_REHUNG = "case.notice_rehung"
STEP_RETURNED = "case.step_returned"
SUSPENDED = "case.suspended"
RESUMED = "case.resumed"
WITHDRAWN = "case.withdrawn"
CLOSED = "case.closed"
EXTENDED = "case.extended"
OVERDUE = "case.overdue"
SIGNATURE_ASKED = "case.signature_asked"
SIGNED = "case.signed"
MIGRATED = "case.migrated"


@dataclass(frozen=True)
class CaseOpened:
    """A case came into being under its gap-free number."""

    number: str


@dataclass(frozen=True)
class StepCompleted:
    """A step was done; `entered` are the steps that wait now, `ended` the end reached, if any."""

    case: str
    step: str
    entered: tuple[str, ...]
    ended: str | None
    voucher: str | None = None
    resolution: str | None = None
    contract: str | None = None


@dataclass(frozen=True)
class NoticeStarted:
    """A notice hangs; it must hang through the whole of `until`. `posting` counts the sheets of this visit."""

    case: str
    step: str
    until: date
    posting: int = 1


@dataclass(frozen=True)
class NoticeInterrupted:
    """A notice was found not to hang; its days stand still from `down_on`."""

    case: str
    step: str
    down_on: date


@dataclass(frozen=True)
class StepReturned:
    """The case went back to an earlier step."""

    case: str
    step: str
    to: str


@dataclass(frozen=True)
class StepExtended:
    """The last day of a waiting step was moved."""

    case: str
    step: str
    due: date


@dataclass(frozen=True)
class SignatureAsked:
    """Another office was asked to sign a step first."""

    case: str
    step: str
    office: str


@dataclass(frozen=True)
class Cosigned:
    """An office that was asked has signed: it agrees, or the step cannot be completed."""

    case: str
    step: str
    office: str
    agrees: bool


@dataclass(frozen=True)
class CaseMoved:
    """The case was suspended, resumed or withdrawn."""

    case: str
    status: str


@dataclass(frozen=True)
class CaseMigrated:
    """The case goes on under another edition."""

    case: str
    from_edition: int
    to_edition: int


@dataclass(frozen=True)
class PaperRef:
    """A paper handed in with a step, as the journal names it."""

    id: str
    label: str
    digest: str

    def as_dict(self) -> dict[str, str]:
        return {"id": self.id, "label": self.label, "digest": self.digest}


def case_data(facts: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The structural data of a case act; every key is always there, so that readers need no defaults."""
    empty: dict[str, Any] = {
        "case": "", "power": "", "title": "", "procedure": "", "edition": 0,
        "step": None, "step_title": None, "lane": None, "node_kind": None, "office": None,
        "late_days": 0, "papers": [], "next": [], "done": [], "here": [], "notice": None, "ended": None,
    }  # fmt: skip
    unknown = (set(facts) | set(more)) - set(empty)
    if unknown:
        raise KeyError(f"not part of a case act: {sorted(unknown)}")
    return {**empty, **facts, **more}
