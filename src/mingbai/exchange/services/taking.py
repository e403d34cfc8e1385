"""A file is taken whole or not at all, once, under a receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingbai.exchange.events import FILE_TAKEN, Taken
from mingbai.exchange.models import HeaderMap, ReceiptRow, TakenKey
from mingbai.exchange.rules.layouts import KINDS, fingerprint
from mingbai.exchange.services import opening
from mingbai.exchange.services.doing import Doing, Plan
from mingbai.exchange.services.kinds import AGENCY, PLANS, as_faults
from mingbai.exchange.services.rolls import take_roll
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.registers.queries.access import keeper_office, kinds_on

SHELL = Actor("", "命令行")
"""Whoever holds the data directory: the operator, recorded without a person."""
LEGAL_TIME = ZoneInfo("Asia/Shanghai")
KEPT = Citation("accounting", "第14条")
KIND_TITLES = {
    "vouchers": "记账凭证", "balances": "期初余额", "bank": "银行对账单", "assets": "资产", "contracts": "合同", "roll": "名册",
}  # fmt: skip
_PORTION = 1_000


@dataclass(frozen=True)
class Asked:
    """What is to be taken: the file, and what it does not say itself."""

    kind: str
    village: str
    content: bytes = field(repr=False)
    name: str = ""
    account: str = ""
    body: str = ""
    since: date | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    """Ids of papers handed in with the file, by the names under which it names them."""


def take(
    asked: Asked,
    *,
    by: Actor,
    at: datetime,
    dry_run: bool,
    progress: Callable[[int], None] | None = None,
) -> Taken:
    """Take a file in, or with `dry_run` only say what it comes to; a file with faults changes nothing.

    The same file twice adds nothing and gives the first receipt back.

    Raises:
        Refused: no such kind or village, or an office that may not take such a file.
    """
    office = office_for(by, asked.village, asked.kind, at)
    if asked.kind == "roll":
        return take_roll(asked, by, at, dry_run)
    digest = hashlib.sha256(asked.content).hexdigest()
    if (before := _before(asked, digest)) is not None:
        return before
    doing = Doing(
        asked.village, by, office, at, at.astimezone(LEGAL_TIME).date(), asked.account, asked.since, progress,
        asked.papers,
    )  # fmt: skip
    try:
        if dry_run:
            return _planned(asked, doing).taken
        return _take(asked, digest, doing)
    except Refused as problem:
        return Taken(asked.kind, asked.village, faults=as_faults(problem))


def office_for(by: Actor, village: str, kind: str, at: datetime) -> str:
    """The office in which somebody takes files for a village; empty for the operator's shell.

    Raises:
        Refused: no such kind or village, or no such office.
    """
    if kind not in KINDS:
        raise Refused(f"没有“{kind}”这一种", remedy=f"可以是：{'、'.join(KINDS)}")
    if organisations.division(village).level != "village":
        raise Refused("这个代码不是村居", remedy="写村的十二位代码")
    day = at.astimezone(LEGAL_TIME).date()
    if kind in ("assets", "contracts") and not by.person:
        raise Refused("登记台账要写明由谁登记", remedy="加上 --by NAME，写在职人员的姓名")
    if by is SHELL or kind == "roll":
        return ""
    if kind == "assets" and (office := keeper_office(by, village, day, kinds_on(day))):
        return office
    if by.holds(AGENCY, village[:9], day):
        return AGENCY
    if by.holds("bookkeeper", village, day) and kind != "contracts":
        return "bookkeeper"
    raise Refused("您的职务不能导入这个村的账", basis=KEPT, remedy="请报账员或者镇（街道）代理中心导入")


def _before(asked: Asked, digest: str) -> Taken | None:
    row = ReceiptRow.objects.filter(village=asked.village, kind=asked.kind, digest=digest, way="in").first()
    if row is None:
        return None
    said = f"这个文件导入过了，回执{row.number}，什么也没有再加"
    return Taken(
        asked.kind, asked.village, rows=row.rows, skipped=row.rows, receipt=row.number, first=row.first, last=row.last,
        total_fen=row.total_fen, said=(said,),
    )  # fmt: skip


def _planned(asked: Asked, doing: Doing) -> Plan:
    """What the file comes to, with every fault in it."""
    sheet = opening.table(asked.content)
    edition = opening.current(doing.today)
    rows = opening.rows_of(sheet, asked.village, asked.kind, edition, asked.mapping)
    plan = PLANS[asked.kind](rows, doing)
    faults = tuple(sorted(rows.faults, key=lambda one: one.row))
    taken = replace(
        plan.taken, faults=faults, layout=rows.found.layout.title, columns=rows.found.words(sheet.lines)
    )
    if not faults and not taken.rows:
        raise Refused("表头下面没有内容", remedy="请核对文件")
    head = fingerprint(sheet.lines[rows.found.header])
    return replace(plan, header=head, taken=replace(taken, added=0) if faults else taken)


def _remember(asked: Asked, head: str, doing: Doing) -> None:
    HeaderMap.objects.create(
        village=asked.village, kind=asked.kind, fingerprint=head, columns=dict(asked.mapping),
        person=doing.by.person, recorded_at=doing.at,
    )  # fmt: skip


@transaction.atomic
def _take(asked: Asked, digest: str, doing: Doing) -> Taken:
    hold(f"exchange/{asked.village}")
    if (before := _before(asked, digest)) is not None:
        return before
    plan = _planned(asked, doing)
    if not plan.taken.ok or plan.carry_out is None:
        return plan.taken
    serial = take_number(f"receipt/{asked.village}/{doing.today.year}")
    receipt = f"HZ-{asked.village}-{doing.today.year}-{serial:03d}"
    done = replace(
        plan.carry_out(receipt), layout=plan.taken.layout, columns=plan.taken.columns, receipt=receipt
    )
    row = _keep(asked, digest, doing, done)
    if asked.mapping:
        _remember(asked, plan.header, doing)
    TakenKey.objects.bulk_create(
        (TakenKey(receipt=row, village=asked.village, kind=asked.kind, key=key) for key in plan.keys),
        batch_size=_PORTION,
    )
    _record(row, doing)
    return done


def _keep(asked: Asked, digest: str, doing: Doing, done: Taken) -> ReceiptRow:
    return ReceiptRow.objects.create(
        number=done.receipt, village=asked.village, kind=asked.kind, way="in", name=asked.name[:120], digest=digest,
        rows=done.rows, added=done.added, first=done.first, last=done.last, total_fen=done.total_fen,
        person=doing.by.person, office=doing.office, recorded_at=doing.at,
    )  # fmt: skip


def _record(row: ReceiptRow, doing: Doing) -> None:
    words, whole = FieldKind.text.value, FieldKind.integer.value
    fields = [
        TypedField("receipt", "回执", words, row.number),
        TypedField("kind", "导入的是", words, KIND_TITLES[row.kind]),
        TypedField("rows", "行数", whole, str(row.rows)),
        TypedField("added", "新增", whole, str(row.added)),
    ]
    if row.first:
        fields.append(TypedField("numbers", "凭证号", words, f"{row.first} 至 {row.last}"))
    if row.total_fen:
        fields.append(TypedField("total", "借方合计", FieldKind.money.value, Money(row.total_fen).yuan()))
    journal.record(
        act=FILE_TAKEN, village=row.village, subject=f"village:{row.village}", actor=row.person, office=row.office,
        occurred_on=doing.today, at=doing.at, fields=fields,
        data={"receipt": row.number, "kind": row.kind, "digest": row.digest, "rows": row.rows, "added": row.added},
        citation=KEPT,
    )  # fmt: skip
