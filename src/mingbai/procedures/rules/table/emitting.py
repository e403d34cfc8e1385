"""A chart as text again, in the house's order: what has its default is left out, small things stand on one line."""

from __future__ import annotations

from typing import Any

import yaml

from mingbai.procedures.rules.text import Chart


def to_text(chart: Chart, before: str = "") -> str:
    """The YAML of a chart; the comment at the head of `before` is kept. Reading it gives the same chart."""
    said = chart.model_dump(mode="json", exclude_defaults=True)
    body = yaml.dump(
        _plain(said), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=116, default_flow_style=None
    )
    head = [line for line in before.split("\n") if line.startswith("#")]
    first = next((at for at, line in enumerate(before.split("\n")) if not line.startswith("#")), 0)
    return "\n".join([*(head[:first]), body])


def _plain(value: Any) -> Any:
    """Lists for tuples; the kind and title of a box before all else of it."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


class _Dumper(yaml.SafeDumper):
    """Without aliases: the reader refuses them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
