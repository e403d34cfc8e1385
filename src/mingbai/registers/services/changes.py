"""What becomes of an object: valued anew, worn, used otherwise, handed over, measured anew, photographed, disposed of.

Every act locks the object first, so that two changes at once are made one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingbai.evidence import queries as evidence
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.journal.queries import entries_of
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.registers.events import objects as events
from mingbai.registers.models import ContractRow, ObjectChange, ObjectPhoto, ObjectRow
from mingbai.registers.queries.access import kinds_on, legal_day
from mingbai.registers.queries.objects import first_standing, row_of, standing_of
from mingbai.registers.rules.kinds import ASSET
from mingbai.registers.rules.objects import (
    DECIDED,
    LARGEST,
    MANAGEMENT,
    REGISTER,
    STATES,
    USES,
    WAYS,
    area_text,
    before_decision,
    check_boundaries,
)
from mingbai.registers.rules.standing import Standing, Worth, lowest_net
from mingbai.registers.services.objects import (
    check_picture,
    keep_photos,
    keeping_office,
    listed,
    money,
)

KINDS = {
    "revalued": "重新估值", "depreciated": "计提折旧", "use": "改变使用情况", "custody": "换人保管",
    "remeasured": "重新丈量", "disposed": "处置",
}  # fmt: skip
_RESOLVED, _PASSED = "meeting.resolved", "passed"


@dataclass(frozen=True)
class _Hand:
    """Who acts on which object, how it stands, on which day and when."""

    row: ObjectRow
    standing: Standing
    by: Actor
    office: str
    on: date
    at: datetime


def _take(number: str, by: Actor, on: date, at: datetime) -> _Hand:
    """Lock an object; refuse one that is not there, is disposed of, or before it was registered."""
    hold(f"object/{number[:40]}")
    row = row_of(number)
    office = keeping_office(by, row.village, on, at, kinds_on(legal_day(at)))
    standing = standing_of(row)
    if standing.state == "disposed":
        raise Refused(
            "已经处置了，不能再改", basis=REGISTER, remedy="处置登记错了的，重新登记一件，写明原编号"
        )
    if on < row.on:
        raise Refused("日期在登记这件东西以前", basis=REGISTER, remedy="核对日期")
    return _Hand(row, standing, by, office, on, at)


@transaction.atomic
def revalue(*, number: str, value: Money, basis: str, by: Actor, occurred_on: date, at: datetime) -> None:
    """Give an asset another value from a day on, by an appraisal or a decision named in `basis`; what it lost is in it.

    Raises:
        Refused: no asset, no basis, a value below nothing, or what every change refuses.
    """
    hand = _take(number, by, occurred_on, at)
    _asset_only(hand)
    if value.fen < 0 or not basis.strip():
        raise Refused("没有写估值，或者没有写依据", basis=REGISTER, remedy="写评估报告或者决定的编号")
    _check_worth(hand, "revalued", value.fen)
    _keep(hand, "revalued", fen=value.fen, basis=_short(basis, 120))


@transaction.atomic
def depreciate(
    *, number: str, amount: Money, basis: str = "", by: Actor, occurred_on: date, at: datetime
) -> None:
    """Note what an asset lost in value, such as a year's 折旧; `basis` may name the voucher.

    Raises:
        Refused: no asset, nothing or more than is left of it, or what every change refuses.
    """
    hand = _take(number, by, occurred_on, at)
    _asset_only(hand)
    if amount.fen <= 0:
        raise Refused("折旧要大于零", basis=REGISTER, remedy="核对折旧数")
    _check_worth(hand, "depreciated", amount.fen)
    _keep(hand, "depreciated", fen=amount.fen, basis=_short(basis, 120))


@transaction.atomic
def change_use(
    *,
    number: str,
    state: str,
    basis: str = "",
    note: str = "",
    management: str = "",
    by: Actor,
    occurred_on: date,
    at: datetime,
) -> None:
    """Say that an object is in use, idle or let from a day on; `basis` is the contract's number when it is let.

    Raises:
        Refused: no such use, let without a contract of the village, or what every change refuses.
    """
    hand = _take(number, by, occurred_on, at)
    if state not in USES or (management and management not in MANAGEMENT[hand.row.family]):
        raise Refused(
            "没有这种使用情况", basis=REGISTER, remedy=f"在{'、'.join(STATES[one] for one in USES)}里选"
        )
    if (state, management or hand.standing.management) == (hand.standing.state, hand.standing.management):
        raise Refused("使用情况没有变", basis=REGISTER, remedy="不用再登记")
    if state == "let" and not ContractRow.objects.filter(number=basis, village=hand.row.village).exists():
        raise Refused("出租、发包的没有合同", basis=REGISTER, remedy="先登记合同，再写上合同编号")
    found = {"state": state, "management": management, "basis": _short(basis, 120), "note": _short(note, 200)}
    _keep(hand, "use", **found)


@transaction.atomic
def hand_over(*, number: str, custodian: str, by: Actor, occurred_on: date, at: datetime) -> None:
    """Let another office of the village keep an object from a day on. Raises `Refused`: no such office, the same."""
    hand = _take(number, by, occurred_on, at)
    if custodian not in kinds_on(legal_day(at)).hands.custodians or custodian == hand.standing.custodian:
        raise Refused("没有写换给谁保管，或者还是原来的", basis=REGISTER, remedy="选另一个村里的职务或者组织")
    _keep(hand, "custody", custodian=custodian)


@transaction.atomic
def remeasure(
    *, number: str, area: int, boundaries: str, basis: str, by: Actor, occurred_on: date, at: datetime
) -> None:
    """Give a resource another area (hundredths of a mu) and boundaries, by a survey named in `basis`.

    Raises:
        Refused: no resource, no area, boundaries or basis, or what every change refuses.
    """
    hand = _take(number, by, occurred_on, at)
    if hand.row.family == ASSET:
        raise Refused("资产没有面积", basis=REGISTER, remedy="只有土地等资源重新丈量")
    if not 0 < area <= LARGEST or not basis.strip():
        raise Refused("没有写面积，或者没有写丈量的依据", basis=REGISTER, remedy="写上实测报告或者确权证号")
    check_boundaries(boundaries)
    _keep(hand, "remeasured", area=area, boundaries=boundaries.strip(), basis=_short(basis, 120))


@transaction.atomic
def photograph(*, number: str, paper: str, by: Actor, occurred_on: date, at: datetime) -> None:
    """Add a newer picture of an object. Raises `Refused`: no picture of this village, or shown already."""
    hand = _take(number, by, occurred_on, at)
    found = evidence.papers([paper]).get(paper)
    check_picture(found, hand.row.village)
    if found is None or ObjectPhoto.objects.filter(digest=found.digest).exists():
        raise Refused("这张照片已经用过", basis=REGISTER, remedy="重新拍一张")
    keep_photos(hand.row, [found], by, hand.office, occurred_on, at)
    _record(hand, events.PHOTOGRAPHED, [], {"papers": listed([found])})


@transaction.atomic
def dispose(
    *, number: str, way: str, basis: str, note: str = "", by: Actor, occurred_on: date, at: datetime
) -> None:
    """Take an object out of the register by a decision: `basis` is the number of a case or a meeting of the village.

    A disposal before its decision is entered and marked so for everybody to see (R08).

    Raises:
        Refused: no such way, no decision of the village by that number, or what every change refuses.
    """
    hand = _take(number, by, occurred_on, at)
    if way not in WAYS:
        raise Refused("没有写怎样处置", basis=DECIDED, remedy=f"在{'、'.join(WAYS.values())}里选一个")
    decided = decided_on(basis.strip(), hand.row.village)
    early = {"before_decision": True} if before_decision(occurred_on, decided) else {}
    values = {"state": "disposed", "way": way, "basis": basis.strip(), "note": _short(note, 200)}
    _keep(hand, "disposed", more={**early, "decided_on": decided.isoformat()}, **values)


def decided_on(basis: str, village: str, what: str = "处置") -> date:
    """The day on which a case or meeting of the village passed a resolution; the newest. Raises `Refused` without."""
    found = [one for kind in ("case", "meeting") for one in entries_of(f"{kind}:{basis}")] if basis else []
    days = [
        one.occurred_on
        for one in found
        if one.village == village and one.act == _RESOLVED and one.data.get("result") == _PASSED
    ]
    if not days:
        raise Refused(f"没有{what}的决定", basis=DECIDED, remedy="先按程序决定，再写上事项编号或者会议编号")
    return max(days)


def _asset_only(hand: _Hand) -> None:
    if hand.row.family != ASSET:
        raise Refused("土地等资源不写价值", basis=REGISTER, remedy="面积变了用重新丈量")


def _check_worth(hand: _Hand, kind: str, fen: int) -> None:
    """Refuse a sum that would leave the asset worth less than nothing, on its day or after what was entered since."""
    changes = hand.row.changes.order_by("on", "id")
    if lowest_net(first_standing(hand.row), changes, Worth(kind, hand.on, fen)) < 0:
        left = Money(hand.standing.net_fen).yuan()
        raise Refused(f"这样净值会小于零，现在净值{left}元", basis=REGISTER, remedy="核对数和日期")


def _short(text: str, most: int) -> str:
    if len(text.strip()) > most:
        raise Refused(f"最多{most}个字", basis=REGISTER, remedy="写短一点")
    return text.strip()


def _keep(hand: _Hand, kind: str, more: dict[str, Any] | None = None, **values: Any) -> None:
    ObjectChange.objects.create(
        object=hand.row, kind=kind, on=hand.on, person=hand.by.person, office=hand.office,
        recorded_at=hand.at, **values,
    )  # fmt: skip
    act = events.DISPOSED if kind == "disposed" else events.CHANGED
    said = {key: value for key, value in values.items() if value not in ("", None)}
    _record(hand, act, _fields(kind, said), {"change": kind, **said, **(more or {})})


def _fields(kind: str, said: dict[str, Any]) -> list[TypedField]:
    text = FieldKind.text.value
    shown = {
        "state": ("现在", STATES.get(str(said.get("state")), "")),
        "management": ("怎样经营", _management(str(said.get("management")))),
        "custodian": (
            "由谁保管",
            organisations.office_title(said["custodian"]) if "custodian" in said else "",
        ),
        "area": ("面积（亩）", area_text(said.get("area") or 0)),
        "boundaries": ("四至", said.get("boundaries")),
        "way": ("怎样处置", WAYS.get(str(said.get("way")), "")),
        "basis": ("依据", said.get("basis")),
        "note": ("说明", said.get("note")),
    }
    fields = [TypedField("change", "变动", text, KINDS[kind])]
    if "fen" in said:
        label = "这次折旧" if kind == "depreciated" else "估值"
        fields.append(TypedField("fen", label, FieldKind.money.value, money(said["fen"])))
    return fields + [TypedField(key, shown[key][0], text, str(shown[key][1])) for key in shown if key in said]


def _management(id: str) -> str:
    return next((titles[id] for titles in MANAGEMENT.values() if id in titles), "")


def _record(hand: _Hand, act: str, fields: list[TypedField], data: dict[str, Any]) -> None:
    journal.record(
        act=act,
        village=hand.row.village,
        subject=f"object:{hand.row.number}",
        actor=hand.by.person,
        office=hand.office,
        occurred_on=hand.on,
        at=hand.at,
        fields=[TypedField("number", "编号", FieldKind.text.value, hand.row.number), *fields],
        data={"number": hand.row.number, "family": hand.row.family, "title": hand.row.name, **data},
        citation=_basis(act),
    )


def _basis(act: str) -> Citation:
    return DECIDED if act == events.DISPOSED else REGISTER
