"""The A4 notice of a case, set by typst from a fixed template; the same record as the case's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mingbai.boards.sheets import TEMPLATES
from mingbai.catalogue import queries as catalogue
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary, Publication
from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.printing import press

MOST_BOXES = 20
_NOTICE_HEAD = "ZZ"  # the first signs of the code of a notice, as the cases make it
_PRICES = ("合同价款", "合同价", "中标价", "成交价", "金额", "预算")
_PARTIES = ("合同对方", "承做方", "中标方", "成交方", "供货方")


class NoSuchCase(Refused):
    """Nothing was published of a case with that number."""


def is_notice(code: str) -> bool:
    """Whether a code is that of a notice, which is checked on the page of its case, and not of a card."""
    return code.startswith(_NOTICE_HEAD)


def make_notice(case_number: str, *, base_url: str, demo: bool, again: bool = False) -> bytes:
    """The notice as PDF. `base_url` is the site's address, for the code; `demo` sets the word 演示 across it.

    `again` prints the sheet that takes the place of the one that hangs, under a code of its own.

    Raises:
        NoSuchCase: nothing of it was published.
        Refused: a character is not in the print font; the reason names it.
    """
    case = disclosure.case(case_number)
    if case is None:
        raise NoSuchCase(_("没有公布过编号是 %(n)s 的事") % {"n": case_number}, remedy=_("请核对编号"))
    published = disclosure.of_case(case_number)
    content = _content(case, published, f"{base_url.rstrip('/')}/cases/{case_number}/", demo, again)
    return press.print_pdf(TEMPLATES / "notice.typ", {**content, "code": press.code_image(content["url"])})


def _content(
    case: CaseSummary, published: Sequence[Publication], url: str, demo: bool, again: bool = False
) -> dict[str, Any]:
    village = organisations.division(case.village)
    price = _price(published)
    sheet = _sheet(published)
    told = _("%(village)s公布") if sheet.get("kind") == "after" else _("%(village)s公示")
    code = sheet.get("again" if again else "sheet") or ""
    return {
        "demo": _("演示") if demo else "",
        "heading": told % {"village": village.short},
        "town": organisations.division(village.parent).name,
        "number": _("编号 %(n)s") % {"n": case.number},
        "title": case.title,
        "sum": price[1].yuan() if price else "",
        "daxie": price[1].daxie() if price else "",
        "sum_name": price[0] if price else "",
        "boxes": [] if again else _boxes(case),
        "hangs": _("内容改了，重新张贴：从贴上、交了证明的那天起重新算天数") if again else _hangs(case),
        "lines": [list(line) for line in _lines(case, published)],
        "votes": _votes(published),
        "basis": next((one.basis_text for one in reversed(published) if one.basis_text), ""),
        "objection": _at_any_time() if again else _objection(case),
        "signed": village.name,
        "day": _long(case.notice.since if case.notice and not again else case.last_date),
        "url": url,
        "sheet_code": _("这张纸的编号 %(code)s") % {"code": code} if code else "",
        "scan": _("扫一扫，看全过程和单据，有不对的当场提"),
    }


def _sheet(published: Sequence[Publication]) -> dict[str, Any]:
    """The notice that waits or hangs, by the newest word of the case: its codes, and 公示 or 公布."""
    newest = next((one for one in reversed(published) if one.kind.startswith("case.")), None)
    waiting = (newest.data.get("next") or []) if newest else []
    return next((dict(step) for step in waiting if step.get("sheet")), {})


def _price(published: Sequence[Publication]) -> tuple[str, Money] | None:
    for label in _PRICES:
        for one in reversed(published):
            for field in one.fields:
                if field.label == label and field.kind == "money" and field.value:
                    return label, Money.parse(field.value.removesuffix("元"))
    return None


def _boxes(case: CaseSummary) -> list[str]:
    """One box a day, without the day of posting; none when they would not fit."""
    if case.notice is None:
        return []
    count = max((case.notice.until - case.notice.since).days, 1)
    first = case.notice.until - timedelta(days=count - 1)
    days = [first + timedelta(days=n) for n in range(count)]
    return [f"{day.month}.{day.day}" for day in days] if count <= MOST_BOXES else []


def _hangs(case: CaseSummary) -> str:
    if case.notice is None:
        return ""
    text = _("%(since)s贴出，贴到 %(until)s")
    return text % {"since": _long(case.notice.since), "until": _long(case.notice.until)}


def _lines(case: CaseSummary, published: Sequence[Publication]) -> list[tuple[str, str]]:
    edition = catalogue.latest()
    try:
        power = catalogue.power(edition, case.power)
        item = _("第 %(n)s 项，%(name)s") % {"n": power.number, "name": power.name}
    except Refused:
        item = ""
    party = next(
        (f.value for one in reversed(published) for f in one.fields if f.label in _PARTIES and f.value), ""
    )
    paid = sum(
        int(one.data.get("amount_fen") or 0)
        for one in published
        if one.kind == "ledger.voucher_posted" and one.data.get("direction") == "out"
    )
    lines = [
        (_("哪一项权力"), item),
        (_("谁承做"), party),
        (_("已经付了"), _("%(sum)s 元") % {"sum": Money(paid).yuan()} if paid else ""),
        (_("现在到哪"), case.ended or "、".join(case.here)),
        (_("谁经手"), " ".join(part for part in (published[0].office_title, published[0].actor) if part)),
    ]
    return [(name, text) for name, text in lines if text]


def _votes(published: Sequence[Publication]) -> dict[str, Any] | None:
    """The newest resolution with its counts."""
    for one in reversed(published):
        if one.kind == "meeting.resolved":
            shown = {field.label: field.value or "" for field in one.fields}
            names = (
                ("应到", "应到"),
                ("实到", "实到"),
                ("同意", "同意"),
                ("反对", "不同意"),
                ("弃权", "弃权"),
            )
            head = _("%(day)s %(body)s：%(result)s")
            said = {
                "day": _long(one.occurred_on),
                "body": shown.get("会议", ""),
                "result": shown.get("结果", ""),
            }
            return {"head": head % said, "counts": [[title, shown.get(label, "")] for label, title in names]}
    return None


def _at_any_time() -> str:
    return _("对这件事有不同意见的，随时可以提：扫右边的码，或者到村部、找村务监督委员会说。")


def _objection(case: CaseSummary) -> str:
    if case.notice is None or case.ended:
        return _at_any_time()
    text = _("对这件事有不同意见的，请在 %(until)s以前提：扫右边的码，或者到村部、找村务监督委员会说。")
    return text % {"until": _long(case.notice.until)}


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
