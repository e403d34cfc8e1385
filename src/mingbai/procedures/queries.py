"""Compiled charts, once per process and edition."""

from __future__ import annotations

from functools import lru_cache

from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Refused
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.text import Chart, charts_in, read_chart


def procedure(edition_number: int, id: str) -> Procedure:
    """The compiled chart of an edition, sub-procedures flattened.

    Raises:
        Refused: the edition has no such chart.
    """
    files = catalogue.edition(edition_number).files
    name = f"procedures/{id}.yaml"
    if name not in files:
        raise Refused("这项权力还没有能办的流程图", remedy="等区里编好流程图再办")
    return _compiled(id, tuple(sorted((key, files[key]) for key in files if key.startswith("procedures/"))))


def chart(edition_number: int, id: str) -> Chart:
    """The chart as written, sub-procedures as one box: what is drawn."""
    name = f"procedures/{id}.yaml"
    return _read(catalogue.edition(edition_number).files[name], name)


@lru_cache(maxsize=256)
def _compiled(id: str, texts: tuple[tuple[str, str], ...]) -> Procedure:
    charts = charts_in(dict(texts))
    return compile_chart(charts[id], charts)


@lru_cache(maxsize=256)
def _read(text: str, name: str) -> Chart:
    return read_chart(text, name)
