"""The endpoints: from disclosed data, in a bounded number of queries, answering conditional requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition
from ninja import NinjaAPI, Path, Query
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from mingbai.api.content import power_out, publication_out, village_out
from mingbai.api.shapes import PowerOut, Problem, PublicationOut, PublicationPage, VillageOut
from mingbai.catalogue import queries as catalogue
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import contracting
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations

SHANGHAI = ZoneInfo("Asia/Shanghai")
VERSION = "1.0.0"
LAST_KEY = 2**63 - 1
VILLAGE = Path(max_length=12, pattern=r"^\d{12}$", description="村的12位代码")
AFTER = Query("", max_length=32, pattern=r"^[\d-]*$", description="从这个事项编号之后开始")
CASES = Query(contracting.AT_ONCE, ge=1, le=contracting.AT_ONCE, description="几个项目")
SINCE = Query(None, description="这一天（含）以后公布的")

api = NinjaAPI(
    title="明白开放数据",
    version=VERSION,
    description="村级小微权力的清单、村（居）和每一条公布。只读，不用登记。",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    """What the data cannot answer is said in a sentence."""
    return api.create_response(request, {"detail": str(problem)}, status=404)


def _by_publication(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return f'"{VERSION}-{disclosure.head()}"'


def _by_edition(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    try:
        return f'"{VERSION}-e{catalogue.current(_today(request)).number}"'
    except Refused:
        return None


def _today(request: HttpRequest) -> date:
    today: date = request.today  # type: ignore[attr-defined]
    return today


@api.get("/powers", response=list[PowerOut], summary="权力清单", tags=["清单"])
@decorate_view(condition(etag_func=_by_edition))
def powers(request: HttpRequest) -> list[PowerOut]:
    """Every power of the edition in force today, with bases, sources and confidence."""
    edition = catalogue.current(_today(request))
    laws = catalogue.laws(edition)
    return [power_out(power, laws) for power in catalogue.powers(edition)]


@api.get("/villages", response=list[VillageOut], summary="村和社区", tags=["清单"])
@decorate_view(condition(etag_func=_by_edition))
def villages(request: HttpRequest) -> list[VillageOut]:
    """Every village and community of the district."""
    towns = {town.code: town.name for town in organisations.towns()}
    return [village_out(village, towns) for village in organisations.villages()]


@api.get("/publications", response=PublicationPage, summary="公布，按顺序", tags=["公布"])
@decorate_view(condition(etag_func=_by_publication))
def publications(
    request: HttpRequest,
    key: int = Query(0, ge=0, le=LAST_KEY, description="从这个键之后开始"),
    village: str = Query("", max_length=12, pattern=r"^\d*$", description="村的12位代码"),
    power: str = Query("", max_length=80, description="权力的代号"),
    kind: str = Query("", max_length=60, description="哪一种行为，如 case.step_completed"),
    since: date | None = SINCE,
    limit: int = Query(50, ge=1, le=disclosure.MAX_PAGE),
) -> PublicationPage:
    """A page of publications in the order of publication. Go on with `key=next`."""
    page = disclosure.publications(
        village=village or None,
        power=power or None,
        kind=kind or None,
        since=key,
        published_from=datetime.combine(since, time.min, SHANGHAI) if since else None,
        limit=limit,
    )
    return PublicationPage(items=[publication_out(item) for item in page.items], next=page.next)


@api.get("/ocds/{village}/records", summary="采购和工程，按开放合同数据标准的记录", tags=["采购"])
@decorate_view(condition(etag_func=_by_publication))
def ocds_records(
    request: HttpRequest, village: str = VILLAGE, after: str = AFTER, limit: int = CASES
) -> dict[str, Any]:
    """A record package (OCDS 1.1) of a village's purchases. Go on with `links.next`."""
    return _contracting(request, contracting.record_page, village, after, limit)


@api.get("/ocds/{village}/releases", summary="采购和工程，按开放合同数据标准的发布", tags=["采购"])
@decorate_view(condition(etag_func=_by_publication))
def ocds_releases(
    request: HttpRequest, village: str = VILLAGE, after: str = AFTER, limit: int = CASES
) -> dict[str, Any]:
    """A release package (OCDS 1.1) of a village's purchases. Go on with `links.next`."""
    return _contracting(request, contracting.release_page, village, after, limit)


def _contracting(
    request: HttpRequest, page: Callable[..., dict[str, Any]], village: str, after: str, limit: int
) -> dict[str, Any]:
    uri = request.build_absolute_uri(request.path)
    found = page(village, uri=uri, after=after, limit=limit)
    if not found:
        raise HttpError(404, "这个村还没有公布过采购和工程，或者后面没有了")
    return found


@api.get(
    "/publications/{publication_id}",
    response={200: PublicationOut, 404: Problem},
    summary="一条公布",
    tags=["公布"],
)
@decorate_view(condition(etag_func=_by_publication))
def publication(
    request: HttpRequest, publication_id: str = Path(max_length=40, description="如 340311104201-12")
) -> PublicationOut:
    """One publication by its permanent id."""
    found = disclosure.publication(publication_id)
    if found is None:
        raise HttpError(404, "没有这条公布")
    return publication_out(found)
