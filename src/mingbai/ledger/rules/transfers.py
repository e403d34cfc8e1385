"""Files of instructions to the bank and what the bank answers: layouts as district data. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import Money, Refused, sha256_hex

Column = Literal[
    "reference", "payer_account", "payee", "payee_account", "payee_bank", "amount", "purpose", "order"
]
Title = Annotated[str, StringConstraints(min_length=1, max_length=40)]
# What a spreadsheet would run instead of showing.
RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
TOTAL = "合计"


@dataclass(frozen=True)
class Instruction:
    """One instruction to the bank."""

    reference: str
    payee: str
    payee_account: str
    payee_bank: str
    amount: Money
    purpose: str


@dataclass(frozen=True)
class Answer:
    """What the bank said of one instruction."""

    reference: str
    done: bool
    reason: str
    amount: Money | None


@dataclass(frozen=True)
class AnswerColumns:
    """By which headings and words the bank answers."""

    reference: str
    amount: str
    result: str
    reason: str
    done: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class TransferLayout:
    """One bank's file: its columns in order, its encoding, whether a last row carries count, sum and digest."""

    id: str
    title: str
    encoding: str
    trailer: bool
    columns: tuple[tuple[str, str], ...]
    answer: AnswerColumns


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnText(_Text):
    """One column of the file."""

    title: Title
    value: Column


class AnswerText(_Text):
    """How the bank answers."""

    reference: Title
    amount: Title
    result: Title
    reason: Title
    done: Annotated[list[Title], Field(min_length=1)]
    refused: Annotated[list[Title], Field(min_length=1)]


class LayoutText(_Text):
    """One bank's file."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    title: Title
    encoding: Literal["utf-8", "utf-8-sig", "gb18030"]
    trailer: bool
    columns: Annotated[list[ColumnText], Field(min_length=4)]
    answer: AnswerText


def as_layout(raw: LayoutText) -> TransferLayout:
    """The frozen face of a layout."""
    said = raw.answer
    answer = AnswerColumns(
        said.reference, said.amount, said.result, said.reason, tuple(said.done), tuple(said.refused)
    )
    columns = tuple((one.title, str(one.value)) for one in raw.columns)
    return TransferLayout(raw.id, raw.title, raw.encoding, raw.trailer, columns, answer)


def check_text(label: str, text: str) -> str:
    """A text as it may stand in a cell. Raises `Refused` for none, or for one that a spreadsheet would run."""
    word = text.strip()
    if not word or len(word) > 120 or word.startswith(RUNS) or any(ord(one) < 32 for one in word):
        raise Refused(
            f"{label}“{word[:12]}”不能写进转账文件", remedy=f"核对{label}，不能空着，也不能以 = + - @ 开头"
        )
    return word


def check_account(number: str) -> str:
    """An account number in plain digits, 6 to 32 of them; spaces and hyphens are left out.

    Raises `Refused` for anything else.
    """
    word = number.replace(" ", "").replace("-", "")
    if not (word.isascii() and word.isdigit() and 6 <= len(word) <= 32):
        raise Refused("银行账号不对", remedy="账号只有数字，6到32位，照开户许可或者存折抄写")
    return word


def digest_of(payer_account: str, lines: Iterable[Instruction]) -> str:
    """SHA-256 of the instructions in their order, whatever file they are written to."""
    rows = [
        [
            one.reference,
            payer_account,
            one.payee,
            one.payee_account,
            one.payee_bank,
            one.amount.fen,
            one.purpose,
        ]
        for one in lines
    ]
    return sha256_hex(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def rows_of(layout: TransferLayout, payer_account: str, lines: Sequence[Instruction]) -> list[list[str]]:
    """The rows of a file, the heading first; with a trailer, count, sum and digest last."""
    rows = [[title for title, _ in layout.columns]]
    for order, one in enumerate(lines, 1):
        known = {
            "reference": one.reference, "payer_account": payer_account, "payee": one.payee,
            "payee_account": one.payee_account, "payee_bank": one.payee_bank, "amount": _plain(one.amount),
            "purpose": one.purpose, "order": str(order),
        }  # fmt: skip
        rows.append([known[value] for _, value in layout.columns])
    if layout.trailer:
        total = Money.total(one.amount for one in lines)
        last = [TOTAL, f"{len(lines)}笔", _plain(total), digest_of(payer_account, lines)]
        rows.append(last + [""] * (len(layout.columns) - len(last)))
    return rows


def _plain(amount: Money) -> str:
    """Yuan with two decimals and no thousands separator, as banks read it."""
    return f"{amount.fen // 100}.{amount.fen % 100:02d}"


def read_answers(layout: TransferLayout, rows: Sequence[Sequence[str]]) -> tuple[Answer, ...]:
    """What the bank answered, by the headings of the layout; rows before the heading and empty rows are skipped.

    Raises:
        Refused: no heading, a result that the layout does not know, a sum that is none, or a line twice, by row.
    """
    said = layout.answer
    at, places = _heading(rows, (said.reference, said.result))
    found: dict[str, Answer] = {}
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = {title: row[place].strip() for title, place in places.items() if place < len(row)}
        reference = cells.get(said.reference, "")
        if not reference or reference == TOTAL:
            continue
        if reference in found:
            raise Refused(f"第{number}行：业务编号{reference}出现了两次", remedy="核对银行的回单文件")
        found[reference] = _answer(layout, number, reference, cells)
    if not found:
        raise Refused("回单文件里没有一笔结果", remedy="核对文件和格式")
    return tuple(found.values())


def _answer(layout: TransferLayout, number: int, reference: str, cells: Mapping[str, str]) -> Answer:
    said = layout.answer
    result, text = cells.get(said.result, ""), cells.get(said.amount, "")
    if result not in (*said.done, *said.refused):
        raise Refused(
            f"第{number}行：看不懂处理结果“{result[:12]}”",
            remedy="应当是" + "、".join((*said.done, *said.refused)),
        )
    try:
        amount = Money.parse(text) if text else None
    except Refused as bad:
        raise Refused(f"第{number}行：{bad.reason}", remedy=bad.remedy) from bad
    done = result in said.done
    return Answer(reference, done, "" if done else cells.get(said.reason, "")[:240] or "银行没有说明", amount)


def _heading(rows: Sequence[Sequence[str]], wanted: Iterable[str]) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(rows[:50]):
        places = {cell.strip(): place for place, cell in enumerate(row) if cell.strip()}
        if all(title in places for title in wanted):
            return at, places
    raise Refused(
        "回单文件里没有“" + "”“".join(wanted) + "”这几列", remedy="核对格式；列名改了的，请区里改数据"
    )
