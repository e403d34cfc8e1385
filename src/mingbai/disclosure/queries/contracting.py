"""The purchases of a village as open contracting data, from what was published and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mingbai.disclosure.models import CaseHead
from mingbai.disclosure.queries.reading import Publication, of_cases
from mingbai.disclosure.rules import ocds
from mingbai.organisations import queries as organisations

POWER = "procurement-small-works"
AT_ONCE = 50


@dataclass(frozen=True)
class Told:
    """The projects of a village with their steps; `next` is the case after which to go on, `at` the latest instant."""

    publisher: str
    projects: tuple[tuple[ocds.Project, tuple[ocds.Step, ...]], ...]
    next: str
    at: datetime | None


def contracting(village: str, *, base_url: str) -> dict[str, Any]:
    """The record package of a village, valid against OCDS 1.1; projects in order of number, read in portions.

    Empty when the village has published no purchase.

    Raises:
        Refused: no such village.
    """
    records, latest, after = [], None, ""
    while True:
        told = _told(village, after, AT_ONCE)
        records += _records(told)
        latest = max([one for one in (latest, told.at) if one], default=None)
        if not told.next:
            break
        after = told.next
    uri = f"{base_url}/ocds/{village}.json"
    return ocds.package(records, uri=uri, publisher=told.publisher, at=latest) if records and latest else {}


def record_page(village: str, *, uri: str, after: str = "", limit: int = AT_ONCE) -> dict[str, Any]:
    """A page of records, of the cases numbered after `after`; `links.next` is where it goes on. Empty without any.

    Raises:
        Refused: no such village.
    """
    told = _told(village, after, limit)
    records = _records(told)
    if not records or told.at is None:
        return {}
    return _linked(
        ocds.package(records, uri=_address(uri, after), publisher=told.publisher, at=told.at),
        uri,
        told,
        limit,
    )


def release_page(village: str, *, uri: str, after: str = "", limit: int = AT_ONCE) -> dict[str, Any]:
    """The same as releases, without records.

    Raises:
        Refused: no such village.
    """
    told = _told(village, after, limit)
    found = [one for project, steps in told.projects for one in ocds.releases(project, steps)]
    if not found or told.at is None:
        return {}
    package = ocds.release_package(found, uri=_address(uri, after), publisher=told.publisher, at=told.at)
    return _linked(package, uri, told, limit)


def _records(told: Told) -> list[dict[str, Any]]:
    found = [ocds.record(project, steps) for project, steps in told.projects]
    return [one for one in found if one["releases"]]


def _address(uri: str, after: str) -> str:
    return f"{uri}?after={after}" if after else uri


def _linked(package: dict[str, Any], uri: str, told: Told, limit: int) -> dict[str, Any]:
    more = f"{_address(uri, told.next)}&limit={limit}"
    return package | ({"links": {"next": more}} if told.next else {})


def _told(village: str, after: str, limit: int) -> Told:
    """The projects after a case, at most `limit` of them; two queries beside the village's."""
    place = organisations.division(village)
    heads = CaseHead.objects.filter(village=village, power=POWER, case__gt=after).order_by("case")
    rows = list(heads[: limit + 1])
    shown = {row.case: row.title for row in rows[:limit]}
    published = of_cases(list(shown), kind=None) if shown else {}
    projects = tuple(
        (ocds.Project(case, shown[case], village, place.name), tuple(_steps(told)))
        for case, told in published.items()
    )
    instants = [one.published_at for told in published.values() for one in told]
    return Told(
        place.name, projects, rows[limit - 1].case if len(rows) > limit else "", max(instants, default=None)
    )


def _steps(published: Sequence[Publication]) -> Iterable[ocds.Step]:
    """The publications as the mapping reads them."""
    for one in published:
        data: Mapping[str, Any] = one.data
        shown = {field.label: field.value for field in one.fields if field.value is not None}
        yield ocds.Step(
            one.id, one.kind, str(data.get("step") or ""), one.title, one.published_at, shown, data
        )
