"""A sheet of attendance from a file: every row is judged by itself, and the whole is recorded or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from mingbai.journal.numbering import hold
from mingbai.kernel import Refused
from mingbai.labour.models import Worker, WorkOrder
from mingbai.labour.queries.known import known_of
from mingbai.labour.services.attending import MOST_ROWS, Row, check_row, held_order, record_attendance
from mingbai.labour.services.moment import ROLL, step_office
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.organisations.services.identity import read_number


@dataclass(frozen=True)
class FileLine:
    """A row of the file, counted as the spreadsheet counts; `halves` are the half days with their hours (else 0).

    `id_number` only where two workers have one name; it is compared and kept nowhere.
    """

    row: int
    name: str
    on: date
    halves: Mapping[int, int]
    id_number: str = field(default="", repr=False)


@dataclass(frozen=True)
class RowFault:
    """Why a row cannot be taken; row 0 is the whole file."""

    row: int
    refusal: Refused


@dataclass(frozen=True)
class Import:
    """What a file comes to: half days and persons, and every row that cannot be; `taken` when it was recorded."""

    halves: int
    people: int
    faults: tuple[RowFault, ...]
    taken: bool = False


@transaction.atomic
def import_attendance(
    *, order: str, lines: Sequence[FileLine], by: Actor, at: datetime, dry: bool = False
) -> Import:
    """Take a file of attendance, or with `dry` only say what it comes to. One fault, and nothing is recorded.

    Raises:
        Refused: no such order, or not an office that records.
    """
    row = held_order(order)
    step_office(by, "record", row.village, at)
    named, faults = _named(row.village, lines)
    faults += _judged(row, named, by, at)
    rows = [one for _number, one, _worker in named]
    people = len({one.worker for one in rows})
    if not rows or len(rows) > MOST_ROWS:
        empty = Refused(
            "没有一个半天出工，或者一次太多", basis=ROLL, remedy=f"一次记 1 到 {MOST_ROWS} 个半天"
        )
        faults = [*faults, RowFault(0, empty)]
    if not faults:
        faults = _recorded(order, rows, by, at, dry)
    found = tuple(sorted(faults, key=lambda one: one.row))
    return Import(len(rows), people, found, not found and not dry)


def _recorded(order: str, rows: Sequence[Row], by: Actor, at: datetime, dry: bool) -> list[RowFault]:
    """Record the rows; what speaks against the whole (too many days, a month that is listed) as a fault of row 0."""
    try:
        with transaction.atomic():
            record_attendance(order=order, rows=rows, by=by, at=at)
            if dry:
                transaction.set_rollback(True)
    except Refused as whole:
        return [RowFault(0, whole)]
    return []


def _named(village: str, lines: Sequence[FileLine]) -> tuple[list[tuple[int, Row, Worker]], list[RowFault]]:
    """The half days with the workers whom the lines name, and the lines that name nobody, two, or one half day twice."""
    workers = _workers(village)
    found: list[tuple[int, Row, Worker]] = []
    faults: list[RowFault] = []
    seen: dict[tuple[int, date, int], int] = {}
    for line in lines:
        try:
            worker = _worker(line, workers)
        except Refused as unknown:
            faults.append(RowFault(line.row, unknown))
            continue
        for half, hours in sorted(line.halves.items()):
            first = seen.setdefault((worker.pk, line.on, half), line.row)
            if first != line.row:
                twice = Refused(
                    f"{line.name}{line.on}同一个半天在第{first}行已经写了", basis=ROLL, remedy="删去一行"
                )
                faults.append(RowFault(line.row, twice))
            else:
                found.append((line.row, Row(worker.pk, line.on, half, hours), worker))
    return found, faults


def _workers(village: str) -> dict[str, list[Worker]]:
    rows = list(Worker.objects.filter(village=village))
    names = {one.id: one.name for one in organisations.people({row.who for row in rows})}
    found: dict[str, list[Worker]] = defaultdict(list)
    for row in rows:
        found[names[row.who]].append(row)
    return found


def _worker(line: FileLine, workers: Mapping[str, list[Worker]]) -> Worker:
    alike = workers.get(line.name, [])
    if line.id_number:
        digest, _birth = read_number(line.id_number)
        alike = [one for one in alike if one.digest == digest]
    if not alike:
        raise Refused(f"{line.name}没有在本村登记，或者证件对不上", basis=ROLL, remedy="先登记务工的人")
    if len(alike) > 1:
        raise Refused(f"本村登记了{len(alike)}个{line.name}", basis=ROLL, remedy="写上身份证号，只用来核对")
    return alike[0]


def _judged(
    order: WorkOrder, named: Sequence[tuple[int, Row, Worker]], by: Actor, at: datetime
) -> list[RowFault]:
    """Each row by what is known of the person on that day anywhere in the district (R54, R55)."""
    if not named:
        return []
    workers = {worker.pk: worker for _number, _row, worker in named}
    for digest in sorted({one.digest for one in workers.values()}):
        hold(f"labour/who/{digest[:40]}")
    known = known_of(list(workers.values()), {row.on for _number, row, _worker in named})

    def faults() -> Iterator[RowFault]:
        for number, row, worker in named:
            try:
                check_row(order, row, worker, known, by, at)
            except Refused as fault:
                yield RowFault(number, fault)

    return list(faults())
