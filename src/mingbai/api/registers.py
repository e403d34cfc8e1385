"""What is derived from publications: money, contracts, assets, cases, notices, meetings."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop as N_
from ninja import Path, Query
from ninja.errors import HttpError

from mingbai.api import register_content as content
from mingbai.api.asking import api, by_day, by_position, reads, today
from mingbai.api.content import publication_out
from mingbai.api.records import LAST_KEY, WRONG
from mingbai.api.register_shapes import (
    CaseOut,
    CasePageOut,
    ContractPage,
    MeetingOut,
    MoneyOut,
    ObjectPage,
    WholeCase,
    WholeMeeting,
)
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries.listing import case_page
from mingbai.organisations import queries as organisations

VILLAGE = Path(max_length=12, pattern=r"^\d{12}$", description=N_("村的12位代码"))
IN_VILLAGE = Query("", max_length=12, pattern=r"^(\d{12})?$", description=N_("只要这个村的"))
MONTH = Query(
    "", pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$", description=N_("哪个月，如 2026-09；不写是最近有账的月")
)
NUMBER = Path(max_length=80, pattern=r"^[0-9A-Za-z._-]+$", description=N_("编号"))
AFTER = Query("", max_length=60, pattern=r"^[0-9A-Za-z-]*$", description=N_("从这个编号之后开始"))
AT_ONCE = Query(50, ge=1, le=disclosure.MAX_PAGE, description=N_("一次几条"))
FAMILY = Query("asset", description=N_("asset 资产，resource 资源"))
RUNNING = Query(None, description=N_("true 只要还在办的，false 只要办完的"))
KEY = Query(0, ge=0, le=LAST_KEY, description=N_("从这个键接着往后"))


@api.get(
    "/villages/{village}/money",
    response={200: MoneyOut, **WRONG},
    summary=N_("一个村一个月的账"),
    tags=[N_("账")],
)
@reads(by_position)
def money(request: HttpRequest, village: str = VILLAGE, month: str = MONTH) -> MoneyOut:
    """The vouchers of a month with opening and closing balance; without a month the newest that has vouchers."""
    organisations.division(village)
    return content.money_out(disclosure.money(village, month))


@api.get(
    "/villages/{village}/contracts",
    response={200: ContractPage, **WRONG},
    summary=N_("合同"),
    tags=[N_("合同和资产")],
)
@reads(by_day)
def contracts(request: HttpRequest, village: str = VILLAGE, before: int = KEY) -> ContractPage:
    """The contracts of a village, newest first, as they stand today."""
    organisations.division(village)
    page = disclosure.contracts_in(village, today(request), before)
    return ContractPage(
        items=[content.contract_out(one) for one in page.items], count=page.count, next=page.next
    )


@api.get(
    "/villages/{village}/objects",
    response={200: ObjectPage, **WRONG},
    summary=N_("资产和资源"),
    tags=[N_("合同和资产")],
)
@reads(by_position)
def objects(
    request: HttpRequest,
    village: str = VILLAGE,
    family: Literal["asset", "resource"] = FAMILY,
    after: int = KEY,
) -> ObjectPage:
    """The register of a village, one family at a time."""
    organisations.division(village)
    page = disclosure.objects_in(village, family, after)
    return ObjectPage(items=[content.object_out(one) for one in page.items], next=page.next)


@api.get("/cases", response={200: CasePageOut, **WRONG}, summary=N_("办的事"), tags=[N_("办的事")])
@reads(by_day)
def cases(
    request: HttpRequest,
    village: str = IN_VILLAGE,
    power: str = Query("", max_length=80, description=N_("权力的代号")),
    running: bool | None = RUNNING,
    after: str = AFTER,
    limit: int = AT_ONCE,
) -> CasePageOut:
    """Cases in the order of their numbers; `running` tells those that go on from those that have ended."""
    page = case_page(after=after, village=village, power=power, running=running, limit=limit)
    return CasePageOut(
        items=[content.listed_case_out(one, today(request)) for one in page.items], next=page.next
    )


@api.get(
    "/cases/{number}", response={200: WholeCase, **WRONG}, summary=N_("一件事的全部公布"), tags=[N_("办的事")]
)
@reads(by_day)
def case(request: HttpRequest, number: str = NUMBER) -> WholeCase:
    """A case by its number with everything published of it."""
    found = disclosure.case(number)
    if found is None:
        raise HttpError(404, "没有公布过这件事")
    return content.whole_case(found, disclosure.of_case(number), today(request))


@api.get("/notices", response={200: list[CaseOut], **WRONG}, summary=N_("正在公示"), tags=[N_("办的事")])
@reads(by_day)
def notices(request: HttpRequest, village: str = IN_VILLAGE, limit: int = AT_ONCE) -> list[CaseOut]:
    """The cases whose publicity period runs today, the first to end first."""
    found = disclosure.on_notice(today(request), village or None, limit)
    return [content.case_out(one, today(request)) for one in found]


@api.get(
    "/villages/{village}/meetings",
    response={200: list[MeetingOut], **WRONG},
    summary=N_("要开的会"),
    tags=[N_("会")],
)
@reads(by_day)
def meetings(request: HttpRequest, village: str = VILLAGE, limit: int = AT_ONCE) -> list[MeetingOut]:
    """Meetings that are called for today or later, the nearest first."""
    organisations.division(village)
    found = disclosure.coming_meetings(village, today(request), limit)
    return [MeetingOut(**content.meeting(one)) for one in found]


@api.get(
    "/meetings/{number}",
    response={200: WholeMeeting, **WRONG},
    summary=N_("一次会的全部公布"),
    tags=[N_("会")],
)
@reads(by_position)
def meeting(request: HttpRequest, number: str = NUMBER) -> WholeMeeting:
    """A meeting by its number with everything published of it."""
    found = disclosure.meeting(number)
    if found is None:
        raise HttpError(404, "没有公布过这次会")
    told = [publication_out(one) for one in disclosure.of_meeting(number)]
    return WholeMeeting(**content.meeting(found), publications=told)
