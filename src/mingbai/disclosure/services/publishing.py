"""Publishing: one journal entry becomes at most one publication, inside the follower's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mingbai.disclosure.events import WITHDRAWN
from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.rules import documents, redaction
from mingbai.disclosure.rules.profiles import ActProfile, Profiles
from mingbai.disclosure.rules.values import PublicPaper, legal_day
from mingbai.disclosure.services import meeting_heads, papers, withdrawing
from mingbai.disclosure.services.heads import Heads
from mingbai.evidence.events import RELEASED
from mingbai.journal.queries import Entry
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Mandate

OPENING = "case.opened"
OBJECT = ("register.asset_", "register.resource_", "register.object_", "register.contract_")


@dataclass
class Press:
    """One batch being published: the profiles in force, law titles, and the next numbers."""

    profiles: Profiles
    titles: Mapping[str, str]
    now: datetime
    order: int
    numbers: dict[str, int] = field(default_factory=dict)
    heads: Heads = field(default_factory=Heads)

    def next_number(self, village: str) -> int:
        """The next gap-free number of a village; the follower's cursor row is locked meanwhile."""
        if village not in self.numbers:
            last = PublicationRow.objects.filter(village=village).aggregate(last=Max("number"))["last"]
            self.numbers[village] = last or 0
        self.numbers[village] += 1
        return self.numbers[village]


def publish_entries(
    entries: Iterable[Entry], *, profiles: Profiles, titles: Mapping[str, str], now: datetime
) -> int:
    """Publish what is due of these journal entries, in their order; returns how many publications were made.

    An entry published before is passed over, so that a batch may be run again.
    """
    with transaction.atomic():
        entries = list(entries)
        known = set(
            PublicationRow.objects.filter(entry__in=[entry.seq for entry in entries]).values_list(
                "entry", flat=True
            )
        )
        last = PublicationRow.objects.aggregate(last=Max("order"))["last"] or 0
        press = Press(profiles, titles, now, last)
        made = 0
        for entry in entries:
            act = profiles.act(entry.act)
            if act and entry.seq not in known and _may_leave(entry, press):
                _publish(entry, act, press)
                made += 1
        press.heads.save()
    return made


def _may_leave(entry: Entry, press: Press) -> bool:
    """Nothing of a case leaves whose power is private, or whose opening did not leave either.

    A paper released before it was published anywhere is simply shown when it is.
    """
    power = str((entry.data or {}).get("power") or "")
    if power in press.profiles.private_powers:
        return False
    case = _case(entry)
    if entry.act == RELEASED and not papers.sealed_places(entry):
        return False
    return not case or entry.act == OPENING or press.heads.of(case) is not None


def _case(entry: Entry) -> str:
    return entry.subject.removeprefix("case:") if entry.subject.startswith("case:") else ""


def _publish(entry: Entry, act: ActProfile, press: Press) -> PublicationRow:
    data = redaction.clean_data(entry.data or {}, act, press.profiles.lets(entry.act))
    opens = papers.sealed_places(entry)
    if entry.act == RELEASED:
        data.data["opens"] = [_id(one.publication) for one in opens]
    case = _case(entry)
    number = press.next_number(entry.village)
    press.order += 1
    head = press.heads.of(case) if case else None
    facts = {
        "id": documents.public_id(entry.village, number),
        "number": number,
        "village": entry.village,
        "case": case,
        "kind": entry.act,
        "power": str(data.data.get("power") or (head.power if head else "")),
        "title": _title(entry, data.data, act, head.title if head else ""),
        "supersedes": _superseded(entry, case, data.data),
    }
    salt = secrets.token_bytes(32)
    shown = papers.public_papers(entry, press.profiles, salt) if act.papers else ()
    body = documents.freeze({**facts, **_content(entry, act, data, press, shown)})
    row = PublicationRow.objects.create(
        order=press.order,
        entry=entry.seq,
        **{name: value for name, value in facts.items() if name != "id"},
        step=str(data.data.get("step") or ""),
        occurred_on=entry.occurred_on,
        recorded_at=entry.recorded_at,
        published_at=max(press.now, entry.recorded_at),
        **_money_columns(entry, data.data),
        salt=salt,
        digest=documents.digest_of(salt, body),
        body=body,
    )
    if act.papers:
        papers.note_papers(row, entry, shown, opens)
    if case:
        press.heads.move(row, data.data)
    meeting_heads.move(row, data.data)
    if entry.act == WITHDRAWN:
        withdrawing.carry_out(row, entry)
    return row


def _title(entry: Entry, data: Mapping[str, Any], act: ActProfile, of_case: str) -> str:
    if "title" in act.data and entry.data and "title" in entry.data:
        return str(data.get("title") or redaction.WITHHELD)
    return of_case or act.title


def _superseded(entry: Entry, case: str, data: Mapping[str, Any]) -> str:
    """A step done again after a return supersedes what was published of it before; so does the word that it is taken down."""
    if entry.act == WITHDRAWN:
        return "" if data.get("copy") else str(data.get("publication") or "")
    if not case or not data.get("step") or entry.act not in ("case.step_completed", "case.notice_started"):
        return ""
    earlier = (
        PublicationRow.objects.filter(case=case, kind=entry.act, step=data["step"]).order_by("-order").first()
    )
    return _id(earlier) if earlier else ""


def _id(row: PublicationRow) -> str:
    return documents.public_id(row.village, row.number)


def _content(
    entry: Entry, act: ActProfile, data: redaction.Cleaned, press: Press, shown: Sequence[PublicPaper]
) -> dict[str, Any]:
    lets = press.profiles.lets(entry.act)
    fields = redaction.show_fields(entry.fields, act, press.profiles, press.titles, lets)
    masks = [redaction.said_of(kind, press.profiles, press.titles) for kind in data.kinds]
    late = (legal_day(entry.recorded_at) - entry.occurred_on).days
    return {
        "kind_title": act.title,
        "occurred_on": entry.occurred_on.isoformat(),
        "recorded_at": _instant(entry.recorded_at),
        "published_at": _instant(max(press.now, entry.recorded_at)),
        "late_days": max(late, 0),
        "office": entry.office,
        "office_title": organisations.office_title(entry.office) if entry.office else "",
        "actor": _actor_name(entry, act),
        "fields": [item.as_dict() for item in fields],
        "papers": [item.as_dict() for item in shown],
        "data": data.data,
        "withheld": data.withheld,
        **({"masks": masks} if masks else {}),
        "citation": entry.citation.as_dict() if entry.citation else None,
        "citation_text": entry.citation.text(press.titles) if entry.citation else "",
        "basis_text": act.basis.citation().text(press.titles),
        "profile": press.profiles.version,
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _actor_name(entry: Entry, act: ActProfile) -> str:
    """The name of who acted, only when the profile shows it and the person then held that office."""
    if act.actor != "shown" or not entry.actor or not entry.office:
        return ""
    try:
        actor = organisations.actor_on(entry.actor, entry.occurred_on)
    except Refused:
        return ""
    held = any(_held(mandate, entry) for mandate in actor.mandates)
    return redaction.clean_text(actor.name) or "" if held else ""


def _held(mandate: Mandate, entry: Entry) -> bool:
    """A mandate in the village, or in the town or district whose code begins the village's."""
    in_place = entry.village.startswith(mandate.division)
    return mandate.office == entry.office and in_place and mandate.active(entry.occurred_on)


def _money_columns(entry: Entry, data: Mapping[str, Any]) -> dict[str, Any]:
    """The searchable columns: of a voucher its month, number and signed amount in fen; of a later paper its number.

    What is published of an asset, a resource or a contract is found by its number.
    """
    if entry.act.startswith(OBJECT) and data.get("number"):
        return {"voucher": str(data["number"])}
    if entry.act not in ("ledger.voucher_posted", "ledger.paper_attached") or not data.get("number"):
        return {}
    number, amount = str(data["number"]), int(data.get("amount_fen") or 0)
    if entry.act == "ledger.paper_attached":
        return {"voucher": number}
    signed = amount if data.get("direction") == "in" else -amount
    return {"month": number[:7], "voucher": number, "signed_fen": signed}
