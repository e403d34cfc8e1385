"""Files of instructions: their lines, how the bank answered, which wait too long, and the files themselves."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from openpyxl import Workbook

from mingbai.kernel import Money
from mingbai.ledger.models import TransferFile, TransferLine
from mingbai.ledger.queries.handling import A_PAGE, handling
from mingbai.ledger.rules.cash_file import Handling
from mingbai.ledger.rules.transfers import Instruction, digest_of, rows_of


@dataclass(frozen=True)
class LineView:
    """One instruction and what the bank said: `answer` done, refused or empty; account by its last digits."""

    reference: str
    case: str
    step: str
    payee: str
    ending: str
    amount: Money
    answer: str
    reason: str


@dataclass(frozen=True)
class FileView:
    """One file; `open` instructions have no answer yet, and `late_days` tells for how long too long."""

    number: str
    layout: str
    made_on: date
    count: int
    total: Money
    digest: str
    open: int
    refused: int
    late_days: int


def files(village: str, today: date, after: str = "") -> tuple[FileView, ...]:
    """The newest files of a village, a page after a number."""
    rows = _counted(village)
    if after:
        rows = rows.filter(number__lt=after)
    late = handling(today).answer_days
    return tuple(_file(row, (today - row.made_on).days - late) for row in rows.order_by("-number")[:A_PAGE])


def unanswered(village: str, today: date, rules: Handling | None = None) -> tuple[FileView, ...]:
    """The files with an instruction to which the bank should have answered by now."""
    late = (rules or handling(today)).answer_days
    rows = (
        _counted(village).filter(made_on__lt=today - timedelta(days=late), waiting__gt=0).order_by("number")
    )
    return tuple(_file(row, (today - row.made_on).days - late) for row in rows[:A_PAGE])


def _counted(village: str) -> QuerySet[TransferFile]:
    return TransferFile.objects.filter(book_id=village).annotate(
        waiting=Count("lines", filter=Q(lines__returned__isnull=True)),
        refused=Count("lines", filter=Q(lines__returned__done=False)),
    )


def lines(village: str, number: str) -> tuple[LineView, ...]:
    """The instructions of a file in their order."""
    rows = TransferLine.objects.filter(file_id=number, file__book_id=village).select_related("returned")
    return tuple(_line(row) for row in rows.order_by("reference"))


def table(village: str, number: str) -> list[list[str]] | None:
    """The rows of a file as its bank wants them; None when the village has no such file."""
    file = TransferFile.objects.filter(number=number, book_id=village).first()
    if file is None:
        return None
    found = [as_instruction(row) for row in file.lines.order_by("reference")]
    return rows_of(handling(file.made_on).layout(file.layout), file.payer_account, found)


def as_csv(village: str, number: str) -> bytes | None:
    """The file in the encoding of its layout; the same bytes whenever it is asked for."""
    rows = table(village, number)
    if rows is None:
        return None
    file = TransferFile.objects.get(number=number)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(handling(file.made_on).layout(file.layout).encoding)


def as_workbook(village: str, number: str) -> bytes | None:
    """The file as a workbook: every cell is text, none is a formula or a number that loses digits."""
    rows = table(village, number)
    if rows is None:
        return None
    book = Workbook()
    sheet = book.active
    sheet.title = "转账"
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def check_file(village: str, number: str) -> bool:
    """Whether the instructions of a file still have the digest and the total that were recorded of it."""
    file = TransferFile.objects.get(number=number, book_id=village)
    found = [as_instruction(row) for row in file.lines.order_by("reference")]
    return (digest_of(file.payer_account, found), sum(one.amount.fen for one in found), len(found)) == (
        file.digest, file.total_fen, file.count,
    )  # fmt: skip


def instructed(village: str) -> frozenset[tuple[str, str, int]]:
    """The payment steps (case, step, turn) in a file that the bank has not refused."""
    rows = TransferLine.objects.filter(file__book_id=village).exclude(returned__done=False)
    return frozenset(rows.values_list("case", "step", "turn"))


def as_instruction(row: TransferLine) -> Instruction:
    """The pure face of an instruction."""
    return Instruction(
        row.reference, row.payee, row.payee_account, row.payee_bank, Money(row.fen), row.purpose
    )


def _file(row: TransferFile, late: int) -> FileView:
    return FileView(
        row.number, row.layout, row.made_on, row.count, Money(row.total_fen), row.digest, row.waiting, row.refused,
        max(0, late) if row.waiting else 0,
    )  # fmt: skip


def _line(row: TransferLine) -> LineView:
    answer = getattr(row, "returned", None)
    said = "" if answer is None else "done" if answer.done else "refused"
    return LineView(
        row.reference, row.case, row.step, row.payee, f"…{row.payee_account[-4:]}", Money(row.fen), said,
        answer.reason if answer else "",
    )  # fmt: skip
