"""The tables that have no year: villages, powers, editions and cases, as they stand at the position."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mingbai.api.bulk.tables import Row, Table, columns
from mingbai.api.content import proof_path
from mingbai.catalogue import queries as catalogue
from mingbai.disclosure.queries.listing import case_page
from mingbai.organisations import queries as organisations

AT_ONCE = 200
VILLAGES = Table("villages", "村和社区", columns(
    "code|string|12位代码", "name|string|全名", "short|string|平常怎么叫", "committee|string|villagers 村委会，residents 居委会",
    "town|string|镇街的代码", "town_name|string|镇街", "permalink|string|网页",
), ("code",))  # fmt: skip
POWERS = Table("powers", "生效的权力清单", columns(
    "id|string|代号", "number|integer|第几项", "category|string|哪一类", "name|string|名称", "nature|string|性质",
    "procedure|string|流程图的代号", "bases|string|依据：法律和条，用分号隔开", "permalink|string|网页",
), ("id",))  # fmt: skip
EDITIONS = Table("editions", "清单的各版", columns(
    "number|integer|第几版", "since|date|从哪天起用", "reason|string|为什么改", "basis|string|照哪一条", "case|string|哪一件事",
    "emergency|boolean|是不是应急的", "ratify_by|date|最迟哪天追认", "ratified_on|date|哪天追认的", "permalink|string|网页",
), ("number",))  # fmt: skip
CASES = Table("cases", "办的事，走到哪了", columns(
    "number|string|编号", "village|string|村的12位代码", "power|string|哪一项权力", "title|string|标题", "here|string|等着办的步子",
    "due|date|最迟哪天办", "opened_on|date|哪天立的", "last_on|date|最近哪天有动静", "ended|string|怎么结束的，空着是还在办",
    "suspended|boolean|是不是中止了", "notice_since|date|公示从哪天", "notice_until|date|公示到哪天",
    "notice_down|boolean|公示是不是没有贴着", "newest|string|最近的一条公布", "permalink|string|网页",
    "proof|string|最近一条在公开总账里的证明",
), ("number",))  # fmt: skip
WHOLE: tuple[Table, ...] = (VILLAGES, POWERS, EDITIONS, CASES)


def rows_of(table: Table, on: date, base: str) -> Iterator[Row]:
    """The rows of a table without a year, in the order of its key."""
    return {"villages": _villages, "powers": _powers, "editions": _editions, "cases": _cases}[table.name](
        on, base
    )


def _villages(on: date, base: str) -> Iterator[Row]:
    towns = {town.code: town.name for town in organisations.towns()}
    for one in organisations.villages():
        town = towns.get(one.parent, "")
        yield one.code, one.name, one.short, one.committee, one.parent, town, f"{base}/v/{one.code}/"


def _powers(on: date, base: str) -> Iterator[Row]:
    edition = catalogue.current(on)
    laws = catalogue.laws(edition)
    for one in catalogue.powers(edition):
        titles = [laws[basis.law].title if basis.law in laws else basis.law for basis in one.bases]
        cited = "；".join(
            f"{title}{'、'.join(basis.articles)}" for title, basis in zip(titles, one.bases, strict=True)
        )
        yield (
            one.id,
            one.number,
            one.category,
            one.name,
            one.nature,
            one.procedure or "",
            cited,
            f"{base}/powers/{one.id}/",
        )


def _editions(on: date, base: str) -> Iterator[Row]:
    for one in sorted(catalogue.editions(), key=lambda edition: edition.number):
        basis = one.citation.text() if one.citation else ""
        yield (
            one.number, one.since, one.reason, basis, one.case, one.emergency, one.ratify_by, one.ratified_on,
            f"{base}/powers/changes/",
        )  # fmt: skip


def _cases(on: date, base: str) -> Iterator[Row]:
    after: str | None = ""
    while after is not None:
        page = case_page(after=after, limit=AT_ONCE)
        for listed in page.items:
            case, hung = listed.case, listed.case.notice
            yield (
                case.number, case.village, case.power, case.title, "、".join(case.here), case.due, case.opened_on,
                case.last_date, case.ended, case.suspended, hung.since if hung else None, hung.until if hung else None,
                hung.down if hung else None, listed.newest, f"{base}/cases/{case.number}/", f"{base}{proof_path(listed.newest)}",
            )  # fmt: skip
        after = page.next
