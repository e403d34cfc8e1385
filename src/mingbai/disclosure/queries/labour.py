"""The public rolls of village labour: line by line as published, with totals that add up."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import view
from mingbai.kernel import Money

ROLL = "labour.roll_published"
A_PAGE = 24


@dataclass(frozen=True)
class PublicRollLine:
    """One line; `name` is empty when it is masked."""

    line: int
    name: str
    worked: str
    rate: Money
    amount: Money


@dataclass(frozen=True)
class PublicRoll:
    """One month's roll of a job."""

    publication: str
    month: str
    job: str
    case: str
    total: Money
    lines: tuple[PublicRollLine, ...]


@dataclass(frozen=True)
class PublicRolls:
    """A page of rolls, newest first; `next` is the key to go on before, None at the end."""

    items: tuple[PublicRoll, ...]
    next: int | None


def rolls_in(village: str, before: int = 0) -> PublicRolls:
    """The rolls of a village as published; one query."""
    rows = PublicationRow.objects.filter(village=village, kind=ROLL)
    found = list((rows.filter(order__lt=before) if before else rows).order_by("-order")[: A_PAGE + 1])
    return PublicRolls(
        tuple(_roll(row) for row in found[:A_PAGE]), found[A_PAGE - 1].order if len(found) > A_PAGE else None
    )


def _roll(row: PublicationRow) -> PublicRoll:
    one = view(row)
    names = {field.label: field.value or "" for field in one.fields}
    lines = tuple(
        PublicRollLine(
            int(line["line"]), names.get(f"{line['line']}·姓名", ""), str(line["worked"]), Money(int(line["rate_fen"])),
            Money(int(line["fen"])),
        )
        for line in one.data.get("lines") or ()
    )  # fmt: skip
    return PublicRoll(
        one.id, str(one.data.get("month")), str(one.data.get("job")), one.case, Money(int(one.data.get("total_fen") or 0)),
        lines,
    )  # fmt: skip
