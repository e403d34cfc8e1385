"""From the published acts of cases: which notices had to be posted, until when they hung, when they came down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mingbai.disclosure.rules.due_facts import Shown, Visit

POSTED = ("case.notice_started", "case.notice_reposted")
Act = tuple[Shown, Mapping[str, Any]]


@dataclass(frozen=True)
class Places:
    """`called`: chart and box → the chart that the box calls."""

    called: Mapping[tuple[str, str], str]

    def of(self, chart: str, step: str) -> str:
        """Where a step stands in the charts, as `chart.step`; a step of a called chart under that chart's name."""
        *boxes, last = step.split("__")
        for box in boxes:
            chart = self.called.get((chart, box), chart)
        return f"{chart}.{last}"


def visits(acts: Iterable[Act], places: Places) -> tuple[Visit, ...]:
    """Every visit of a publicity step, in the order in which the steps began to wait."""
    found: dict[tuple[str, str, int], Visit] = {}
    open_: dict[tuple[str, str], int] = {}
    for shown, data in acts:
        _went_on(found, open_, shown, data)
        _entered(found, open_, shown, data, places)
        _hangs(found, open_, shown, data)
    return tuple(found.values())


def _entered(
    found: dict[tuple[str, str, int], Visit], open_: dict[tuple[str, str], int], shown: Shown,
    data: Mapping[str, Any], places: Places,
) -> None:  # fmt: skip
    """Publicity steps that wait since this act."""
    for one in data.get("next") or ():
        at = (shown.case, str(one["step"]))
        if not one.get("kind") or at in open_:
            continue
        number = 1 + sum(1 for case, step, _n in found if (case, step) == at)
        open_[at] = number
        place = places.of(str(data.get("procedure") or ""), at[1])
        found[(*at, number)] = Visit(shown.case, shown.title, place, at[1], number, shown.on)


def _went_on(
    found: dict[tuple[str, str, int], Visit], open_: dict[tuple[str, str], int], shown: Shown, data: Mapping[str, Any]
) -> None:  # fmt: skip
    """Steps of the case that wait no longer: done, gone back from, or the case ended."""
    here = set(data.get("here") or ())
    for (case, step), number in list(open_.items()):
        if case == shown.case and step not in here:
            del open_[(case, step)]
            key = (case, step, number)
            found[key] = replace(found[key], done=shown.published, done_by=shown.publication)


def _hangs(
    found: dict[tuple[str, str, int], Visit], open_: dict[tuple[str, str], int], shown: Shown, data: Mapping[str, Any]
) -> None:  # fmt: skip
    """The notice of the act's own step: posted, found gone, hung again."""
    at = (shown.case, str(data.get("step") or ""))
    if at not in open_:
        return
    key = (*at, open_[at])
    if shown.kind in POSTED:
        until = date.fromisoformat(str((data.get("notice") or {})["until"]))
        found[key] = replace(found[key], posted=shown.published, posted_by=shown.publication, until=until)
    elif shown.kind == "case.notice_interrupted":
        found[key] = replace(found[key], down=shown.on, up=None, up_by="")
    elif shown.kind == "case.notice_rehung":
        found[key] = replace(found[key], up=shown.published, up_by=shown.publication)
