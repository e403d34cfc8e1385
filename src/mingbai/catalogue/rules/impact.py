"""Everything in one district folder that a change of law touches, as one value: for a page, a command, a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingbai.catalogue.rules.affected import (
    KINDS,
    Affected,
    AffectedPower,
    Standing,
    affected,
    affected_powers,
)
from mingbai.catalogue.rules.amending import (
    LawChange,
    follows_already,
    noted,
    refuse_collisions,
    renumbered,
    touched,
)
from mingbai.catalogue.rules.citing import citings
from mingbai.catalogue.rules.folder import Catalogue
from mingbai.kernel import Refused
from mingbai.organisations.rules import read_offices


@dataclass(frozen=True)
class Impact:
    """What a change touches in one folder, the files it rewrites by itself, and what each keeper must look at.

    `offices`: titles by id. `rewritten` holds laws.yaml as well, with the amendment noted; it is empty when the folder
    follows it already.
    """

    change: LawChange
    title: str
    followed: bool
    places: tuple[Affected, ...]
    powers: tuple[AffectedPower, ...]
    rewritten: Mapping[str, str]
    offices: Mapping[str, str]

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Ids of one kind (see `KINDS`) that are touched, in order, each once."""
        return tuple(dict.fromkeys(one.subject.id for one in self.places if one.subject.kind == kind))

    def by_keeper(self) -> dict[str, tuple[Affected, ...]]:
        """The places by the office that keeps them."""
        found: dict[str, list[Affected]] = {}
        for one in self.places:
            for office in one.subject.keepers:
                found.setdefault(office, []).append(one)
        return {office: tuple(ours) for office, ours in sorted(found.items())}

    def as_dict(self) -> dict[str, Any]:
        """The form for JSON."""
        return {
            "law": self.change.law,
            "title": self.title,
            "authority": self.change.authority,
            "effective": self.change.effective.isoformat(),
            "followed_already": self.followed,
            "places": [_place(one) for one in self.places],
            "powers": [_power(one) for one in self.powers],
            "charts": list(_nodes(self.places)),
            **{_PLURAL[kind]: list(self.of_kind(kind)) for kind in _PLURAL},
            "owners": [
                {
                    "office": office,
                    "title": self.offices.get(office, office),
                    "places": len(ours),
                    "to_review": sum(one.touched.to_review for one in ours),
                    "powers": _powers_of(ours),
                }
                for office, ours in self.by_keeper().items()
            ],
            "rewritten": sorted(self.rewritten),
        }


_PLURAL = {
    "parameter": "parameters", "risk_rule": "risk_rules", "body": "bodies", "office": "offices",
    "disclosure": "disclosures", "account": "accounts", "other": "others",
}  # fmt: skip


def impact(files: Mapping[str, str], said: Catalogue, change: LawChange) -> Impact:
    """What a change touches in a folder.

    Raises:
        Refused: a renumbering would land on a number that is cited and not said to move.
    """
    title = said.laws[change.law].title
    offices = {one.id: one.title for one in read_offices(files["offices.yaml"], "offices.yaml").offices}
    if follows_already(change, said.laws):
        return Impact(change, title, True, (), (), {}, offices)
    cited = citings(files, said.laws)
    refuse_collisions(change, cited)
    standing = Standing(files, said)
    places = affected(standing, touched(change, cited))
    rewritten = {
        **renumbered(files, change, cited),
        "laws.yaml": noted(files["laws.yaml"], change),
    }
    return Impact(change, title, False, places, affected_powers(standing, places), rewritten, offices)


def refuse_followed(found: Impact) -> None:
    """Refuse to carry out an amendment that the folder follows already."""
    if found.followed:
        raise Refused(
            f"{found.title}自{found.change.effective}起的这次修改，清单已经跟上了，不会再改一遍",
            remedy="laws.yaml 里这部法律的 amendments 记着",
        )


def _place(one: Affected) -> dict[str, Any]:
    citing, subject = one.touched.citing, one.subject
    return {
        "file": citing.file, "line": citing.line, "path": citing.where(), "kind": subject.kind,
        "kind_title": KINDS[subject.kind], "id": subject.id, "title": subject.title, "part": subject.part,
        "keepers": list(subject.keepers), "to_review": one.touched.to_review,
        "hits": [
            {"place": hit.place, "change": hit.change, "to": hit.to, "note": hit.note}
            for hit in one.touched.hits
        ],
        "text": one.text(),
    }  # fmt: skip


def _power(one: AffectedPower) -> dict[str, Any]:
    return {
        "number": one.number, "id": one.id, "name": one.name, "keepers": list(one.keepers),
        "fields": list(one.fields), "charts": list(one.charts), "parameters": list(one.figures),
        "to_review": one.to_review,
    }  # fmt: skip


def _nodes(places: tuple[Affected, ...]) -> Iterator[dict[str, Any]]:
    found: dict[str, list[str]] = {}
    for one in places:
        if one.subject.kind == "chart":
            found.setdefault(one.subject.id, []).append(one.subject.part)
    for id, nodes in found.items():
        yield {"id": id, "nodes": list(dict.fromkeys(nodes))}


def _powers_of(places: tuple[Affected, ...]) -> list[str]:
    return list(dict.fromkeys(one.subject.id for one in places if one.subject.kind == "power"))
