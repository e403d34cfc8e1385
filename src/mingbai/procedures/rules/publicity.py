"""No chart gives a notice fewer days, or other hands, than the district's table of notices (publicity.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mingbai.catalogue.rules.law import Parameter
from mingbai.catalogue.rules.publicity import PUBLICITY, Publicity, PublicityRow
from mingbai.kernel import BadFile, WorkingCalendar, line_of, load_located
from mingbai.procedures.rules.text import Chart, LimitText, NodeText

_YEAR = 366


def check_publicity(
    files: Mapping[str, str],
    table: Publicity | None,
    charts: Mapping[str, Chart],
    parameters: Mapping[str, Parameter],
    calendar: WorkingCalendar,
) -> int:
    """How many notices of the charts were compared with the table; 0 when the district has no table.

    Raises:
        BadFile: a step of the table that no chart has; a notice with fewer days than the table gives, begun on
            some day of the calendar's years, or in the hands of another office.
    """
    if table is None:
        return 0
    notices = {f"{chart.procedure}.{node.id}": (chart, node) for chart, node in _notices(charts)}
    for index, row in enumerate(table.notices):
        for place in row.at:
            if place not in notices:
                lines = load_located(files[PUBLICITY], PUBLICITY)[1]
                raise BadFile(
                    PUBLICITY, line_of(lines, ("notices", index, "at")), f"流程图里没有“{place}”这个公示环节"
                )
    known = {place: one for place in notices if (one := table.of(place)) is not None}
    for place, owed in known.items():
        _compare(*notices[place], owed, parameters, calendar)
    return len(known)


def _notices(charts: Mapping[str, Chart]) -> Iterator[tuple[Chart, NodeText]]:
    for chart in charts.values():
        for node in chart.nodes:
            if node.kind == "publicity":
                yield chart, node


def _compare(
    chart: Chart,
    node: NodeText,
    row: PublicityRow,
    parameters: Mapping[str, Parameter],
    calendar: WorkingCalendar,
) -> None:
    strangers = [one for one in node.offices if one not in (*row.owner, *row.hands)]
    if strangers:
        raise chart.bad_node(
            node, f"publicity.yaml 的“{row.title}”没有让 {'、'.join(strangers)} 来贴", "offices"
        )
    value, unit = row.least(parameters, date.max)
    if value and (node.limit is None or is_shorter(node.limit, value, unit, calendar)):
        said = f"{value}{'个工作日' if unit == 'working_day' else '日' if unit == 'calendar_day' else '个月'}"
        raise chart.bad_node(
            node, f"publicity.yaml 的“{row.title}”最少要贴 {said}，这里少了或者没有写", "limit"
        )


def is_shorter(limit: LimitText, value: int, unit: str, calendar: WorkingCalendar) -> bool:
    """Whether a limit ends before `value` units do, begun on any day of the years that the calendar knows."""
    if limit.bound != "min":
        return True
    if limit.unit == unit:
        return limit.value < value
    # The last known year is left out: periods that begin in it may end in one that is not known yet.
    years = sorted(calendar.years)[:-1]
    days = (date(year, 1, 1) + timedelta(days=n) for year in years for n in range(_YEAR))
    return not years or any(
        calendar.add(day, limit.value, limit.unit) < calendar.add(day, value, unit) for day in days
    )
