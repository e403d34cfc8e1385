"""What can be written down during a meeting: one typed entry for each thing that happens, strict on input.

The tablet in the hall makes these and may send them hours later, so whatever does not fit its type is refused as a
whole with a sentence; nothing is guessed and nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from mingbai.kernel import Refused

Person = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
People = Annotated[tuple[Person, ...], Field(min_length=1, max_length=5000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Number = Annotated[int, Field(ge=1, le=99, strict=True)]
Count = Annotated[int, Field(ge=0, le=99999, strict=True)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Way(StrEnum):
    """How a member takes part. Each is counted apart."""

    in_person = "in_person"
    proxy = "proxy"
    remote = "remote"


class Method(StrEnum):
    """How votes are counted: 举手, 记名票, 无记名票, 电子票, 会前书面意见. Each is counted apart."""

    hands = "hands"
    paper = "paper"
    secret = "secret"  # noqa: S105
    electronic = "electronic"
    written = "written"


SECRET = frozenset({Method.secret, Method.electronic})
"""Methods by which nobody learns how a member voted."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Came(_Entry):
    """Members who are here; with `way` proxy, `proxy` is the member who speaks for them."""

    kind: Literal["came"] = "came"
    people: People
    way: Way = Way.in_person
    proxy: Person | None = None
    source: Literal["clerk", "sheet", "qr"] = "clerk"


class Left(_Entry):
    """Members written down as here who are not, or who have gone."""

    kind: Literal["left"] = "left"
    people: People


class StoodAside(_Entry):
    """A member stands aside for one item (回避)."""

    kind: Literal["stood_aside"] = "stood_aside"
    item: Number
    person: Person
    reason: Line


class Amended(_Entry):
    """A motion was changed on the floor before its vote; the earlier wording stays on record."""

    kind: Literal["amended"] = "amended"
    item: Number
    text: Line
    reason: Line


class Opened(_Entry):
    """The vote on an item began."""

    kind: Literal["opened"] = "opened"
    item: Number
    methods: Annotated[tuple[Method, ...], Field(min_length=1, max_length=5)]


class Counted(_Entry):
    """What one way of voting came to; a later count of the same method takes the earlier one's place."""

    kind: Literal["counted"] = "counted"
    item: Number
    method: Method
    agree: Count
    against: Count
    abstain: Count
    spoilt: Count = 0
    not_cast: Count = 0

    @property
    def total(self) -> int:
        """All votes of this method, cast or not."""
        return self.agree + self.against + self.abstain + self.spoilt + self.not_cast


class Closed(_Entry):
    """The vote on an item ended."""

    kind: Literal["closed"] = "closed"
    item: Number


class Dropped(_Entry):
    """An item of the agenda is not voted on."""

    kind: Literal["dropped"] = "dropped"
    item: Number
    reason: Line


class Moved(_Entry):
    """The meeting is put off to another day, hour or place; its notice runs anew from `notified_on`."""

    kind: Literal["moved"] = "moved"
    held_on: date
    starts_at: Clock
    place: Line
    notified_on: date
    reason: Line


class Cancelled(_Entry):
    """The meeting does not take place."""

    kind: Literal["cancelled"] = "cancelled"
    reason: Line


class Minuted(_Entry):
    """The minutes as they now read; whoever approved an earlier wording must approve again."""

    kind: Literal["minuted"] = "minuted"
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20000)]


class Approved(_Entry):
    """Members who were there have read the minutes and agree that so it was."""

    kind: Literal["approved"] = "approved"
    people: People


class Declined(_Entry):
    """A member who was there does not approve the minutes, and why."""

    kind: Literal["declined"] = "declined"
    person: Person
    reason: Line


class Shown(_Entry):
    """A photograph or signature page of the meeting, kept as a paper: evidence for the step."""

    kind: Literal["shown"] = "shown"
    paper: Person
    label: Line


class Ended(_Entry):
    """The meeting is over."""

    kind: Literal["ended"] = "ended"


Entry = Annotated[
    Came | Left | StoodAside | Amended | Opened | Counted | Closed | Dropped | Moved | Cancelled | Minuted
    | Approved | Declined | Shown | Ended,
    Field(discriminator="kind"),
]  # fmt: skip
_ADAPTER: TypeAdapter[Any] = TypeAdapter(Entry)
_NAMES = {
    "item": "第几项", "people": "人员", "person": "人员", "agree": "同意票", "against": "反对票", "abstain": "弃权票",
    "spoilt": "废票", "not_cast": "没有投的", "reason": "原因", "text": "文字", "method": "表决方式", "place": "地点",
    "methods": "表决方式", "held_on": "日期", "notified_on": "通知日期", "starts_at": "时间", "way": "到会方式",
}  # fmt: skip


def read_entry(data: Mapping[str, Any]) -> Any:
    """An entry from what a form or a tablet sent.

    Raises:
        Refused: it is no entry, or a value in it does not fit; the sentence names the place.
    """
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as bad:
        first = bad.errors()[0]
        place = next((_NAMES[str(part)] for part in first["loc"] if str(part) in _NAMES), "这一条登记")
        raise Refused(
            f"“{place}”没有填对：{_why(first['type'])}", remedy="改好再登记，其他已经登记的都还在"
        ) from bad


def _why(fault: str) -> str:
    if fault.startswith(("int", "greater", "less")):
        return "要填整数，不能小于零"
    if fault in ("missing", "string_too_short", "too_short"):
        return "没有填"
    if fault in ("string_too_long", "too_long"):
        return "太长"
    return "看不懂"
