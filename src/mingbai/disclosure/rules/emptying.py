"""What is left of a publication that was taken down: its place, day, kind, sums and digests; none of its texts. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

WITHDRAWN = "（已撤下）"
NO_SALT = bytes(32)
FORMAT = "mingbai/withdrawn/1"
_LARGEST = 10**10
"""No sum in fen that a village has is larger; a telephone or identity number kept as a number is."""
_CODE = re.compile(
    r"[a-z][a-z_]{0,40}(?:\.[a-z_]{1,40})?"  # a word of ours
    r"|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{1,2}:[0-9]{2}"  # a month, a day, a time
    r"|-?[0-9]{1,10}\.[0-9]{2}|-?[0-9]{1,6}"  # a sum, a count
)
_STAYS = frozenset(
    {
        "id", "number", "village", "case", "kind", "power", "supersedes", "kind_title", "occurred_on", "recorded_at",
        "published_at", "late_days", "office", "office_title", "profile", "citation", "citation_text", "basis_text",
    }
)  # fmt: skip


def emptied(document: Mapping[str, Any], said: Mapping[str, str], known: Collection[str]) -> dict[str, Any]:
    """The document without its texts; `said` is the statement of the taking down, `known` are codes of its own columns.

    Sums, counts, days and codes stay, so that totals and lists still hold; every other text, name and label is gone.
    """
    kept = {key: value for key, value in document.items() if key in _STAYS}
    return {
        **kept,
        "format": FORMAT,
        "title": WITHDRAWN,
        "actor": "",
        "fields": [
            {**one, "label": WITHDRAWN, "value": None, "masked_rule": WITHDRAWN} for one in document["fields"]
        ],
        "papers": [{**one, "label": WITHDRAWN} for one in document["papers"]],
        "data": _bare(document["data"], frozenset(known)),
        "withheld": document["withheld"],
        "withdrawn": dict(said),
    }


def _bare(value: Any, known: frozenset[str]) -> Any:
    match value:
        case None | bool():
            return value
        case int():
            return value if abs(value) < _LARGEST else 0
        case str():
            return value if not value or value in known or _CODE.fullmatch(value) else WITHDRAWN
        case Mapping():
            return {key: _bare(one, known) for key, one in value.items() if _CODE.fullmatch(str(key))}
        case list() | tuple():
            return [_bare(one, known) for one in value]
    return WITHDRAWN
