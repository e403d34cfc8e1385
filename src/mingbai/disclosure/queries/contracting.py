"""The purchases of a village as open contracting data, from what was published and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mingbai.disclosure.models import CaseHead
from mingbai.disclosure.queries.reading import Publication, of_cases
from mingbai.disclosure.rules import ocds
from mingbai.organisations import queries as organisations

POWER = "procurement-small-works"
AT_ONCE = 50


def contracting(village: str, *, base_url: str) -> dict[str, Any]:
    """The record package of a village, valid against OCDS 1.1; projects in order of number, read in portions.

    Raises:
        Refused: no such village.
    """
    place = organisations.division(village)
    heads = CaseHead.objects.filter(village=village, power=POWER).order_by("case")
    numbers = {row.case: row.title for row in heads.iterator(chunk_size=1000)}
    records, latest = [], None
    for portion in _portions(list(numbers)):
        for number, published in of_cases(portion, kind=None).items():
            project = ocds.Project(number, numbers[number], village, place.name)
            found = ocds.record(project, _steps(published))
            records += [found] if found["releases"] else []
            latest = max([one.published_at for one in published] + ([latest] if latest else []))
    uri = f"{base_url}/ocds/{village}.json"
    return ocds.package(records, uri=uri, publisher=place.name, at=latest) if latest else {}


def _portions(numbers: list[str]) -> Iterable[list[str]]:
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


def _steps(published: Iterable[Publication]) -> list[ocds.Step]:
    """The publications as the mapping reads them; the contract of a case is known to its later payments."""
    contract, found = "", []
    for one in published:
        contract = str(one.data["number"]) if one.kind == "register.contract_signed" else contract
        data: Mapping[str, Any] = {**one.data, "contract": contract}
        shown = {field.label: field.value for field in one.fields if field.value is not None}
        step = str(one.data.get("step") or "")
        found.append(ocds.Step(one.id, one.kind, step, one.title, one.published_at, shown, data))
    return found
