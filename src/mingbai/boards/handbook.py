"""明白册: every power of the list in one book, with contents, the charts, the legal register and how to be heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from mingbai.boards.sheets import TEMPLATES, codes, content, stamps
from mingbai.boards.sheets.codes import Sheet
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import wording
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules import Power
from mingbai.printing import press

Progress = Callable[[int, int, str], None]
_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def make_handbook(
    day: date, *, base_url: str, demo: bool, large: bool = False, progress: Progress | None = None
) -> bytes:
    """The handbook of the list in force that day, as PDF; `large` sets it in 16 point without the drawings.

    Printed once a process.

    Raises:
        Refused: no list is in force, or a character is not in the print fonts.
    """
    edition = catalogue.current(day)
    sheet = Sheet("handbook-large" if large else "handbook", edition, codes.figures_day(edition, day))
    return _printed(sheet, base_url, demo, progress)


@lru_cache(maxsize=4)
def _printed(sheet: Sheet, base_url: str, demo: bool, progress: Progress | None) -> bytes:
    edition, large = sheet.edition, sheet.kind == "handbook-large"
    powers = []
    for count, power in enumerate(catalogue.powers(edition), 1):
        powers.append(_power(sheet, power, base_url, drawn=not large))
        if progress:
            progress(count, len(catalogue.powers(edition)), power.name)
    given = {**_cover(sheet, base_url), **_ends(edition), "powers": powers, "large": large, "words": _words()}
    return press.print_pdf(
        TEMPLATES / "handbook.typ", {**given, "demo": _("演示") if demo else ""}, edition.confirmed_at
    )


def _power(sheet: Sheet, power: Power, base_url: str, *, drawn: bool) -> dict[str, Any]:
    said = content.power_content(sheet.edition, power, sheet.day, drawn=drawn)
    levels = content.levels_group(said.pop("levels"))
    said["groups"].append(levels)
    if said["chart"]:
        said["chart"] |= _drawing(said["chart"])
    return {
        **said,
        "ordinal": _("第 %(n)s 项") % {"n": power.number},
        "qr": press.code_image(f"{base_url.rstrip('/')}/powers/{power.id}/"),
    }


def _drawing(chart: dict[str, Any]) -> dict[str, Any]:
    """How large the drawing is, and what is said of it."""
    box = _BOX.search(chart.get("svg", ""))
    wide, tall = (int(box[1]), int(box[2])) if box else (1, 1)
    said = _("流程图第 %(n)s 版") % {"n": chart["version"]}
    return {"width": wide, "height": tall, "said": said, "alt": _("%(it)s：流程图") % {"it": chart["title"]}}


def _cover(sheet: Sheet, base_url: str) -> dict[str, Any]:
    edition = sheet.edition
    district, powers = catalogue.district(edition), catalogue.powers(edition)
    name = _("明白册")
    groups = groupby(powers, key=lambda one: one.category)
    return {
        **stamps.stamp(sheet, base_url),
        "name": name,
        "title": f"{district.name}{name}",
        "district": district.name,
        "stamp": stamps.words(sheet),
        "preface": district.disclaimer,
        "cover": [
            {"title": _("收了"), "text": _("%(n)s 项权力") % {"n": len(powers)}},
            {"title": _("版次"), "text": _("第 %(n)s 版") % {"n": edition.number}},
            {"title": _("施行"), "text": _("%(day)s起") % {"day": stamps.long_day(edition.since)}},
            {"title": _("数额"), "text": _("按 %(day)s的") % {"day": stamps.long_day(sheet.day)}},
            {"title": _("网上"), "text": base_url.rstrip("/")},
        ],
        "contents": [
            {"category": title, "powers": [{"id": p.id, "number": p.number, "name": p.name} for p in group]}
            for title, group in groups
        ],
    }


def _ends(edition: Edition) -> dict[str, Any]:
    """The legal register, and how to be heard."""
    return {
        "register": [
            {
                "title": one.title,
                "issued": one.issued,
                "since": one.since,
                "status": one.status,
                "note": one.note,
                "unsure": one.unsure,
                "powers": "、".join(str(n) for n in one.powers),
            }
            for one in wording.register(edition)
        ],
        "remedies": [
            {"text": one.text, "basis": one.basis, "unsure": one.unsure} for one in wording.remedies(edition)
        ],
        "steps": [{"title": title, "text": text} for title, text in _how()],
        "ask": [{"title": title, "text": text} for title, text in content.ask(edition)],
    }


def _how() -> list[tuple[str, str]]:
    """How an objection goes: the same rules as on the site."""
    look = _("扫公开栏上的码，或者在网上查村名。看这件事走到哪一步、谁经手、单据是什么。不用登录。")
    say = _("在那一步旁边点“提异议”，写哪里不对、想怎么改。不用登录，可以不留名。")
    at_hall = _("不会上网的，到村部找村务监督委员会说。")
    keep = _("交上去就给一个回执号，只显示一次，请抄下来或者拍下来。凭它查答复。")
    wait = _("图上写了几天就是几天；图上没写的，5 个工作日（待确认）。")
    other = _("答复的人不会是您提意见的那一方。")
    return [
        (_("先看记录"), look),
        (_("提异议"), say + at_hall),
        (_("记下回执号"), keep),
        (_("等答复"), wait + other),
        (_("还不行"), _("找镇纪委，或者按下面的条文走。")),
    ]


def _words() -> dict[str, Any]:
    return {
        **content.common_words(),
        "book": _("明白册"),
        "subtitle": _("村级小微权力，一项一项说明白"),
        "contents": _("目录"),
        "register": _("法律、文件登记"),
        "register-note": _("清单里的依据都出自这里。最后一栏是用到它的权力的序号。"),
        "register-columns": [_("名称"), _("谁发的，哪天起"), _("现在有没有效"), _("第几项用")],
        "law-columns": [_("法律、文件"), _("哪几条"), _("管什么")],
        "remedies": _("有不对的，怎么提"),
        "by-law": _("法律给的路"),
        "contact": _("找谁"),
        "returns": _("虚点线：待确认　虚线：退回去"),
        "page": _("扫一扫，看各村正在办的"),
        "scan": _("扫码，或在“验一验”写编号，看这本册子还算不算数"),
        "no-chart": _("这一项的流程图还没有编好。编好确认以后画在这里；在那以前照上面写的规矩办。"),
    }
