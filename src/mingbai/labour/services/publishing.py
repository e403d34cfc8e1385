"""The roll goes out line by line: month, job, person, days, rate, amount. The door masks by the district's rule."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Refused
from mingbai.labour import events
from mingbai.labour.models import PayList, RollPublication
from mingbai.labour.queries.lists import LineView, pay_list
from mingbai.labour.services.moment import ROLL, any_office, record
from mingbai.labour.services.paying import SIGNERS, hold_case
from mingbai.organisations.rules import Actor


@transaction.atomic
def publish_roll(*, number: str, by: Actor, at: datetime) -> int:
    """Publish a signed list; returns how many lines went out. Its total is the sum of its lines.

    Raises:
        Refused: no such list, not an office of the chart, void, not signed by two, or published already.
    """
    view = pay_list(number)
    hold_case(view.case)
    office = any_office(by, view.village, at)
    if view.void or len(view.signed) < SIGNERS:
        raise Refused("发放表作废了，或者还没有两个人签字", basis=ROLL, remedy="签齐了再公示")
    row = PayList.objects.get(pk=number)
    if RollPublication.objects.filter(list=row).exists():
        raise Refused("这份发放表已经公布了", basis=ROLL, remedy="在公开网站上看")
    RollPublication.objects.create(list=row, person=by.person, office=office, recorded_at=at)
    fields = [
        TypedField("month", "月份", FieldKind.text.value, f"{view.month:%Y-%m}"),
        TypedField("job", "干什么活", FieldKind.text.value, view.job),
        TypedField("count", "几个人", FieldKind.integer.value, str(len(view.lines))),
        TypedField("total", "合计", FieldKind.money.value, view.total.yuan()),
        *(field for one in view.lines for field in _line(one)),
    ]
    lines = [
        {"line": one.line, "worked": one.worked, "rate_fen": one.rate.fen, "fen": one.amount.fen}
        for one in view.lines
    ]
    record(
        events.ROLL_PUBLISHED, view.village, f"case:{view.case}", by, office, at, fields, list=view.number,
        case=view.case, month=f"{view.month:%Y-%m}", job=view.job, count=len(lines), total_fen=view.total.fen,
        lines=lines,
    )  # fmt: skip
    return len(lines)


def _line(one: LineView) -> list[TypedField]:
    said = (
        ("name", "姓名", FieldKind.person, one.name),
        ("days", "出工", FieldKind.text, one.worked or "按月"),
        ("rate", "单价", FieldKind.money, one.rate.yuan()),
        ("amount", "金额", FieldKind.money, one.amount.yuan()),
    )
    return [
        TypedField(f"{id}.{one.line}", f"{one.line}·{label}", kind.value, value)
        for id, label, kind, value in said
    ]
