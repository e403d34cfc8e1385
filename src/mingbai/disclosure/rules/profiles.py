"""Profiles: what is published of each kind of act, by the district's `disclosure.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mingbai.evidence.recognising import Personal
from mingbai.kernel import Citation, Confidence, FieldKind, validate

_NEVER = frozenset(Personal) - {Personal.address, Personal.phone, Personal.signature}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Basis(_Strict):
    """A legal basis: the law's id in laws.yaml, the article, and how sure we are of it."""

    law: str
    article: str
    confidence: Confidence = Confidence.verified

    def citation(self) -> Citation:
        """The same as the value everybody speaks."""
        return Citation(self.law, self.article, self.confidence)


class KindRule(_Strict):
    """Whether fields of one kind may be shown at all; `rule` is the sentence the public reads when not."""

    show: bool
    rule: str = Field(min_length=4, max_length=80)
    basis: Basis


class ActProfile(_Strict):
    """What of one kind of act is published.

    `actor` is `shown` (name of the office-holder acting in office), or `hidden` (the office only).
    `data` names the structural values that go out; whatever is not named stays in. `withheld` is the rule
    shown for a field of a kind that is public elsewhere but not in this act.
    """

    title: str = Field(min_length=2, max_length=40)
    basis: Basis
    actor: Literal["shown", "hidden"]
    fields: tuple[FieldKind, ...] = ()
    data: tuple[str, ...] = ()
    papers: bool = False
    withheld: KindRule | None = None


class MaskProfile(_Strict):
    """What the door masks in one kind of publication: everything personal, but for the kinds in `lets`.

    `of` are the beginnings of the acts it is for, such as `ledger.`; `why` is said where something is let through.
    """

    of: tuple[str, ...] = Field(min_length=1)
    title: str = Field(min_length=2, max_length=40)
    basis: Basis
    lets: tuple[Personal, ...] = ()
    why: str = ""

    @model_validator(mode="after")
    def _reasoned(self) -> MaskProfile:
        if bool(self.lets) != bool(self.why):
            raise ValueError("what is let through needs its reason, and nothing else has one")
        if _NEVER & set(self.lets):
            raise ValueError("numbers, faces, children and health are never let through")
        return self


class Profiles(_Strict):
    """The whole file: rules per field kind, the rule for what the door scan finds, profiles per act.

    Cases of a power in `private_powers` are not published at all, with what was met, paid or signed in them.
    """

    version: str
    kinds: Mapping[FieldKind, KindRule]
    unknown: KindRule
    scanned: KindRule
    paper_sealed: str = Field(min_length=4, max_length=80)
    private_powers: Mapping[str, KindRule] = {}
    masks: tuple[MaskProfile, ...] = ()
    acts: Mapping[str, ActProfile]

    def mask(self, act: str) -> MaskProfile | None:
        """What is masked in this kind of publication: the profile with the longest beginning; None when there is none."""
        fits = [(len(start), one) for one in self.masks for start in one.of if act.startswith(start)]
        return max(fits, key=lambda fit: fit[0])[1] if fits else None

    def lets(self, act: str) -> frozenset[Personal]:
        """The kinds of personal data that the door lets through in this kind of publication; by default none."""
        found = self.mask(act)
        return frozenset(found.lets) if found else frozenset()

    def act(self, name: str) -> ActProfile | None:
        """The profile of an act, or None: an act nobody wrote a profile for is not published."""
        return self.acts.get(name)

    def kind(self, kind: str) -> KindRule:
        """The rule of a field kind; a kind without a rule falls under `unknown`, which never shows."""
        known = {name.value: rule for name, rule in self.kinds.items()}.get(kind)
        return known or self.unknown.model_copy(update={"show": False})


def load_profiles(text: str, filename: str = "disclosure.yaml") -> Profiles:
    """Read and check the file.

    Raises:
        BadFile: the file is malformed, names an unknown field kind or has an unknown key.
    """
    return validate(Profiles, text, filename)
