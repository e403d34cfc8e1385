"""What an objection on the page is about: the case or line that was typed or linked, and the steps to choose from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingbai.cases import queries as cases
from mingbai.complaints.queries import Line
from mingbai.disclosure import queries as disclosure
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations


@dataclass(frozen=True)
class About:
    """The case or line as it is shown before one says what is wrong. `step` is the one chosen so far."""

    village: str
    case: str
    line: Line | None
    title: str
    steps: tuple[tuple[str, str], ...]
    step: str

    @property
    def place(self) -> str:
        """The village in words."""
        return organisations.division(self.village).short


def find(entered: Mapping[str, str], *, public: bool) -> About | None:
    """What is meant; nothing when nothing has been named yet. `public` finds only what everybody may read.

    Raises:
        Refused: an unknown number, a line that is not of the case, or one of another village than asked for.
    """
    number, line = _named(entered)
    if not number and not line:
        return None
    about = _of_line(line, number) if line else _of_case(number, entered.get("step", ""), public)
    wanted = entered.get("village", "").strip()
    if wanted and about.village != wanted:
        raise Refused(
            _("%(number)s 是%(place)s的，不是%(wanted)s的")
            % {"number": line or number, "place": about.place, "wanted": _place(wanted)},
            remedy=_("核对编号；确实要对那个村提的，从那个村的页面进去"),
        )
    return about


def _named(entered: Mapping[str, str]) -> tuple[str, str]:
    """Case and line by their fields, or by what was typed into the one field for both."""
    number, line = entered.get("case", "").strip(), entered.get("line", "").strip()
    typed = unicodedata.normalize("NFKC", entered.get("about", "")).strip().rstrip("/").rpartition("/")[2]
    if not typed or number or line:
        return number, line
    return ("", typed) if typed.count("-") == 1 else (typed, "")


def _of_case(number: str, step: str, public: bool) -> About:
    if public and disclosure.case(number) is None:
        raise _unknown(number)
    try:
        view = cases.case(number)
    except Refused as unknown:
        raise _unknown(number) from unknown
    steps = {one.step: one.title for one in view.steps}
    here = step or (view.here[0].step if len(view.here) == 1 else "")
    return About(view.village, view.number, None, view.title, tuple(steps.items()), here)


def _unknown(number: str) -> Refused:
    return Refused(
        _("没有编号是“%s”的事") % number[:40],
        remedy=_("照公示单上的编号再填一遍；手边没有编号的，从村的页面点进那件事"),
    )


def _of_line(id: str, number: str) -> About:
    published, entry = disclosure.publication(id), disclosure.entry_of(id)
    if published is None or entry is None:
        raise Refused(
            _("没有编号是“%s”的公布") % id[:40], remedy=_("照那一条上的编号再填一遍，或者从那一条的页面进来")
        )
    if number and number != published.case:
        raise Refused(
            _("%(line)s 号公布不是这件事的") % {"line": id}, remedy=_("核对两个编号，只填其中一个也可以")
        )
    summary = next((one.value for one in published.fields if one.label == "摘要" and one.value), "")
    heading = str(published.data.get("step_title") or "") or summary or published.kind_title
    return About(
        published.village, published.case, Line(id, entry, heading), published.title or heading, (), ""
    )


def _place(code: str) -> str:
    try:
        return organisations.division(code).short
    except Refused:
        return code[:12]
