"""What a sheet says of a power: the sentences of its page, in the order of its page, with their marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mingbai.boards.sheets import steps
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import wording
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules import Power
from mingbai.catalogue.wording import Said
from mingbai.kernel import Confidence

TO_FILL = "待填"


def power_content(edition: Edition, power: Power, day: date, *, drawn: bool = False) -> dict[str, Any]:
    """Everything a power's page says, as plain data; `day` decides the figures, `drawn` adds the drawing."""
    return {
        "id": power.id,
        "number": power.number,
        "name": power.name,
        "category": power.category,
        "nature": power.nature_title,
        "short": wording.short(power),
        "facts": [{"title": title, **_sentence(one)} for title, one in wording.facts(power)],
        "groups": [
            {"id": one.id, "title": one.title, "unsure": one.unsure, "brief": one.brief, "said": _sentences(one.said)}
            for one in wording.groups(power, edition, day)
        ],
        "levels": [
            {"title": one.level_title, "text": one.text, "unsure": one.confidence is Confidence.assumed}
            for one in power.five_disclosures
        ],
        "bases": [
            {"title": one.title, "articles": one.articles, "point": one.point, "unsure": one.unsure}
            for one in wording.bases(power, catalogue.laws(edition))
        ],
        "chart": steps.chart(edition, power.procedure, day, drawn=drawn),
        "ask": [{"title": title, "text": text} for title, text in ask(edition, power)],
    }  # fmt: skip


def ask(edition: Edition, power: Power | None = None) -> list[tuple[str, str]]:
    """Whom to ask and whom to tell: who makes the rules, how to reach them, where an objection goes."""
    contact = catalogue.district(edition).contact
    departments = "、".join(one.text for one in power.compiling_departments) if power else ""
    lines = [
        (_("规矩问"), departments),
        (_("电话"), _("待填") if contact == TO_FILL else contact),
        (_("有不对的"), _("村务监督委员会、镇纪委，或者扫码提异议")),
    ]
    return [line for line in lines if line[1]]


def levels_group(levels: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """五公开 as one more sort of sentences."""
    said = [{"text": f"{one['title']}：{one['text']}", "unsure": one["unsure"]} for one in levels]
    return {"id": "levels", "title": _("五公开"), "said": said, "unsure": False, "brief": False}


def common_words() -> dict[str, str]:
    """The words that card and handbook share."""
    return {
        "code": _("编号"),
        "steps": _("怎么走"),
        "bases": _("凭什么"),
        "unsure": _("待确认"),
        "star": _("待确认"),
        "supervised": _("监"),
        "supervising": _("村务监督委员会必须在场"),
        "hanging": _("张贴公开，一格一天"),
    }


def _sentences(said: Iterable[Said]) -> list[dict[str, Any]]:
    return [_sentence(one) for one in said]


def _sentence(one: Said) -> dict[str, Any]:
    return {"text": one.text, "unsure": one.unsure}
