"""From the values of the queries to the shapes that go out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mingbai.api.shapes import BasisOut, FactOut, FieldOut, PaperOut, PowerOut, PublicationOut, VillageOut
from mingbai.disclosure.queries import Publication

FACTS = (
    "scope",
    "out_of_scope",
    "handling_body",
    "method",
    "time_limits",
    "materials",
    "discipline",
    "risks",
    "recusal",
    "publicity",
    "five_disclosures",
)


def publication_out(publication: Publication) -> PublicationOut:
    """A publication as it goes out."""
    plain = {
        name: getattr(publication, name) for name in PublicationOut.model_fields if hasattr(publication, name)
    }
    plain |= {
        "key": publication.order,
        "fields": [FieldOut(**item.as_dict()) for item in publication.fields],
        "papers": [PaperOut(**item.as_dict()) for item in publication.papers],
        "data": dict(publication.data),
        "citation": publication.citation_text,
        "basis": publication.basis_text,
        "path": f"/p/{publication.id}/",
        "body_path": f"/p/{publication.id}.json",
    }
    return PublicationOut(**plain)


def village_out(village: Any, towns: dict[str, str]) -> VillageOut:
    """A village as it goes out, with the name of its town."""
    return VillageOut(
        code=village.code,
        name=village.name,
        short=village.short,
        town=towns.get(village.parent, ""),
        path=f"/v/{village.code}/",
    )


def power_out(power: Any, laws: Any) -> PowerOut:
    """A power as it goes out: every sentence with its source and its confidence."""
    return PowerOut(
        id=power.id,
        number=power.number,
        category=_text(power.category),
        name=_text(power.name),
        nature=_text(power.nature),
        compiling_departments=[_text(item) for item in _many(power.compiling_departments)],
        bases=[_basis(item, laws) for item in power.bases],
        facts={name: facts for name in FACTS if (facts := list(_facts(getattr(power, name, ()))))},
        procedure=power.procedure,
        path=f"/powers/{power.id}/",
    )


def _basis(basis: Any, laws: Any) -> BasisOut:
    law = laws.get(basis.law)
    return BasisOut(
        law=basis.law,
        title=law.title if law else "",
        articles=_text(basis.articles),
        point=_text(basis.point),
        confidence=str(basis.confidence),
    )


def _many(value: Any) -> Iterable[Any]:
    return (value,) if isinstance(value, str) or hasattr(value, "text") else value or ()


def _text(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return "、".join(_text(item) for item in value)
    return str(getattr(value, "text", value) or "")


def _facts(value: Any) -> Iterable[FactOut]:
    for fact in _many(value):
        if hasattr(fact, "text"):
            yield FactOut(text=fact.text, source=fact.source or "", confidence=str(fact.confidence))
