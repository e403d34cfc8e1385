"""Contracts at the desk: words for how they stand, and what a form says."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mingbai.desk.registering import day
from mingbai.evidence.services import keep_paper
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.registers.rules.schedule import Installment
from mingbai.registers.services import ExistingContract, NewTerms

ROWS = range(1, 13)


def words() -> dict[str, dict[str, str]]:
    """How contracts stand, come and end, in the reader's language."""
    return {
        "states": {
            "coming": _("还没有开始"), "running": _("履行中"), "expiring": _("快到期"), "ended": _("已到期"),
            "lapsed": _("到期没有处理"), "closed": _("已了结"),
        },
        "ends": {"returned": _("收回"), "renewed": _("续签"), "noticed": _("公告招租"), "terminated": _("解除")},
        "rhythms": {
            "once": _("一次"), "month": _("每月"), "quarter": _("每季"), "half": _("每半年"), "year": _("每年"),
        },
        "kinds": {FieldKind.firm.value: _("单位"), FieldKind.person.value: _("个人（公开时遮住姓名）")},
        "events": {
            "changed": _("变更"), "performed": _("收付"), "returned": _("收回"), "renewed": _("续签"),
            "noticed": _("公告招租"), "terminated": _("解除"), "undone": _("收付冲回"), "deposit-in": _("收到押金"),
            "deposit-back": _("退还押金"), "deposit-kept": _("押金不退"),
        },
    }  # fmt: skip


def keep(request: HttpRequest, label: str) -> tuple[str, ...]:
    """Keep the files of the form as papers of the village; returns their ids."""
    return tuple(
        keep_paper(
            content=one.read(), name=one.name, label=label, village=request.village.code, actor=request.actor.person,
            at=request.now,
        ).id
        for one in request.FILES.getlist("paper")
    )  # fmt: skip


def existing(request: HttpRequest) -> ExistingContract:
    """The earlier contract that a form says. Raises `Refused` for a day or sum that cannot be read."""
    said = request.POST
    price = Money.parse(said.get("price", ""))
    terms = NewTerms(
        kind=said.get("kind", ""), objects=tuple(said.get("objects", "").replace("，", ",").replace(",", " ").split()),
        deposit=Money.parse(said["deposit"]) if said.get("deposit") else Money(0), rhythm=said.get("rhythm", "once"),
        schedule=schedule(request),
    )  # fmt: skip
    return ExistingContract(
        party=said.get("party", ""), price=price, starts_on=day(said.get("starts_on", "")),
        ends_on=day(said.get("ends_on", "")), signed_on=day(said.get("signed_on", "")), terms=terms,
        papers=keep(request, "合同"), party_kind=kind_of(said.get("party_kind", "")),
    )  # fmt: skip


def kind_of(text: str) -> str:
    """Whether a party is a firm or, where nothing says so, a person whose name stays masked."""
    return text if text in (FieldKind.firm.value, FieldKind.person.value) else FieldKind.person.value


def schedule(request: HttpRequest) -> tuple[Installment, ...]:
    """The rows of the schedule that are filled in. Raises `Refused` for half a row."""
    found = []
    for n in ROWS:
        due, sum_ = request.POST.get(f"due-{n}", "").strip(), request.POST.get(f"sum-{n}", "").strip()
        if bool(due) != bool(sum_):
            raise Refused(_("收付计划第 %(n)s 行没有写全") % {"n": n}, remedy=_("日期和金额都要写"))
        if due:
            found.append(Installment(day(due), Money.parse(sum_).fen))
    return tuple(found)


def typed(request: HttpRequest) -> list[tuple[int, str, str]]:
    """The rows of the schedule with what was typed."""
    return [(n, request.POST.get(f"due-{n}", ""), request.POST.get(f"sum-{n}", "")) for n in ROWS]


def optional_day(text: str) -> date | None:
    """A day that a form may leave empty."""
    return day(text) if text else None
