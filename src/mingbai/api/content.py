"""From the values of the queries to the shapes that go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingbai.api.shapes import BasisOut, FactOut, FieldOut, PaperOut, PowerOut, PublicationOut, VillageOut
from mingbai.catalogue.rules import Law, Power
from mingbai.catalogue.rules.powers import Basis, Fact
from mingbai.disclosure.queries import Publication
from mingbai.organisations.queries import DivisionView

FACTS = (
    "scope",
    "out_of_scope",
    "handling_body",
    "method",
    "four_deliberations",
    "time_limits",
    "materials",
    "discipline",
    "risks",
    "recusal",
    "publicity",
    "thresholds",
    "five_disclosures",
    "must_not_publish",
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
        "body_path": None if publication.withdrawn else f"/p/{publication.id}.json",
        "proof_path": proof_path(publication.id),
        "masks": list(publication.masks),
        "withdrawn": dict(publication.withdrawn) if publication.withdrawn else None,
    }
    return PublicationOut(**plain)


def proof_path(publication_id: str) -> str:
    """Where the proof that it is in the log can be asked for."""
    return f"/api/v1/proofs/{publication_id}"


def village_out(village: DivisionView, towns: Mapping[str, str]) -> VillageOut:
    """A village as it goes out, with the name of its town."""
    return VillageOut(
        code=village.code,
        name=village.name,
        short=village.short,
        committee=village.committee,
        town=towns.get(village.parent, ""),
        path=f"/v/{village.code}/",
    )


def power_out(power: Power, laws: Mapping[str, Law]) -> PowerOut:
    """A power as it goes out: every sentence with its source and its confidence."""
    return PowerOut(
        id=power.id,
        number=power.number,
        category=power.category,
        name=power.name,
        nature=power.nature,
        nature_title=power.nature_title,
        compiling_departments=[_fact(department) for department in power.compiling_departments],
        bases=[_basis(basis, laws) for basis in power.bases],
        facts={name: [_fact(fact) for fact in _many(getattr(power, name))] for name in FACTS},
        procedure=power.procedure,
        path=f"/powers/{power.id}/",
    )


def _basis(basis: Basis, laws: Mapping[str, Law]) -> BasisOut:
    return BasisOut(
        law=basis.law,
        title=laws[basis.law].title if basis.law in laws else "",
        articles=list(basis.articles),
        point=basis.point,
        source=basis.source,
        confidence=basis.confidence.value,
    )


def _many(facts: Fact | Iterable[Fact]) -> Iterable[Fact]:
    return (facts,) if isinstance(facts, Fact) else facts


def _fact(fact: Fact) -> FactOut:
    return FactOut(text=fact.text, source=fact.source, confidence=fact.confidence.value)
