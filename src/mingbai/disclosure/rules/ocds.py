"""Purchases in the Open Contracting Data Standard 1.1: a release for every published step, a record per project.

Source: Open Contracting Data Standard 1.1.5, release schema and record package schema. Only from publications: what
is masked there is missing here. The prefix of the identifiers is a placeholder until the district has its own (待确认).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

VERSION = "1.1"
PLACEHOLDER_PREFIX = "ocds-000000"
LANGUAGE = "zh"
_CURRENCY = "CNY"
_METHODS = {
    "direct": "direct", "quote": "selective", "town_platform": "open", "statutory_tender": "open",
}  # fmt: skip
_CATEGORIES = {"工程": "works", "物资": "goods", "服务": "services"}
_AWARD, _PRICE = ("成交价", "中标价"), ("成交方", "中标方", "供货方")
_CONTRACT, _PAID = "register.contract_signed", "ledger.voucher_posted"


@dataclass(frozen=True)
class Step:
    """One publication of a purchase. `shown` are its unmasked fields by label; `data` its structure."""

    id: str
    kind: str
    step: str
    title: str
    published_at: datetime
    shown: Mapping[str, str]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Project:
    """One purchase: its number, what is bought, and the village that buys."""

    case: str
    title: str
    village: str
    buyer: str


def releases(project: Project, steps: Sequence[Step]) -> tuple[dict[str, Any], ...]:
    """One release for each step that says something of planning, tender, award, contract or implementation.

    A release is never changed: what comes later is another release. Sums are in yuan.
    """
    firms: dict[str, str] = {}
    found = []
    for step in steps:
        part = _part(project, step)
        if part is None:
            continue
        for name in _names(part):
            firms.setdefault(name, f"{project.case}-s{len(firms) + 1}")
        found.append(_release(project, step, _with_ids(part, firms)))
    return tuple(found)


def record(project: Project, steps: Sequence[Step]) -> dict[str, Any]:
    """The record of a project: all its releases."""
    return {"ocid": ocid(project.case), "releases": list(releases(project, steps))}


def package(
    records: Sequence[Mapping[str, Any]], *, uri: str, publisher: str, at: datetime
) -> dict[str, Any]:
    """A record package; `uri` names it, `at` is the instant of the latest publication in it."""
    return {
        "uri": uri, "version": VERSION, "publishedDate": at.isoformat(timespec="seconds"),
        "publisher": {"name": publisher}, "records": list(records),
    }  # fmt: skip


def ocid(case: str) -> str:
    """The identifier of a contracting process."""
    return f"{PLACEHOLDER_PREFIX}-{case}"


def _release(project: Project, step: Step, part: Mapping[str, Any]) -> dict[str, Any]:
    buyer = {"id": project.village, "name": project.buyer}
    suppliers = [
        {**one, "roles": ["supplier"]} for award in part.get("awards", ()) for one in award["suppliers"]
    ]
    return {
        "ocid": ocid(project.case), "id": step.id, "date": step.published_at.isoformat(timespec="seconds"),
        "tag": [_tag(part)], "initiationType": "tender", "language": LANGUAGE,
        "parties": [{**buyer, "roles": ["buyer", "procuringEntity"]}, *suppliers], "buyer": buyer, **part,
    }  # fmt: skip


def _tag(part: Mapping[str, Any]) -> str:
    if "contracts" in part:
        return "implementation" if "implementation" in part["contracts"][0] else "contract"
    order = (("award", "awards"), ("planning", "planning"), ("tender", "tender"))
    return next(tag for tag, key in order if key in part)


def _part(project: Project, step: Step) -> dict[str, Any] | None:
    """What a step says, or None when the standard has no place for it."""
    if step.kind == _CONTRACT:
        return _contract(project, step)
    if step.kind == _PAID and step.shown.get("支出"):
        return _payment(project, step)
    if step.kind != "case.step_completed":
        return None
    if step.step == "request":
        return _planning(project, step)
    return _awarded(project, step) if step.step in _METHODS else None


def _planning(project: Project, step: Step) -> dict[str, Any]:
    """The request: the budget, where it comes from, and what is to be bought."""
    kind = _CATEGORIES.get(step.shown.get("是什么", ""))
    budget = {"project": project.title, **_amount("amount", step.shown.get("预算"))}
    budget |= {"description": step.shown["钱从哪来"]} if step.shown.get("钱从哪来") else {}
    tender = {"id": project.case, "title": project.title, "status": "planning"}
    tender |= {"mainProcurementCategory": kind} if kind else {}
    return {"planning": {"budget": budget}, "tender": tender}


def _awarded(project: Project, step: Step) -> dict[str, Any]:
    """The step in which a supplier was found, by the method of its name; without a winner it is a tender only."""
    tender: dict[str, Any] = {"id": project.case, "title": project.title, "status": "complete"}
    tender |= {"procurementMethod": _METHODS[step.step], "procurementMethodDetails": step.data["step_title"]}
    bids = next((step.shown[label] for label in ("有效报价几家", "投标几家") if label in step.shown), "")
    tender |= {"numberOfTenderers": int(bids)} if bids.isdigit() else {}
    winner = next((step.shown[label] for label in _PRICE if step.shown.get(label)), "")
    price = next((step.shown[label] for label in _AWARD if step.shown.get(label)), None)
    if not winner:
        return {"tender": tender}
    award = {"id": f"{project.case}-a", "status": "active", "suppliers": [{"name": winner}]}
    return {"tender": tender, "awards": [award | _amount("value", price)]}


def _contract(project: Project, step: Step) -> dict[str, Any]:
    """The contract as it was signed."""
    said: dict[str, Any] = {
        "id": str(step.data["number"]),
        "awardID": f"{project.case}-a",
        "status": "active",
    }
    said |= _amount("value", step.shown.get("合同价款"))
    days = {"startDate": step.shown.get("开始日期"), "endDate": step.shown.get("结束日期")}
    period = {key: f"{day}T00:00:00+08:00" for key, day in days.items() if day}
    return {"contracts": [said | ({"period": period} if period else {})]}


def _payment(project: Project, step: Step) -> dict[str, Any]:
    """A payment, with the number of its voucher."""
    paid = {"id": str(step.data["number"]), "date": step.published_at.isoformat(timespec="seconds")}
    transaction = {**paid, **_amount("value", step.shown["支出"])}
    contract = {"id": str(step.data.get("contract") or project.case), "awardID": f"{project.case}-a"}
    return {"contracts": [{**contract, "implementation": {"transactions": [transaction]}}]}


def _amount(key: str, yuan: str | None) -> dict[str, Any]:
    return {key: {"amount": float(yuan.replace(",", "")), "currency": _CURRENCY}} if yuan else {}


def _names(part: Mapping[str, Any]) -> list[str]:
    return [one["name"] for award in part.get("awards", ()) for one in award["suppliers"]]


def _with_ids(part: dict[str, Any], firms: Mapping[str, str]) -> dict[str, Any]:
    """Suppliers are named by number within the project: the public data carry no register number of a firm."""
    awards = [
        {**award, "suppliers": [{"id": firms[one["name"]], **one} for one in award["suppliers"]]}
        for award in part.get("awards", ())
    ]
    return {**part, "awards": awards} if awards else part
