"""Redaction at the door. The field's kind decides; every text is scanned once more; the default is no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mingbai.disclosure.rules.profiles import ActProfile, KindRule, Profiles
from mingbai.disclosure.rules.values import PublicField
from mingbai.kernel import mask, scan_text

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
    """Structural data that may go out, and how many of its texts were withheld."""

    data: dict[str, Any]
    withheld: int


def sentence(rule: KindRule, titles: Mapping[str, str]) -> str:
    """What the public reads in place of a value: the rule and its article."""
    return f"{rule.rule}（{rule.basis.citation().text(titles)}）"


def clean_text(text: str) -> str | None:
    """The text, or None when it carries a personal number (citizen number, card, telephone …)."""
    return None if scan_text(text) else text


def show_field(
    field: Typed, act: ActProfile, profiles: Profiles, titles: Mapping[str, str] | None = None
) -> PublicField:
    """One field as the public may see it.

    Shown only when the act's profile names the kind, the district's rule shows it, the kernel's mask lets it
    through, and the door scan finds nothing. Otherwise the value is absent, with the rule.
    """
    titles = titles or {}
    label = clean_text(field.label) or WITHHELD
    rule = profiles.kind(field.kind)
    allowed = rule.show and _named(field.kind, act)
    if allowed and scan_text(field.value):
        return PublicField(label, field.kind, None, sentence(profiles.scanned, titles))
    shown = mask(field.kind, field.value).shown if allowed else None
    if shown is None:
        reason = (act.withheld or profiles.unknown) if rule.show else rule
        return PublicField(label, field.kind, None, sentence(reason, titles))
    return PublicField(label, field.kind, shown)


def _named(kind: str, act: ActProfile) -> bool:
    return any(kind == named.value for named in act.fields)


def show_fields(
    fields: Iterable[Typed], act: ActProfile, profiles: Profiles, titles: Mapping[str, str] | None = None
) -> tuple[PublicField, ...]:
    """Every field of an act, shown or withheld: the public sees that something is masked."""
    return tuple(show_field(field, act, profiles, titles) for field in fields)


def clean_data(data: Mapping[str, Any], act: ActProfile) -> Cleaned:
    """The structural data the profile names; a text with a personal number in it becomes None."""
    counter: list[int] = []
    kept = {key: _clean(data[key], 0, counter) for key in act.data if key in data and key != "papers"}
    return Cleaned(kept, len(counter))


def _clean(value: Any, depth: int, withheld: list[int]) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            clean = clean_text(value)
            withheld.extend([1] if clean is None else [])
            return clean
        case Mapping() if depth < MAX_DEPTH:
            pairs = [(k, _clean(v, depth + 1, withheld)) for k, v in value.items() if clean_text(str(k))]
            return dict(pairs)
        case list() | tuple() if depth < MAX_DEPTH:
            return [_clean(item, depth + 1, withheld) for item in value]
        case _:
            withheld.append(1)
            return None
