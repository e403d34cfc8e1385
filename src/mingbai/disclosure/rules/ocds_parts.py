"""What each published step of a purchase says in the words of OCDS 1.1, and with which tag. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_CURRENCY = "CNY"
METHODS = {
    "direct": "direct", "quote": "selective", "town_platform": "open", "statutory_tender": "open",
}  # fmt: skip
_CATEGORIES = {"工程": "works", "物资": "goods", "服务": "services"}
_AWARD, _WINNER = ("成交价", "中标价"), ("成交方", "中标方", "供货方")


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


@dataclass
class Process:
    """A purchase as far as its steps have been told: what was said before decides the tag of what comes."""

    project: Project
    contract: str = ""
    value: float = 0.0
    changes: int = 0
    accepted: int = 0
    said: set[str] = field(default_factory=set)

    @property
    def award(self) -> str:
        """The identifier of the award."""
        return f"{self.project.case}-a"

    def tag(self, first: str, again: str) -> str:
        """The tag of what is told for the first time, or again."""
        tag = again if first in self.said else first
        self.said.add(first)
        return tag


@dataclass(frozen=True)
class Part:
    """What a step says, and its tag."""

    tag: str
    content: dict[str, Any]


def part_of(process: Process, step: Step) -> Part | None:
    """What a step says, or None when the standard has no place for it."""
    if step.kind == "case.step_completed":
        found = _STEPS.get(step.step) or (_awarded if step.step in METHODS else None)
    else:
        found = _KINDS.get(step.kind)
    return found(process, step) if found else None


def _planning(process: Process, step: Step) -> Part:
    """The request: the budget, where it comes from, and what is to be bought."""
    project, kind = process.project, _CATEGORIES.get(step.shown.get("是什么", ""))
    budget = {"project": project.title, **amount("amount", step.shown.get("预算"))}
    budget |= {"description": step.shown["钱从哪来"]} if step.shown.get("钱从哪来") else {}
    tender = {"id": project.case, "title": project.title, "status": "planning"}
    tender |= {"mainProcurementCategory": kind} if kind else {}
    return Part(process.tag("planning", "planningUpdate"), {"planning": {"budget": budget}, "tender": tender})


def _called(process: Process, step: Step) -> Part:
    """The call for quotes: until when they are taken."""
    tender = {
        **_tender(process, "active"), "procurementMethod": METHODS["quote"],
        "tenderPeriod": {"endDate": str(step.data["deadline"])},
    }  # fmt: skip
    return Part(process.tag("tender", "tenderUpdate"), {"tender": tender})


def _ended(process: Process, step: Step) -> Part:
    """A call that ended without award."""
    tender = _tender(process, "unsuccessful") | {"description": step.shown.get("为什么结束", "")}
    return Part("tenderCancellation", {"tender": tender})


def _opened(process: Process, step: Step) -> Part:
    """The opening: every quote with its price, and whether it counts (bid extension)."""
    quotes = [one for one in step.data.get("quotes") or () if one.get("supplier")]
    firms = [{"firm": one["supplier"], "uscc": one.get("uscc"), "role": "tenderer"} for one in quotes]
    call = str(step.data["call"])
    details = [
        {
            "id": f"{call}-{one['order']}", "status": "disqualified" if one.get("fault") else "valid",
            "tenderers": [firm], **_fen("value", one.get("fen")),
        }
        for one, firm in zip(quotes, firms, strict=True)
    ]  # fmt: skip
    tender = _tender(process, "active") | {"numberOfTenderers": len(quotes), "tenderers": firms}
    return Part(process.tag("tender", "tenderUpdate"), {"tender": tender, "bids": {"details": details}})


def _awarded(process: Process, step: Step) -> Part:
    """The step in which a supplier was found, by the method of its name; without a winner it is a tender only."""
    tender = _tender(process, "complete") | {
        "procurementMethod": METHODS[step.step], "procurementMethodDetails": step.data["step_title"],
    }  # fmt: skip
    bids = next((step.shown[label] for label in ("有效报价几家", "投标几家") if label in step.shown), "")
    tender |= {"numberOfTenderers": int(bids)} if bids.isdigit() and "tender" not in process.said else {}
    winner = next((step.shown[label] for label in _WINNER if step.shown.get(label)), "")
    price = next((step.shown[label] for label in _AWARD if step.shown.get(label)), None)
    if not winner:
        return Part(process.tag("tender", "tenderUpdate"), {"tender": tender})
    suppliers = [{"firm": winner, "role": "supplier"}]
    award = {"id": process.award, "status": "active", "suppliers": suppliers, **amount("value", price)}
    return Part(process.tag("award", "awardUpdate"), {"tender": tender, "awards": [award]})


def _contract(process: Process, step: Step) -> Part:
    """The contract as it was signed."""
    process.contract = str(step.data["number"])
    price = amount("value", step.shown.get("合同价款"))
    process.value = price["value"]["amount"] if price else 0.0
    days = {"startDate": step.shown.get("开始日期"), "endDate": step.shown.get("结束日期")}
    period = {key: f"{day}T00:00:00+08:00" for key, day in days.items() if day}
    said = {**_of_contract(process), "status": "active", **price, **({"period": period} if period else {})}
    return Part(process.tag("contract", "contractUpdate"), {"contracts": [said]})


def _changed(process: Process, step: Step) -> Part | None:
    """An agreed change of the works: an amendment of the contract, with its new value."""
    more = step.shown.get("增加金额")
    if step.shown.get("意见") != "同意" or not more or not process.contract:
        return None
    process.changes += 1
    process.value = round(process.value + float(more.replace(",", "")), 2)
    amendment = {
        "id": f"{process.contract}-{process.changes}", "date": _instant(step),
        "description": f"变更增加{more}元", "releaseID": step.id,
    }  # fmt: skip
    value = {"value": {"amount": process.value, "currency": _CURRENCY}}
    return Part(
        "contractAmendment", {"contracts": [_of_contract(process) | value | {"amendments": [amendment]}]}
    )


def _accepted(process: Process, step: Step) -> Part | None:
    """The acceptance: a milestone that was met, or not."""
    if not process.contract:
        return None
    process.accepted += 1
    met = step.shown.get("结论") in ("合格", "没有毛病")
    milestone = {
        "id": f"{step.step}-{process.accepted}", "title": str(step.data.get("step_title") or "验收"),
        "type": "delivery", "status": "met" if met else "notMet", **({"dateMet": _instant(step)} if met else {}),
    }  # fmt: skip
    return _carried_out(process, {"milestones": [milestone]})


def _paid(process: Process, step: Step) -> Part | None:
    """A payment, with the number of its voucher."""
    if not step.shown.get("支出"):
        return None
    paid = {"id": str(step.data["number"]), "date": _instant(step), **amount("value", step.shown["支出"])}
    return _carried_out(process, {"transactions": [paid]})


def _carried_out(process: Process, implementation: dict[str, Any]) -> Part:
    said = _of_contract(process) | {"implementation": implementation}
    return Part(process.tag("implementation", "implementationUpdate"), {"contracts": [said]})


def _closed(process: Process, step: Step) -> Part | None:
    """The end of a case whose contract was carried out."""
    if not process.contract:
        return None
    return Part("contractTermination", {"contracts": [_of_contract(process) | {"status": "terminated"}]})


def _tender(process: Process, status: str) -> dict[str, Any]:
    return {"id": process.project.case, "title": process.project.title, "status": status}


def _of_contract(process: Process) -> dict[str, Any]:
    return {"id": process.contract or process.project.case, "awardID": process.award}


def _instant(step: Step) -> str:
    return step.published_at.isoformat(timespec="seconds")


def amount(key: str, yuan: str | None) -> dict[str, Any]:
    """A sum in yuan as the standard writes it; nothing when it is not known."""
    return {key: {"amount": float(yuan.replace(",", "")), "currency": _CURRENCY}} if yuan else {}


def _fen(key: str, fen: int | None) -> dict[str, Any]:
    return {key: {"amount": fen / 100, "currency": _CURRENCY}} if fen is not None else {}


_Telling = Callable[[Process, Step], Part | None]
_STEPS: Mapping[str, _Telling] = {
    "request": _planning, "change": _changed, "accept": _accepted, "warranty": _accepted,
}  # fmt: skip
_KINDS: Mapping[str, _Telling] = {
    "procurement.quotes_called": _called,
    "procurement.call_abandoned": _ended,
    "procurement.quotes_opened": _opened,
    "register.contract_signed": _contract,
    "ledger.voucher_posted": _paid,
    "case.closed": _closed,
}
