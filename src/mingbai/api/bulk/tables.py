"""The tables: their columns with what each means, and the rows that a publication gives."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mingbai.api.content import proof_path
from mingbai.disclosure.queries import Publication, PublicPaper

Row = tuple[Any, ...]
VOUCHER, CONTRACT = "ledger.voucher_posted", "register.contract_signed"


@dataclass(frozen=True)
class Column:
    """A column: `kind` is string, integer, money (yuan, two decimals), date, datetime or boolean."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table: its name, what it holds, its columns, and which of them name a row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A publication at its place in the log, and the site's own address."""

    one: Publication
    position: int
    base: str


def columns(*told: str) -> tuple[Column, ...]:
    """Columns written as `name|kind|meaning`."""
    return tuple(Column(*line.split("|")) for line in told)


_LINK = ("publication|string|哪一条公布（永久编号）", "permalink|string|这条公布的网页")
PUBLICATIONS = Table("publications", "每一条公布", columns(
    "id|string|永久编号：地方代码-第几条", "position|integer|在公开总账里的位置，从 0 数起",
    "key|integer|公布的次序，只增不减", "village|string|地方的12位代码（区里自己公布的是6位）",
    "number|integer|这个地方的第几条，不跳号", "power|string|哪一项权力", "case|string|哪一件事",
    "kind|string|哪一种行为", "kind_title|string|这种行为的说法", "title|string|标题", "office|string|谁办的（职位代号）",
    "office_title|string|谁办的", "occurred_on|date|哪天办的", "recorded_at|datetime|什么时候记的（UTC）",
    "published_at|datetime|什么时候公布的（UTC）", "late_days|integer|晚记了几天", "withheld|integer|遮住了几处文字",
    "basis|string|照哪一条公开", "citation|string|照哪一条办", "supersedes|string|取代了哪一条公布",
    "withdrawn_by|string|由哪一条公布撤下；空着就是没有撤下", "digest|string|sha256(盐 ‖ 正文)，十六进制，公开总账里记的就是它",
    "permalink|string|网页", "proof|string|在公开总账里的证明",
), ("id",))  # fmt: skip
FIELDS = Table("fields", "公布里的一行一行", columns(
    *_LINK, "line|integer|第几行", "label|string|名目", "kind|string|哪一类内容",
    "value|string|内容；空着而且写了遮住的理由，就是遮住了", "masked_rule|string|照哪一条遮住",
), ("publication", "line"))  # fmt: skip
PAPERS = Table("papers", "公布里的单据", columns(
    *_LINK, "line|integer|第几张", "label|string|名目", "media_type|string|文件的种类",
    "digest|string|公开的那一份的 sha256；没有公开时空着", "masked|boolean|是不是还封着", "state|string|怎么样了",
    "seal|string|封着的原件加盐的 sha256", "address|string|公开的那一份在哪",
), ("publication", "line"))  # fmt: skip
MONEY = Table("money", "账：一张凭证一行", columns(
    *_LINK, "village|string|村的12位代码", "month|string|哪个月的账", "number|string|凭证号", "occurred_on|date|哪天",
    "summary|string|摘要", "income|money|收入，元", "expense|money|支出，元", "balance|money|这一笔以后的结余，元",
    "currency|string|币种", "purpose|string|最大的一个科目", "account|string|这个科目的代码",
    "counterparty|string|付款方或者收款方", "method|string|方式", "case|string|哪一件事", "decision|string|哪个决定",
    "papers|integer|后面有几张单据", "proof|string|在公开总账里的证明",
), ("publication",))  # fmt: skip
CONTRACTS = Table("contracts", "合同：签的时候", columns(
    *_LINK, "village|string|村的12位代码", "number|string|合同编号", "title|string|名称", "party|string|合同对方",
    "price|money|价款，元", "currency|string|币种", "signed_on|date|哪天签的", "starts_on|date|从哪天", "ends_on|date|到哪天",
    "way|string|钱的方向：in 收，out 付，空着是没有写", "case|string|哪一件事", "existing|boolean|是不是以前的老合同补记的",
    "proof|string|在公开总账里的证明",
), ("publication",))  # fmt: skip
BODIES = Table("bodies", "每一条公布的原文，用来核对", columns(
    "id|string|永久编号", "salt|string|盐，十六进制", "body|string|正文，Base64；digest 就是 sha256(盐 ‖ 正文)",
), ("id",))  # fmt: skip


def rows_of(told: Told) -> Iterator[tuple[str, Row]]:
    """The rows that a publication gives, each with the name of its table."""
    one = told.one
    yield PUBLICATIONS.name, _publication(told)
    for line, item in enumerate(one.fields, 1):
        yield FIELDS.name, (*_link(told), line, item.label, item.kind, item.value, item.masked_rule or "")
    for line, paper in enumerate(one.papers, 1):
        yield PAPERS.name, _paper(told, line, paper)
    if not one.withdrawn:
        yield BODIES.name, (one.id, one.salt, _body(one))
    if one.kind in DERIVED:
        # Of what was taken down the sums and days stay, so that totals still hold.
        name, row = DERIVED[one.kind]
        yield name, row(told)


def _link(told: Told) -> Row:
    return told.one.id, f"{told.base}/p/{told.one.id}/"


def _proof(told: Told) -> str:
    return f"{told.base}{proof_path(told.one.id)}"


def _body(one: Publication) -> str:
    return base64.b64encode(one.body).decode("ascii")


def _publication(told: Told) -> Row:
    one = told.one
    by = str((one.withdrawn or {}).get("by", ""))
    return (
        one.id, told.position, one.order, one.village, one.number, one.power, one.case, one.kind, one.kind_title,
        one.title, one.office, one.office_title, one.occurred_on, one.recorded_at, one.published_at, one.late_days,
        one.withheld, one.basis_text, one.citation_text, one.supersedes, by, one.digest, _link(told)[1], _proof(told),
    )  # fmt: skip


def _paper(told: Told, line: int, paper: PublicPaper) -> Row:
    address = f"{told.base}/p/{told.one.id}/papers/{paper.digest}" if paper.digest else ""
    digest = paper.digest or ""
    return (
        *_link(told),
        line,
        paper.label,
        paper.media_type,
        digest,
        paper.masked,
        paper.state,
        paper.seal,
        address,
    )


def _yuan(fen: object) -> Decimal | None:
    return Decimal(fen).scaleb(-2) if isinstance(fen, int) else None


def _shown(one: Publication) -> Mapping[str, str]:
    return {field.label: field.value or "" for field in one.fields}


def _money(told: Told) -> Row:
    one, shown, data = told.one, _shown(told.one), told.one.data
    sum, came = _yuan(data.get("amount_fen")), data.get("direction") == "in"
    purposes = data.get("purposes") or ()
    largest = max(purposes, key=lambda item: abs(int(item["fen"])), default={})
    number = str(data.get("number") or "")
    return (
        *_link(told), one.village, number[:7], number, one.occurred_on, shown.get("摘要") or one.title,
        sum if came else None, None if came else sum, _yuan(data.get("balance_fen")), "CNY",
        str(largest.get("name", "")), str(largest.get("code", "")), shown.get("收款方") or shown.get("付款方") or "",
        shown.get("方式", ""), one.case, shown.get("决定", ""), len(one.papers), _proof(told),
    )  # fmt: skip


def _contract(told: Told) -> Row:
    one, shown, data = told.one, _shown(told.one), told.one.data
    return (
        *_link(told), one.village, str(data.get("number") or ""), str(data.get("kind_title") or one.title),
        shown.get("合同对方", ""), _yuan(data.get("price_fen")), "CNY", one.occurred_on, _day(data.get("starts_on")),
        _day(data.get("ends_on")), str(data.get("way") or ""), one.case, bool(data.get("existing")), _proof(told),
    )  # fmt: skip


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


DERIVED: Mapping[str, tuple[str, Callable[[Told], Row]]] = {
    VOUCHER: (MONEY.name, _money),
    CONTRACT: (CONTRACTS.name, _contract),
}
"""The acts that give a row of their own."""
BY_YEAR = (PUBLICATIONS, FIELDS, PAPERS, MONEY, CONTRACTS, BODIES)
