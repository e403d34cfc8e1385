"""The list in force, its editions, the villages, and purchases as open contracting data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop as N_
from ninja import Path, Query
from ninja.errors import HttpError

from mingbai.api.asking import api, by_edition, by_position, reads, today
from mingbai.api.content import power_out, village_out
from mingbai.api.records import WRONG
from mingbai.api.register_content import edition_out
from mingbai.api.register_shapes import EditionOut
from mingbai.api.shapes import PowerOut, Problem, VillageOut
from mingbai.catalogue import queries as catalogue
from mingbai.disclosure.queries import contracting
from mingbai.organisations import queries as organisations

VILLAGE = Path(max_length=12, pattern=r"^\d{12}$", description=N_("村的12位代码"))
AFTER = Query("", max_length=32, pattern=r"^[\d-]*$", description=N_("从这个事项编号之后开始"))
CASES = Query(contracting.AT_ONCE, ge=1, le=contracting.AT_ONCE, description=N_("几个项目"))


@api.get("/powers", response={200: list[PowerOut], **WRONG}, summary=N_("权力清单"), tags=[N_("清单")])
@reads(by_edition)
def powers(request: HttpRequest) -> list[PowerOut]:
    """Every power of the edition in force today, with bases, sources and confidence."""
    edition = catalogue.current(today(request))
    laws = catalogue.laws(edition)
    return [power_out(power, laws) for power in catalogue.powers(edition)]


@api.get(
    "/editions", response={200: list[EditionOut], 422: Problem}, summary=N_("清单的各版"), tags=[N_("清单")]
)
@reads(by_position)
def editions(request: HttpRequest) -> list[EditionOut]:
    """Every edition of the list, latest first: since when, why, on what authority."""
    return [edition_out(one) for one in catalogue.editions()]


@api.get(
    "/villages", response={200: list[VillageOut], 422: Problem}, summary=N_("村和社区"), tags=[N_("清单")]
)
@reads(by_edition)
def villages(request: HttpRequest) -> list[VillageOut]:
    """Every village and community of the district."""
    towns = {town.code: town.name for town in organisations.towns()}
    return [village_out(village, towns) for village in organisations.villages()]


@api.get(
    "/ocds/{village}/records",
    response={200: dict[str, Any], **WRONG},
    summary=N_("采购和工程，按开放合同数据标准的记录"),
    tags=[N_("采购")],
)
@reads(by_position)
def ocds_records(
    request: HttpRequest, village: str = VILLAGE, after: str = AFTER, limit: int = CASES
) -> dict[str, Any]:
    """A record package (OCDS 1.1) of a village's purchases. Go on with `links.next`."""
    return _contracting(request, contracting.record_page, village, after, limit)


@api.get(
    "/ocds/{village}/releases",
    response={200: dict[str, Any], **WRONG},
    summary=N_("采购和工程，按开放合同数据标准的发布"),
    tags=[N_("采购")],
)
@reads(by_position)
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
