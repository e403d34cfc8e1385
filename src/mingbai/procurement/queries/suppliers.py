"""Suppliers as they stand now, who belongs together, and whose relatives hold office (R12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q

from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.procurement.models import Owner, Relation, Supplier
from mingbai.procurement.rules.suppliers import Firm, Held, related

NO_CADRE = frozenset({"villager", "household_rep", "villager_rep"})


def firms(codes: Collection[str] | None = None) -> dict[str, Firm]:
    """Suppliers by code, as last declared; all of the district without `codes`. Two queries."""
    rows = Supplier.objects.all() if codes is None else Supplier.objects.filter(uscc__in=codes)
    latest = rows.values("uscc").annotate(last=Max("id")).values_list("last", flat=True)
    found = list(Supplier.objects.filter(id__in=latest).order_by("name"))
    held: dict[int, list[Held]] = {}
    for owner in Owner.objects.filter(supplier__in=[row.id for row in found]).order_by("id"):
        held.setdefault(owner.supplier_id, []).append(Held(owner.name, owner.percent))
    return {row.uscc: Firm(row.uscc, row.name, row.legal, tuple(held.get(row.id, ()))) for row in found}


def names_of(codes: Any = None) -> dict[str, str]:
    """Names of suppliers by code, as last declared, in order of registration; `codes` is a list or a query of codes.

    One query; all of the district without `codes`.
    """
    rows = Supplier.objects.all() if codes is None else Supplier.objects.filter(uscc__in=codes)
    return dict(rows.order_by("id").values_list("uscc", "name"))


def firm(uscc: str) -> Firm:
    """One supplier.

    Raises:
        Refused: it is not registered.
    """
    found = firms([uscc]).get(uscc)
    if found is None:
        raise Refused("没有登记过这个供应商", remedy="先登记供应商")
    return found


def named(names: Iterable[str]) -> tuple[Firm, ...]:
    """The registered suppliers of these names; who is not registered is left out."""
    asked = set(names)
    codes = set(Supplier.objects.filter(name__in=asked).values_list("uscc", flat=True)) if asked else set()
    return tuple(one for one in firms(codes).values() if one.name in asked) if codes else ()


def people_behind(names: Iterable[str]) -> frozenset[str]:
    """Names of who heads or owns the registered suppliers of these names: they and their kin stand aside (R12)."""
    return frozenset(person for one in named(names) for person in one.people)


def declared(codes: Collection[str]) -> Mapping[frozenset[str], str]:
    """The latest relation declared of each pair among these codes, `distinct` included."""
    rows = Relation.objects.filter(first__in=codes, second__in=codes).order_by("id")
    return {frozenset({row.first, row.second}): row.kind for row in rows}


def related_names(name: str) -> frozenset[str]:
    """Names of the suppliers that count as one with the supplier of that name, its own included."""
    (own, *_) = named([name]) or (None,)
    if own is None:
        return frozenset({name})
    everybody = firms()
    said = declared(everybody.keys())
    return frozenset({name, *(one.name for one in everybody.values() if related(own, one, said))})


@dataclass(frozen=True)
class Kin:
    """Somebody behind a supplier holds office over the village, or is a near relative of somebody who does."""

    supplier: str
    person: str
    cadre: str
    office: str

    @property
    def self_held(self) -> bool:
        """Whether it is the cadre himself."""
        return self.person == self.cadre


def kin_in_office(found: Iterable[Firm], village: str, on: date) -> tuple[Kin, ...]:
    """R12: suppliers that a cadre of the village, or a declared near relative of one, heads or owns.

    By name, since a supplier's papers carry no number of a registered person: what it finds is to be looked at.
    Source: 民法典 第1045条.
    """
    held = organisations.holders_by_office(village, on)
    cadres = {
        holder.id: (holder.name, organisations.office_title(office))
        for office, holders in held.items()
        if office not in NO_CADRE
        for holder in holders
    }
    by_name: dict[str, list[tuple[str, str]]] = {}
    for name, title in cadres.values():
        by_name.setdefault(name, []).append((name, title))
    for id, kin in organisations.relatives(list(cadres)).items():
        for one in kin:
            by_name.setdefault(one.name, []).append(cadres[id])
    return tuple(
        Kin(one.name, person, name, title)
        for one in found
        for person in sorted(one.people)
        for name, title in dict.fromkeys(by_name.get(person, ()))
    )


def relations_of(uscc: str) -> tuple[tuple[str, str, str], ...]:
    """The declared relations of a supplier, newest first: the other's code, kind, reason."""
    rows = Relation.objects.filter(Q(first=uscc) | Q(second=uscc)).order_by("-id")
    return tuple((row.second if row.first == uscc else row.first, row.kind, row.reason) for row in rows)
