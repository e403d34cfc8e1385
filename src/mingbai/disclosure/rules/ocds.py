"""Purchases in the Open Contracting Data Standard 1.1: a release for every published step, a record per project.

Source: Open Contracting Data Standard 1.1.5, release schema and record package schema; bids by the bid extension. Only
from publications: what is masked there is missing here. The prefix of the identifiers is a placeholder until the
district has its own (待确认).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ocdsmerge import Merger  # type: ignore[import-untyped]

from mingbai.disclosure.rules.ocds_parts import Process, Project, Step, part_of

VERSION = "1.1"
PLACEHOLDER_PREFIX = "ocds-000000"
LANGUAGE = "zh"
BIDS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json"
)
"""The name of the extension by which quotes are told; an identifier, not fetched."""
# The release schema's own merge rules for what a release here holds: all else is merged by id.
_OMITTED: dict[tuple[str, ...], str] = {(name,): "omitWhenMerged" for name in ("id", "date", "tag")}

__all__ = ["Project", "Step", "ocid", "package", "record", "release_package", "releases"]


@dataclass
class _Firms:
    """Suppliers numbered within a project, in the order in which they were first named."""

    case: str
    known: dict[str, str]

    def reference(self, name: str) -> dict[str, str]:
        """The reference to a supplier by its number."""
        self.known.setdefault(name, f"{self.case}-s{len(self.known) + 1}")
        return {"id": self.known[name], "name": name}


def releases(project: Project, steps: Sequence[Step]) -> tuple[dict[str, Any], ...]:
    """One release for each step that says something of planning, tender, bids, award, contract or implementation.

    A release is never changed: what comes later is another release. Sums are in yuan.
    """
    process, firms, found = Process(project), _Firms(project.case, {}), []
    for step in steps:
        part = part_of(process, step)
        if part is not None:
            found.append(_release(project, step, part.tag, part.content, firms))
    return tuple(found)


def record(project: Project, steps: Sequence[Step]) -> dict[str, Any]:
    """The record of a project: all its releases, and the release compiled of them."""
    found = list(releases(project, steps))
    said: dict[str, Any] = {"ocid": ocid(project.case), "releases": found}
    if found:
        said["compiledRelease"] = Merger(merge_rules=_OMITTED).create_compiled_release(found)
    return said


def package(
    records: Sequence[Mapping[str, Any]], *, uri: str, publisher: str, at: datetime
) -> dict[str, Any]:
    """A record package; `uri` names it, `at` is the instant of the latest publication in it."""
    return {**_head(uri, publisher, at), "records": list(records)}


def release_package(
    found: Sequence[Mapping[str, Any]], *, uri: str, publisher: str, at: datetime
) -> dict[str, Any]:
    """A release package, as `package`."""
    return {**_head(uri, publisher, at), "releases": list(found)}


def _head(uri: str, publisher: str, at: datetime) -> dict[str, Any]:
    return {
        "uri": uri, "version": VERSION, "extensions": [BIDS],
        "publishedDate": at.isoformat(timespec="seconds"), "publisher": {"name": publisher},
    }  # fmt: skip


def ocid(case: str) -> str:
    """The identifier of a contracting process."""
    return f"{PLACEHOLDER_PREFIX}-{case}"


def _release(
    project: Project, step: Step, tag: str, part: Mapping[str, Any], firms: _Firms
) -> dict[str, Any]:
    buyer = {"id": project.village, "name": project.buyer}
    roles: dict[str, dict[str, Any]] = {}
    content = _referenced(part, firms, roles)
    parties = [{**buyer, "roles": ["buyer", "procuringEntity"]}, *roles.values()]
    return {
        "ocid": ocid(project.case), "id": step.id, "date": step.published_at.isoformat(timespec="seconds"),
        "tag": [tag], "initiationType": "tender", "language": LANGUAGE,
        "parties": parties, "buyer": buyer, **content,
    }  # fmt: skip


def _referenced(value: Any, firms: _Firms, roles: dict[str, dict[str, Any]]) -> Any:
    """The content with every firm (`firm`, `role`, perhaps `uscc`) as a reference; the parties gather in `roles`."""
    if isinstance(value, list):
        return [_referenced(one, firms, roles) for one in value]
    if not isinstance(value, Mapping):
        return value
    if "firm" not in value:
        return {key: _referenced(one, firms, roles) for key, one in value.items()}
    reference = firms.reference(str(value["firm"]))
    party = roles.setdefault(reference["id"], {**reference, "roles": []})
    party["roles"] = sorted({*party["roles"], str(value["role"])})
    if value.get("uscc"):
        party["identifier"] = {"id": str(value["uscc"]), "legalName": reference["name"]}
    return reference
