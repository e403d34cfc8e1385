"""明白卡: a power on A5, two sides. What it is, who, papers, days, whom to ask; how it goes, and on what law."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from mingbai.boards.sheets import TEMPLATES, codes, content, stamps
from mingbai.boards.sheets.codes import Sheet
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.printing import press

FRONT = ("scope", "thresholds", "time_limits", "materials", "publicity", "recusal", "discipline")
BACK = ("must_not_publish", "levels", "out_of_scope", "risks")
ROOM = 620
"""How many letters side one holds in type that old eyes read; beyond it the bounds go to the other side."""
Progress = Callable[[int, int, str], None]


def make_card(power: str, day: date, *, base_url: str, demo: bool) -> bytes:
    """The card of a power in force that day, as PDF; printed once a process.

    Raises:
        Refused: the list has no such power, or a character is not in the print fonts.
    """
    edition = catalogue.current(day)
    return _one(Sheet("card", edition, codes.figures_day(edition, day), power), base_url, demo)


@lru_cache(maxsize=64)
def _one(sheet: Sheet, base_url: str, demo: bool) -> bytes:
    card = _card(sheet, base_url)
    return _pdf(sheet.edition, card["name"], [card], demo)


def make_cards(
    powers: Sequence[str], day: date, *, base_url: str, demo: bool, progress: Progress | None = None
) -> bytes:
    """The cards of several powers, one after the other, two sides each.

    Raises:
        Refused: as above.
    """
    edition = catalogue.current(day)
    cards = []
    for count, id in enumerate(powers, 1):
        cards.append(_card(Sheet("card", edition, codes.figures_day(edition, day), id), base_url))
        if progress:
            progress(count, len(powers), cards[-1]["name"])
    return _pdf(edition, _("%(n)s 项权力") % {"n": len(cards)}, cards, demo)


def _pdf(edition: Edition, title: str, cards: list[dict[str, Any]], demo: bool) -> bytes:
    given = {
        "title": _("明白卡：%(title)s") % {"title": title},
        "district": catalogue.district(edition).name,
        "demo": _("演示") if demo else "",
        "words": _words(),
        "cards": cards,
    }
    return press.print_pdf(TEMPLATES / "card.typ", given, edition.confirmed_at)


def _card(sheet: Sheet, base_url: str) -> dict[str, Any]:
    power = catalogue.power(sheet.edition, sheet.power)
    said = content.power_content(sheet.edition, power, sheet.day)
    groups = {one["id"]: one for one in [*said.pop("groups"), content.levels_group(said.pop("levels"))]}
    front = [id for id in FRONT if id in groups]
    back = [id for id in BACK if id in groups]
    if sum(len(one["text"]) for id in front for one in groups[id]["said"]) > ROOM and "thresholds" in front:
        front.remove("thresholds")
        back.insert(0, "thresholds")
    return {
        **said,
        **stamps.stamp(sheet, base_url),
        "stamp": stamps.words(sheet, number=power.number),
        "facts": _facts(said),
        "front": [groups[id] for id in front],
        "back": [groups[id] for id in back],
    }


def _facts(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Four of them: who begins comes first, who makes the rules stands at the foot anyway."""
    facts = list(said["facts"])
    if said["chart"]:
        facts.insert(0, {"title": _("谁先提"), "text": said["chart"]["steps"][0]["lane"], "unsure": False})
    return facts[:4]


def _words() -> dict[str, str]:
    return {
        **content.common_words(),
        "card": _("明白卡"),
        "scan": _("扫码，或在“验一验”写编号，看这张卡还算不算数"),
        "no-chart": _("这一项的流程图还没有编好。编好确认以后画在这里；在那以前照正面写的规矩办。"),
    }
