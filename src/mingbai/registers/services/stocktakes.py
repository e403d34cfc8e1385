"""A stock-take (清查盘点): opened as of a day, everything counted, signed by two hands of two offices, closed, published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingbai.evidence import queries as evidence
from mingbai.evidence.queries import PaperView
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.registers.events import objects as events
from mingbai.registers.models import (
    ObjectChange,
    StockClosing,
    StockCount,
    StockItem,
    StockSignature,
    StockTake,
)
from mingbai.registers.queries.access import counter_office, kinds_on, legal_day
from mingbai.registers.queries.objects import all_objects, gaps, object_of
from mingbai.registers.queries.stocktakes import ItemView, TakeView, stock_take, take_row
from mingbai.registers.rules.objects import STATES
from mingbai.registers.rules.stocktaking import RESULTS, TAKE, Count, check_count
from mingbai.registers.services.objects import check_picture, listed


@transaction.atomic
def open_stock_take(*, village: str, on: date, by: Actor, at: datetime) -> str:
    """Begin to count everything that the village has by its register on a day; returns the stock-take's number.

    Raises:
        Refused: not an office that counts, a day in the future, nothing to count, or one that is still open.
    """
    if organisations.division(village).level != "village" or on > legal_day(at):
        raise Refused("没有这个村，或者日期在今天之后", basis=TAKE, remedy="核对村和盘点的日期")
    office = _office(by, village, at)
    hold(f"stock-takes/{village}")
    if StockTake.objects.filter(village=village, closing__isnull=True).exists():
        raise Refused("还有一次盘点没有做完", basis=TAKE, remedy="先把那一次盘完、签字")
    found = all_objects(village, on)
    if not found:
        raise Refused("那一天台账里没有资产、资源", basis=TAKE, remedy="先登记，再盘点")
    serial = take_number(f"stock-take/{village}/{on.year}")
    row = StockTake.objects.create(
        number=f"QC-{village}-{on.year}-{serial:02d}", village=village, year=on.year, serial=serial, on=on,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    StockItem.objects.bulk_create(
        StockItem(
            take=row, object_id=one.number, state=one.standing.state, area=one.standing.area or None,
            value_fen=one.value.fen if one.account else None,
        )
        for one in found
    )  # fmt: skip
    said = [TypedField("items", "要盘的件数", FieldKind.integer.value, str(len(found)))]
    _record(events.TAKE_OPENED, row, by, office, at, said, {"count": len(found)})
    return row.number


@transaction.atomic
def count_objects(*, number: str, counts: Sequence[Count], by: Actor, at: datetime) -> None:
    """Enter what somebody found of one or many objects, all or nothing; a later count of an object takes its place.

    Raises:
        Refused: not an office that counts, a closed stock-take, nothing, something twice, or what
            `rules.stocktaking.check_count` refuses.
    """
    row, office = _open(number, by, at)
    listed_numbers = set(StockItem.objects.filter(take=row).values_list("object", flat=True))
    papers = evidence.papers([one.paper for one in counts if one.paper])
    named = [one.number for one in counts if one.number]
    if not counts or len(named) != len(set(named)):
        raise Refused("没有写盘点结果，或者同一件写了两次", basis=TAKE, remedy="每一件写一个结果")
    for one in counts:
        check_count(one, listed_numbers)
        if one.paper:
            check_picture(papers.get(one.paper), row.village)
    entered = {"on": legal_day(at), "person": by.person, "office": office, "recorded_at": at}
    StockCount.objects.bulk_create(_count_row(row, one, papers, entered) for one in counts)
    said = [TypedField("items", "这次盘的件数", FieldKind.integer.value, str(len(counts)))]
    results = [{"number": one.number, "name": one.name, "result": one.result} for one in counts]
    _record(events.COUNTED, row, by, office, at, said, {"counts": results})


@transaction.atomic
def sign_stock_take(
    *, number: str, by: Actor, at: datetime, book: Mapping[str, Money] | None = None
) -> events.Signed:
    """Stand for the counts; the signature that completes them closes the stock-take and publishes the differences.

    `book` is the ledger's balance of each account of assets on the day, laid beside the register.

    Raises:
        Refused: not an office that counts, a closed stock-take, something not counted, or signed already.
    """
    row, office = _open(number, by, at)
    found = stock_take(number)
    if found.left:
        raise Refused(f"还有{len(found.left)}件没有盘", basis=TAKE, remedy=f"先盘{found.left[0].name}")
    if any(hand.person == by.person for hand, _name in found.signed):
        raise Refused("您已经签过字", basis=TAKE, remedy="等另一个职务的人签字")
    entered = {"on": legal_day(at), "person": by.person, "office": office, "recorded_at": at}
    StockSignature.objects.create(take=row, upto=found.newest, **entered)
    found = stock_take(number)
    if found.waits:
        _record(events.TAKE_SIGNED, row, by, office, at, [], {"upto": found.newest})
        return events.Signed(number, False, found.waits)
    _close(row, found, entered, book)
    return events.Signed(number, True)


def _office(by: Actor, village: str, at: datetime) -> str:
    on = legal_day(at)
    office = counter_office(by, village, on, kinds_on(on))
    if not office:
        raise Refused("您不参加这个村的盘点", basis=TAKE, remedy="由管资产的人和监事会、村务监督委员会一起盘")
    return office


def _open(number: str, by: Actor, at: datetime) -> tuple[StockTake, str]:
    """Lock a stock-take that is still open; who waits for the lock sees what the other did."""
    hold(f"stock-take/{number[:40]}")
    row = take_row(number)
    office = _office(by, row.village, at)
    if StockClosing.objects.filter(take=row).exists():
        raise Refused("这次盘点已经结束", basis=TAKE, remedy="有新情况的，登记变动，或者再盘一次")
    return row, office


def _count_row(
    take: StockTake, one: Count, papers: Mapping[str, PaperView], entered: Mapping[str, Any]
) -> StockCount:
    return StockCount(
        take=take, object_id=one.number or None, result=one.result, name=one.name.strip(), note=one.note.strip(),
        paper=one.paper, digest=papers[one.paper].digest if one.paper else "", **entered,
    )  # fmt: skip


def _close(
    row: StockTake, found: TakeView, entered: Mapping[str, Any], book: Mapping[str, Money] | None
) -> None:
    """Note who and what is missing, close, and say to everybody what differs."""
    _move(found, entered)
    counted = sum(bool(one.number) for one in found.items)
    StockClosing.objects.create(take=row, counted=counted, differing=len(found.differences), **entered)
    kinds = kinds_on(entered["on"])
    apart = gaps(found.by_account, book, kinds) if book is not None else ()
    papers = evidence.papers([one.paper for one in found.differences if one.paper])
    journal.record(
        act=events.TAKE_CLOSED,
        village=row.village,
        subject=f"stock-take:{row.number}",
        actor=entered["person"],
        office=entered["office"],
        occurred_on=entered["on"],
        at=entered["recorded_at"],
        fields=[
            TypedField("number", "盘点编号", FieldKind.text.value, row.number),
            TypedField("as_of", "盘点到哪一天", FieldKind.date.value, row.on.isoformat()),
            TypedField("counted", "应盘件数", FieldKind.integer.value, str(counted)),
            *(
                TypedField(result, title, FieldKind.integer.value, str(found.count(result)))
                for result, title in RESULTS.items()
            ),
            *(
                TypedField(
                    f"gap_{one.account}",
                    f"科目{one.account}：台账减账面",
                    FieldKind.money.value,
                    one.difference.yuan(),
                )
                for one in apart
            ),
        ],
        data={
            "take": row.number,
            "as_of": row.on.isoformat(),
            "counted": counted,
            "differing": len(found.differences),
            "results": dict(found.results),
            "differences": [
                {"number": one.number, "name": one.name, "result": one.result, "note": one.note}
                for one in found.differences
            ],
            "book_compared": book is not None,
            "gaps": [
                {"account": one.account, "register_fen": one.register.fen, "book_fen": one.book.fen}
                for one in apart
            ],
            "papers": listed(list(papers.values())),
        },
        citation=TAKE,
    )


def _move(found: TakeView, entered: Mapping[str, Any]) -> None:
    """What is missing is lost until it is decided upon; what was lost and is there again is in use again."""
    once_lost = set(
        ObjectChange.objects.filter(object__village=found.village, kind="lost").values_list(
            "object", flat=True
        )
    )
    numbers = sorted({one.number for one in found.items if one.result == "missing"} | once_lost)
    for number in numbers:
        hold(f"object/{number}")
    views = {one.number: one for one in found.items}
    for number in numbers:
        state, result = object_of(number).standing.state, views[number].result if number in views else ""
        if result == "missing" and state not in ("lost", "disposed"):
            _moved(found, views[number], "lost", "lost", entered)
        elif result in ("found", "damaged") and state == "lost":
            _moved(found, views[number], "found_again", "in_use", entered)


def _moved(found: TakeView, item: ItemView, kind: str, state: str, entered: Mapping[str, Any]) -> None:
    ObjectChange.objects.create(
        object_id=item.number, kind=kind, state=state, basis=found.number, note=item.note, **entered
    )
    text = FieldKind.text.value
    journal.record(
        act=events.CHANGED,
        village=found.village,
        subject=f"object:{item.number}",
        actor=entered["person"],
        office=entered["office"],
        occurred_on=entered["on"],
        at=entered["recorded_at"],
        fields=[
            TypedField("number", "编号", text, item.number),
            TypedField("change", "变动", text, "盘亏" if kind == "lost" else "盘点找回"),
            TypedField("state", "现在", text, STATES[state]),
            TypedField("basis", "依据", text, found.number),
        ],
        data={
            "number": item.number, "family": item.family, "title": item.name, "change": kind, "state": state,
            "basis": found.number,
        },
        citation=TAKE,
    )  # fmt: skip


def _record(
    act: str,
    row: StockTake,
    by: Actor,
    office: str,
    at: datetime,
    said: Sequence[TypedField],
    data: Mapping[str, Any],
) -> None:
    journal.record(
        act=act,
        village=row.village,
        subject=f"stock-take:{row.number}",
        actor=by.person,
        office=office,
        occurred_on=legal_day(at),
        at=at,
        fields=[TypedField("number", "盘点编号", FieldKind.text.value, row.number), *said],
        data={"take": row.number, "as_of": row.on.isoformat(), **data},
        citation=TAKE,
    )
