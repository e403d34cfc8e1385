"""Limits of a power over several steps: the steps they name are steps of its chart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from mingbai.catalogue.rules import Power
from mingbai.kernel import BadFile, line_of, load_located
from mingbai.procedures.rules.graph import Procedure

END = "end"


def check_spans(
    files: Mapping[str, str], powers: Iterable[Power], charts: Mapping[str, Procedure], laws: Collection[str]
) -> None:
    """Follow the `from_step`, `to_step` and `law` of every limit that binds cases.

    Raises:
        BadFile: a step that the chart does not have, or a law that is not in the register.
    """
    for power in powers:
        nodes = charts[power.procedure].nodes if power.procedure else {}
        for at, limit in enumerate(power.time_limits):
            if limit.binds_cases():
                for key, known in (("from_step", nodes), ("to_step", {*nodes, END}), ("law", laws)):
                    _refuse_unknown(files, power, at, key, str(getattr(limit, key)), known)


def _refuse_unknown(
    files: Mapping[str, str], power: Power, at: int, key: str, name: str, known: Collection[str]
) -> None:
    if name in known:
        return
    file = f"powers/{power.number:02d}-{power.id}.yaml"
    line = line_of(load_located(files[file], file)[1], ("time_limits", at, key))
    what = "法规清单里没有" if key == "law" else "流程图里没有"
    raise BadFile(file, line, f"{what}“{name}”")
