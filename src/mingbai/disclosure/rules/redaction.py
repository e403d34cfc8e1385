"""Redaction at the door. The field's kind decides; every text is scanned once more; the default is no."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from mingbai.disclosure.rules.profiles import ActProfile, KindRule, Profiles
from mingbai.disclosure.rules.values import PublicField
from mingbai.evidence.masking import RULES, Personal, Place, places
from mingbai.kernel import mask

WITHHELD = "（已遮盖）"
MAX_DEPTH = 6


class Typed(Protocol):
    """A field as it was recorded: a label, a kind and a value."""

    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...


@dataclass(frozen=True)
class Cleaned:
    """Structural data that may go out, how many of its texts were withheld, and for which kinds of personal data."""

    data: dict[str, Any]
    withheld: int
    kinds: tuple[Personal, ...] = ()


@dataclass
class _Taken:
    """What the door takes out while it goes through structural data."""

    lets: Collection[Personal]
    count: int = 0
    kinds: list[Personal] = field(default_factory=list)

    def out(self, found: Sequence[Place] = ()) -> None:
        self.count += 1
        self.kinds.extend(one.kind for one in found if one.kind not in self.kinds)


def sentence(rule: KindRule, titles: Mapping[str, str]) -> str:
    """What the public reads in place of a value: the rule and its article."""
    return f"{rule.rule}（{rule.basis.citation().text(titles)}）"


def said_of(kind: Personal, profiles: Profiles, titles: Mapping[str, str]) -> str:
    """What the public reads where the door found something personal: what kind, why, by which article."""
    rule = RULES[kind]
    return f"{profiles.scanned.rule}：{rule.why}（{rule.basis.text(titles)}）"


def clean_text(text: str, lets: Collection[Personal] = ()) -> str | None:
    """The text, or None when it carries something personal that this kind of publication does not let through."""
    return None if places("", text, lets) else text


def show_field(
    field: Typed,
    act: ActProfile,
    profiles: Profiles,
    titles: Mapping[str, str] | None = None,
    lets: Collection[Personal] = (),
) -> PublicField:
    """One field as the public may see it.

    Shown only when the act's profile names the kind, the district's rule shows it, the kernel's mask lets it
    through, and the door scan finds nothing. Otherwise the value is absent, with the rule.
    """
    titles = titles or {}
    label = clean_text(field.label, lets) or WITHHELD
    rule = profiles.kind(field.kind)
    allowed = rule.show and _named(field.kind, act)
    found = places(label, field.value, lets) if allowed else ()
    if found:
        return PublicField(label, field.kind, None, said_of(found[0].kind, profiles, titles))
    shown = mask(field.kind, field.value).shown if allowed else None
    if shown is None:
        reason = (act.withheld or profiles.unknown) if rule.show else rule
        return PublicField(label, field.kind, None, sentence(reason, titles))
    return PublicField(label, field.kind, shown)


def _named(kind: str, act: ActProfile) -> bool:
    return any(kind == named.value for named in act.fields)


def show_fields(
    fields: Iterable[Typed],
    act: ActProfile,
    profiles: Profiles,
    titles: Mapping[str, str] | None = None,
    lets: Collection[Personal] = (),
) -> tuple[PublicField, ...]:
    """Every field of an act, shown or withheld: the public sees that something is masked."""
    return tuple(show_field(field, act, profiles, titles, lets) for field in fields)


def clean_data(data: Mapping[str, Any], act: ActProfile, lets: Collection[Personal] = ()) -> Cleaned:
    """The structural data the profile names; a text with something personal in it becomes None."""
    taken = _Taken(lets)
    kept = {key: _clean(data[key], 0, taken) for key in act.data if key in data and key != "papers"}
    return Cleaned(kept, taken.count, tuple(taken.kinds))


def _clean(value: Any, depth: int, taken: _Taken) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            return _clean_text(value, taken)
        case Mapping() if depth < MAX_DEPTH:
            pairs = [
                (k, _clean(v, depth + 1, taken)) for k, v in value.items() if clean_text(str(k), taken.lets)
            ]
            return dict(pairs)
        case list() | tuple() if depth < MAX_DEPTH:
            return [_clean(item, depth + 1, taken) for item in value]
        case _:
            taken.out()
            return None


def _clean_text(text: str, taken: _Taken) -> str | None:
    found = places("", text, taken.lets)
    if found:
        taken.out(found)
    return None if found else text
