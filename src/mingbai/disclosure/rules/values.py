"""The parts of a publication, as the public may hold them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def legal_day(instant: datetime) -> date:
    """The legal date of an aware instant: the calendar day in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()


@dataclass(frozen=True)
class PublicField:
    """One typed line. Withheld when `value` is None; `masked_rule` then says by which rule."""

    label: str
    kind: str
    value: str | None
    masked_rule: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The field as it stands in the canonical body."""
        return asdict(self)


@dataclass(frozen=True)
class PublicPaper:
    """A paper of the act.

    `digest` names the public copy when one had been released; otherwise the paper is `masked`: it is sealed,
    and `state` says so. `seal` is the salted digest of the sealed original, so that it cannot be swapped.
    `opened_by` is the later publication that shows the paper; it is no part of this one's frozen body.
    """

    label: str
    digest: str | None
    media_type: str
    masked: bool
    state: str
    seal: str
    opened_by: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The paper as it stands in the canonical body."""
        return {key: value for key, value in asdict(self).items() if key != "opened_by"}
