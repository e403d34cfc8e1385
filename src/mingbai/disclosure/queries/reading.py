"""What the public may read. Every face reads here, and nothing a face reads comes from anywhere else."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from mingbai.disclosure.models import CaseHead, PublicationRow
from mingbai.disclosure.queries.copies import papers_now
from mingbai.disclosure.rules.documents import public_id, thaw
from mingbai.disclosure.rules.emptying import NO_SALT
from mingbai.disclosure.rules.values import PublicField, PublicPaper
from mingbai.evidence import queries as evidence

MAX_PAGE = 200


@dataclass(frozen=True)
class Publication:
    """One act as the public may see it. `id` is its permalink; `order` its place among all publications.

    `late_days` counts calendar days from the claimed date to the recording. `withheld` is how many texts the door scan
    took out of title and data, `masks` for which kinds and why. `body` are the frozen bytes; `digest` is
    `sha256(salt ‖ body)`. Of one that was taken down `withdrawn` says by which publication, when, by which office and
    why; `digest` is what it had.
    """

    id: str
    order: int
    number: int
    village: str
    power: str
    case: str
    kind: str
    kind_title: str
    title: str
    office: str
    office_title: str
    actor: str
    occurred_on: date
    recorded_at: datetime
    published_at: datetime
    late_days: int
    fields: tuple[PublicField, ...]
    papers: tuple[PublicPaper, ...]
    data: Mapping[str, Any]
    citation: Mapping[str, str] | None
    citation_text: str
    basis_text: str
    withheld: int
    supersedes: str
    digest: str
    salt: str
    body: bytes = field(repr=False)
    withdrawn: Mapping[str, str] | None = None
    masks: tuple[str, ...] = ()

    @property
    def masked(self) -> bool:
        """Whether anything of the act is kept from the public."""
        return bool(self.withheld) or any(f.value is None for f in self.fields)


@dataclass(frozen=True)
class Page:
    """A keyset page: `next` is the key to go on from, or None at the end."""

    items: tuple[Publication, ...]
    next: int | None


@dataclass(frozen=True)
class Notice:
    """A publicity period: both days count, `until` is the last on which it must hang.

    down: it was found not hanging and is not up again; its days stand still.
    """

    since: date
    until: date
    down: bool = False

    def days_left(self, today: date) -> int:
        """Days that remain after today; 0 on the last day."""
        return max((self.until - today).days, 0)


@dataclass(frozen=True)
class CaseSummary:
    """A case in a list: `here` are titles of the steps it waits at, `due` the earliest limit of these."""

    number: str
    title: str
    village: str
    power: str
    here: tuple[str, ...]
    lanes: tuple[str, ...]
    due: date | None
    opened_on: date
    last_date: date
    ended: str
    suspended: bool
    notice: Notice | None


def publication(publication_id: str) -> Publication | None:
    """One publication by its permalink `<village>-<number>`, or None."""
    row = _row(publication_id)
    return opened([view(row)])[0] if row else None


def publications(
    *,
    village: str | None = None,
    power: str | None = None,
    kind: str | None = None,
    since: int = 0,
    published_from: datetime | None = None,
    limit: int = 50,
    newest_first: bool = False,
    before: int | None = None,
) -> Page:
    """A page of publications: after key `since` in order, or newest first and before key `before`.

    At most `MAX_PAGE` at a time; one query.
    """
    rows = _where(village=village, power=power, kind=kind).filter(order__gt=since)
    rows = rows.filter(order__lt=before) if before else rows
    rows = rows.filter(published_at__gte=published_from) if published_from else rows
    limit = max(1, min(limit, MAX_PAGE))
    found = list(rows.order_by("-order" if newest_first else "order")[: limit + 1])
    items = tuple(view(row) for row in found[:limit])
    return Page(items, items[-1].order if len(found) > limit else None)


def by_order(orders: Sequence[int]) -> tuple[Publication, ...]:
    """The publications with these places in the order of all, in the given sequence; one query."""
    found = {one.order: one for one in views(PublicationRow.objects.filter(order__in=list(orders)))}
    return tuple(found[order] for order in orders if order in found)


def of_case(number: str) -> tuple[Publication, ...]:
    """Everything published of one case, in order; papers released meanwhile show where they were sealed."""
    return tuple(opened(views(PublicationRow.objects.filter(case=number).order_by("order"))))


def of_cases(
    numbers: Iterable[str], kind: str | None = "case.step_completed"
) -> dict[str, tuple[Publication, ...]]:
    """The publications of several cases, of one kind or (None) of all, each in order; one query.

    Papers stand as they were sealed.
    """
    found: dict[str, list[Publication]] = {number: [] for number in numbers}
    for one in views(_where(kind=kind).filter(case__in=list(found)).order_by("order")):
        found[one.case].append(one)
    return {number: tuple(ours) for number, ours in found.items()}


def opened(found: Sequence[Publication]) -> list[Publication]:
    """Sealed papers with the public copy that a later publication brought, and copies that were taken down without
    theirs; one query, and one more where a copy is shown."""
    papers = papers_now({one.order: one.papers for one in found})
    return [replace(one, papers=papers[one.order]) for one in found]


def resolutions(village: str, limit: int = 50) -> tuple[Publication, ...]:
    """The newest published resolutions of a village's bodies."""
    return publications(village=village, kind="meeting.resolved", limit=limit, newest_first=True).items


def findings(village: str | None = None, limit: int = 50) -> tuple[Publication, ...]:
    """The newest published findings of supervision."""
    return publications(village=village, kind="finding.raised", limit=limit, newest_first=True).items


def case(number: str) -> CaseSummary | None:
    """Where one case stands by what was published, or None."""
    row = CaseHead.objects.filter(case=number).first()
    return summary_of(row) if row else None


def cases(
    village: str | None = None, limit: int = 50, *, power: str | None = None, running: bool | None = None
) -> tuple[CaseSummary, ...]:
    """Cases by what was published of them, the last moved first; one query."""
    rows = CaseHead.objects.order_by("-last_order")
    rows = rows.filter(village=village) if village else rows
    rows = rows.filter(power=power) if power else rows
    rows = rows.filter(ended="") if running else rows
    rows = rows.exclude(ended="") if running is False else rows
    return tuple(summary_of(row) for row in rows[:limit])


def on_notice(today: date, village: str | None = None, limit: int = 50) -> tuple[CaseSummary, ...]:
    """Cases whose publicity period runs today, the first to end first; one query."""
    running = Q(notice_until__gte=today) | Q(notice_down=True)
    rows = CaseHead.objects.filter(running, notice_from__lte=today, ended="")
    rows = rows.filter(village=village) if village else rows
    return tuple(summary_of(row) for row in rows.order_by("notice_until", "case")[:limit])


def file(publication_id: str, digest: str) -> tuple[bytes, str] | None:
    """The public copy of a paper of a publication as (bytes, media type); None when it has none such."""
    found = publication(publication_id)
    if found is None or not any(paper.digest == digest for paper in found.papers if paper.digest):
        return None
    return evidence.public_bytes(digest)


def public_json(publication_id: str) -> dict[str, str] | None:
    """What a verifier needs of a publication: id, salt (hex), frozen body (base64); None when unknown or taken down."""
    row = _row(publication_id)
    if row is None or bytes(row.salt) == NO_SALT:
        return None
    body = base64.b64encode(bytes(row.body)).decode("ascii")
    return {"id": publication_id, "salt": bytes(row.salt).hex(), "body": body}


def id_of_entry(entry: int) -> str | None:
    """The permalink under which a journal entry was published, or None."""
    row = PublicationRow.objects.filter(entry=entry).only("village", "number").first()
    return public_id(row.village, row.number) if row else None


def entry_of(publication_id: str) -> int | None:
    """The number of the journal entry that a publication publishes, or None when there is no such publication."""
    row = _row(publication_id)
    return row.entry if row else None


def head() -> int:
    """The order of the newest publication; 0 when there is none. Changes with every publication."""
    return PublicationRow.objects.aggregate(last=Max("order"))["last"] or 0


def newest_at() -> datetime | None:
    """When the newest publication was made; None when there is none."""
    newest = PublicationRow.objects.order_by("-order").values_list("published_at", flat=True)
    return newest.first()


def _row(publication_id: str) -> PublicationRow | None:
    village, _, number = publication_id.rpartition("-")
    if not (village and number.isascii() and number.isdigit() and len(number) < 16):
        return None
    if str(int(number)) != number:
        return None
    return PublicationRow.objects.filter(village=village, number=int(number)).first()


def _where(**filters: str | None) -> QuerySet[PublicationRow]:
    return PublicationRow.objects.filter(**{name: value for name, value in filters.items() if value})


def views(rows: Iterable[PublicationRow]) -> tuple[Publication, ...]:
    """Stored rows as public values."""
    return tuple(view(row) for row in rows)


def view(row: PublicationRow) -> Publication:
    """A stored row as the public value; the frozen body is its only source beside the searchable columns."""
    body = bytes(row.body)
    document = thaw(body)
    texts = ("kind_title", "office", "office_title", "actor", "citation_text", "basis_text")
    return Publication(
        id=public_id(row.village, row.number),
        order=row.order,
        number=row.number,
        village=row.village,
        power=row.power,
        case=row.case,
        kind=row.kind,
        title=row.title,
        occurred_on=row.occurred_on,
        recorded_at=row.recorded_at,
        published_at=row.published_at,
        late_days=document["late_days"],
        fields=tuple(PublicField(**item) for item in document["fields"]),
        papers=tuple(PublicPaper(**item) for item in document["papers"]),
        data=document["data"],
        citation=document["citation"],
        withheld=document["withheld"],
        supersedes=row.supersedes,
        digest=row.digest,
        salt=bytes(row.salt).hex(),
        body=body,
        withdrawn=document.get("withdrawn"),
        masks=tuple(document.get("masks", ())),
        **{name: document[name] for name in texts},
    )


def summary_of(row: CaseHead) -> CaseSummary:
    """A stored case as the public value."""
    dues = [date.fromisoformat(step["due"]) for step in row.here if step.get("due")]
    hung = row.notice_from and row.notice_until
    notice = Notice(row.notice_from, row.notice_until, row.notice_down) if hung else None
    return CaseSummary(
        number=row.case,
        title=row.title,
        village=row.village,
        power=row.power,
        here=tuple(step.get("title") or "" for step in row.here),
        lanes=tuple(step.get("lane") or "" for step in row.here),
        due=min(dues, default=None),
        opened_on=row.opened_on,
        last_date=row.last_on,
        ended=row.ended,
        suspended=row.suspended,
        notice=notice,
    )
