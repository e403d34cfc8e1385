"""A roll comes in through the service that sets rolls; here only its answer is put in the words of files."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mingbai.exchange.events import Taken
from mingbai.exchange.rules.rows import Fault
from mingbai.kernel import Refused
from mingbai.meetings.services import import_roll, preview_roll
from mingbai.organisations.rules import Actor

if TYPE_CHECKING:
    from mingbai.exchange.services.taking import Asked

WIDEST = "villagers_meeting"
LEGAL_TIME = ZoneInfo("Asia/Shanghai")


def take_roll(asked: Asked, by: Actor, at: datetime, dry_run: bool) -> Taken:
    """Set a body's roll from a file, or say what that would change; without a body the villagers' assembly's.

    Raises:
        Refused: what the roll's own service refuses.
    """
    since = asked.since or at.astimezone(LEGAL_TIME).date()
    asks = {
        "village": asked.village,
        "body": asked.body or WIDEST,
        "content": asked.content,
        "since": since,
        "at": at,
    }
    if not dry_run and not by.person:
        raise Refused(
            "名册要写明由谁登记", remedy="加上 --by NAME，写召集人、村文书或者镇（街道）经办人的姓名"
        )
    done = preview_roll(**asks) if dry_run else import_roll(**asks, by=by, dry_run=False)
    faults = tuple(Fault(one.row, one.column, one.message) for one in done.faults)
    moved = f"进 {len(done.joins)} 人，出 {len(done.leaves)} 人，不变 {done.stays} 人"
    changes = len(done.joins) + len(done.leaves) + len(done.altered) if done.ok else 0
    return Taken(
        "roll", asked.village, rows=done.count, added=changes, skipped=done.stays, faults=faults, layout=done.title,
        said=(*done.warnings, *((moved,) if done.ok else ())),
    )  # fmt: skip
