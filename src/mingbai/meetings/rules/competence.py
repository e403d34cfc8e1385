"""Which body decides what: a matter names the bodies that may decide it, in the order of the law, and those that may not.

The file is `matters.yaml` of a district. A body that no matter names (村“两委”, 党员大会 …) deliberates and is not checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Citation, Refused, line_of, load_located, validate
from mingbai.meetings.rules.bodies import Bodies, Passing, find_body
from mingbai.meetings.rules.text import CitationText, PassingText, Words

MATTERS_FILE = "matters.yaml"
COLLECTIVE = "rce_"
"""Bodies of the collective economic organisation carry this in their id."""
PARTY_BODIES = frozenset({"party_branch_general", "party_branch_committee"})
_PARTY_FIRST = Citation("vcol", "第28条第3款")
_DELEGATION = Citation("vcol", "第28条第2款、第29条")
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
PowerId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]


@dataclass(frozen=True)
class Decider:
    """A body that may decide a matter: only when it was delegated, or only where there is no collective organisation."""

    body: str
    delegated: bool = False
    no_collective: bool = False
    passing: Passing | None = None


@dataclass(frozen=True)
class Matter:
    """One kind of matter from `since` on; `barred` are the bodies that may not decide it, with the article."""

    id: str
    title: str
    since: date
    kind: str
    powers: tuple[str, ...]
    deciders: tuple[Decider, ...]
    barred: tuple[tuple[str, Citation], ...]
    party_first: bool
    citation: Citation


Matters = tuple[Matter, ...]


@dataclass(frozen=True)
class Setting:
    """Where and when it is to be decided.

    delegated: matters that the assembly has delegated by that day. residents: the place is an urban community.
    passed: bodies that passed it before in the same case; None when it is no case, and nobody can say.
    """

    on: date
    delegated: Collection[str] = ()
    has_collective: bool = True
    residents: bool = False
    passed: Collection[str] | None = None


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Decider(_Text):
    body: Id
    delegated: bool = False
    no_collective: bool = False
    passing: PassingText | None = None

    def decider(self) -> Decider:
        passing = Passing(self.passing.majority(), self.passing.of) if self.passing else None
        return Decider(self.body, self.delegated, self.no_collective, passing)


class _Barred(_Text):
    body: Id
    law: Words
    article: Words


class _Matter(_Text):
    id: Id
    title: Words
    since: date
    kind: Literal["village", "collective", "group", "residents"]
    powers: Annotated[list[PowerId], Field(min_length=1)]
    decided_by: Annotated[list[_Decider], Field(min_length=1)]
    not_by: list[_Barred] = []
    party_first: bool
    citation: CitationText

    def matter(self) -> Matter:
        citation = Citation(self.citation.law, self.citation.article, self.citation.confidence)
        return Matter(
            self.id, self.title, self.since, self.kind, tuple(self.powers),
            tuple(one.decider() for one in self.decided_by),
            tuple((one.body, Citation(one.law, one.article)) for one in self.not_by),
            self.party_first, citation,
        )  # fmt: skip


class _File(_Text):
    matters: Annotated[list[_Matter], Field(min_length=1)]


def read_matters(text: str, filename: str = MATTERS_FILE, bodies: Iterable[str] | None = None) -> Matters:
    """Every matter of the file; `bodies`, when given, are those that exist.

    Raises:
        BadFile: malformed, a matter twice on one date, a body that may and may not, or one that does not exist.
    """
    matters = tuple(one.matter() for one in validate(_File, text, filename).matters)
    known = set(bodies) if bodies is not None else None
    seen: set[tuple[str, date]] = set()
    for index, matter in enumerate(matters):
        fault = _fault(matter, seen, known)
        if fault:
            raise BadFile(filename, line_of(load_located(text, filename)[1], ("matters", index)), fault)
        seen.add((matter.id, matter.since))
    return matters


def _fault(matter: Matter, seen: set[tuple[str, date]], known: set[str] | None) -> str:
    may, may_not = [one.body for one in matter.deciders], [body for body, _article in matter.barred]
    if (matter.id, matter.since) in seen:
        return f"{matter.id} 在 {matter.since} 写了两遍"
    if twice := [body for body in may if may.count(body) > 1 or body in may_not]:
        return f"{matter.id} 的 {twice[0]} 写了两遍，或者又能定又不能定"
    unknown = [body for body in (*may, *may_not) if known is not None and body not in known]
    return f"{matter.id} 写了 meetings.yaml 里没有的会：{unknown[0]}" if unknown else ""


def find_matter(matters: Matters, matter: str, on: date) -> Matter:
    """A matter as it stands on a day. Raises `Refused` when there is none of that id by then."""
    dated = [one for one in matters if one.id == matter and one.since <= on]
    if not dated:
        raise Refused(f"{on.isoformat()}没有“{matter}”这类事", remedy="从列出的事项里选一类")
    return max(dated, key=lambda one: one.since)


def decides(matters: Matters, body: str) -> bool:
    """Whether some matter names the body, so that what it decides is checked."""
    named = {one.body for matter in matters for one in matter.deciders}
    return body in named | {barred for matter in matters for barred, _article in matter.barred} - {"liangwei"}


def of_power(matters: Matters, power: str, body: str, setting: Setting) -> Matter | None:
    """The matter taken for a power when nobody chose another: the first that lists the power and the body may decide.

    Failing that, the first that lists the power at all, so that the refusal names the right body.
    """
    listed = [one for one in matters if power in one.powers and one.since <= setting.on]
    listed.sort(key=lambda one: one.powers.index(power))
    able = [one for one in listed if body in competent(one, setting)]
    named = [one for one in listed if body in [decider.body for decider in one.deciders]]
    return next(iter([*able, *named, *listed]), None)


def passing_of(matters: Matters, matter: str, body: str, on: date) -> Passing | None:
    """The majority that the law asks of a body for a matter, when it is another than the body's own."""
    dated = [one for one in matters if one.id == matter and one.since <= on]
    found = max(dated, key=lambda one: one.since, default=None)
    return next((one.passing for one in found.deciders if one.body == body), None) if found else None


def competent(matter: Matter, setting: Setting) -> tuple[str, ...]:
    """The bodies that may decide the matter there and then, in the order of the law."""
    return tuple(one.body for one in matter.deciders if _open(one, matter, setting))


def _open(decider: Decider, matter: Matter, setting: Setting) -> bool:
    if (matter.kind == "residents") is not setting.residents:
        return False
    if decider.delegated and matter.id not in setting.delegated:
        return False
    if decider.no_collective:
        return not setting.has_collective
    return setting.has_collective or not decider.body.startswith(COLLECTIVE)


def check_competence(bodies: Bodies, matter: Matter, body: str, setting: Setting) -> Passing | None:
    """Refuse a body that may not decide the matter; the majority the law asks of it for this matter, if another.

    Raises:
        Refused: names the body that must decide, the article, and what to do next.
    """
    decider = next((one for one in matter.deciders if one.body == body and _open(one, matter, setting)), None)
    if decider is None:
        raise _refusal(bodies, matter, body, setting)
    if matter.party_first and setting.passed is not None and not PARTY_BODIES & set(setting.passed):
        raise Refused(
            f"“{matter.title}”还没有经过党组织研究，不能交{_title(bodies, body, setting)}决定",
            _PARTY_FIRST,
            "先开党组织会议或者党员大会研究，登记结果以后再开会",
        )
    return decider.passing


def _refusal(bodies: Bodies, matter: Matter, body: str, setting: Setting) -> Refused:
    here = _title(bodies, body, setting)
    may = competent(matter, setting)
    who = "、".join(_title(bodies, one, setting) for one in may) or "别的会"
    decider = next((one for one in matter.deciders if one.body == body), None)
    if (matter.kind == "residents") is not setting.residents:
        place = "社区" if setting.residents else "村"
        return Refused(f"这里是{place}，“{matter.title}”不适用", matter.citation, f"换成{place}里的一类事")
    if decider is not None and decider.delegated:
        return Refused(
            f"“{matter.title}”没有{_title(bodies, matter.deciders[0].body, setting)}的授权记录，{here}不能决定",
            matter.citation if matter.kind == "residents" else _DELEGATION,
            f"由{who}决定；或者先由{_title(bodies, matter.deciders[0].body, setting)}授权，登记授权以后再开",
        )
    if decider is not None:
        return Refused(
            f"这里有集体经济组织，“{matter.title}”不能由{here}代行", matter.citation, f"由{who}决定"
        )
    article = next((article for barred, article in matter.barred if barred == body), matter.citation)
    return Refused(f"“{matter.title}”由{who}决定，{here}不能代替", article, f"请召集{who}")


def _title(bodies: Bodies, body: str, setting: Setting) -> str:
    try:
        return find_body(bodies, body, setting.on).title
    except Refused:
        return body


def check_matters(matters: Matters, powers: Iterable[tuple[str, str]]) -> None:
    """Refuse a table that names a power nobody has, or leaves a power of self-government without a matter.

    `powers` are ids with the nature of each one's chart. Raises `BadFile` naming the id.
    """
    known = dict(powers)
    listed = {power for matter in matters for power in matter.powers}
    for power in sorted(listed - set(known)):
        raise BadFile(MATTERS_FILE, 1, f"没有“{power}”这项权力")
    for power, nature in sorted(known.items()):
        if nature == "self_government" and power not in listed:
            raise BadFile(MATTERS_FILE, 1, f"权力“{power}”没有写由哪个会定")
