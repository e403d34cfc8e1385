"""The form about the whole chart: its name, where it begins, its columns, what is public at each level."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mingbai.desk.charting.controls import Line, Part, area, check, hidden, select, text
from mingbai.desk.charting.parts import Around
from mingbai.procedures.rules.rows import words
from mingbai.procedures.rules.rows.gaps import Gap


def whole_parts(around: Around, gaps: Iterable[Gap]) -> tuple[Part, ...]:
    """What is said of the whole chart."""
    table, missing = around.table, tuple(one.sentence for one in gaps if not one.step)
    head = (
        Line(
            (
                text("whole_title", _("流程图的名称"), table.title),
                select("start", _("从哪一步开始"), table.start, around.steps),
            )
        ),
        Line((check("children", _("是未成年人的事：什么都不张贴"), table.children),)),
    )
    lanes = tuple(
        Line(
            (hidden(f"lane-{place}-id", id), text(f"lane-{place}-label", _("第 %s 列") % (place + 1), title))
        )
        for place, (id, title) in enumerate([*((one.id, one.title) for one in table.lanes), ("", "")])
    )
    levels = tuple(
        Line((area(f"level-{level}", title, table.disclosures.get(level, "")),))
        for level, title in words.LEVELS.items()
    )
    return (
        Part("whole", _("整张图"), head, gaps=missing),
        Part("lanes", _("图上有哪几列"), lanes, hint=_("一列是一方：谁在办。名称清空就是去掉。")),
        Part("levels", _("五公开：每一级公开什么"), levels),
    )
