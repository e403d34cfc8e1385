"""Registers at the desk: whose pages they are, the words for what stands in them, and what a form says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.desk import opening
from mingbai.desk.rolling import may_read
from mingbai.desk.views.access import for_office_holder
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.rules import period_of
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import Actor
from mingbai.registers.queries.access import counter_office, keeper_office, kinds_on
from mingbai.registers.rules.kinds import ASSET
from mingbai.registers.rules.objects import NewObject, parse_area

View = Callable[..., HttpResponse]
SIDES = ("east", "south", "west", "north")
_CHINESE = dict(zip(SIDES, "东南西北", strict=True))


def villages_of(actor: Actor, on: date) -> tuple[DivisionView, ...]:
    """The villages whose registers a person may see at the desk."""
    return tuple(one for one in organisations.villages() if may_read(actor, one.code, on))


def for_register(view: View) -> View:
    """Let in who holds an office of the village or above it; `keeps` and `counts` of the request are their offices.

    A village out of reach answers as one that does not exist.
    """

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, village: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.village = organisations.division(village)
        except Refused as unknown:
            raise Http404("没有这个村") from unknown
        if len(village) != 12 or not may_read(request.actor, village, request.today):
            raise Http404("没有这个村")
        request.edition = catalogue.current(request.today)
        request.kinds = kinds_on(request.today, request.edition)
        request.keeps = keeper_office(request.actor, village, request.today, request.kinds)
        request.counts = counter_office(request.actor, village, request.today, request.kinds)
        return view(request, *args, **kwargs)

    return guarded


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the register."""
    who = opening.describe(request.actor, request.today, request.village)
    context = {"village": request.village, "keeps": request.keeps, "counts": request.counts, **context}
    return render(request, template, {"who": who, "today": request.today, **context}, status=status)


def words() -> dict[str, dict[str, str]]:
    """How things stand and came, in the reader's language."""
    return {
        "families": {"asset": _("资产"), "resource": _("土地等资源")},
        "states": {
            "in_use": _("在用"), "idle": _("闲置"), "let": _("出租、发包"), "lost": _("盘亏待查"),
            "disposed": _("已处置"),
        },
        "uses": {"in_use": _("在用"), "idle": _("闲置"), "let": _("出租、发包")},
        "acquired": {
            "built": _("自建"), "bought": _("购入"), "granted": _("财政项目形成"), "donated": _("受赠"),
            "transferred": _("划拨、移交"), "surplus": _("盘盈"), "inherited": _("历史形成"),
        },
        "ways": {
            "sold": _("出售"), "scrapped": _("报废"), "transferred": _("移交"), "exchanged": _("置换"),
            "requisitioned": _("被征收"), "lost": _("核销盘亏"), "error": _("登记错误"),
        },
        "owners": {"village": _("村集体"), "group": _("村民小组")},
        "asset": {"operating": _("经营性"), "public": _("非经营性")},
        "resource": {"unified": _("集体统一经营"), "household": _("家庭承包"), "contract": _("其他方式承包")},
        "results": {
            "found": _("账实相符"), "missing": _("盘亏"), "damaged": _("毁损"), "surplus": _("盘盈"),
        },
        "changes": {
            "photo": _("拍照"), "revalued": _("重新估值"), "depreciated": _("计提折旧"), "use": _("改变使用情况"),
            "custody": _("换人保管"), "remeasured": _("重新丈量"), "disposed": _("处置"), "lost": _("盘亏"),
            "found_again": _("盘点找回"),
        },
    }  # fmt: skip


def titles(offices: Iterable[str]) -> dict[str, str]:
    """What offices are called, by code."""
    return {one: organisations.office_title(one) for one in offices}


def new_object(request: HttpRequest, family: str, kind: str) -> NewObject:
    """What the form says of a new object, its photographs kept.

    Raises:
        Refused: a sum, area or day that cannot be read, or a file that is no picture.
    """
    said = request.POST
    common = {
        "family": family, "kind": kind, "name": said.get("name", ""), "place": said.get("place", ""),
        "custodian": said.get("custodian", ""), "management": said.get("management", ""),
        "owner": "group" if said.get("group", "").strip() else "village", "group": said.get("group", ""),
        "state": said.get("state", ""), "found_in": said.get("found_in", ""),
    }  # fmt: skip
    if family == ASSET:
        own = {
            "acquired": said.get("acquired", ""), "acquired_on": day(said.get("acquired_on", "")),
            "value": Money.parse(said.get("value", "")), "funded_by": said.get("funded_by", ""),
        }  # fmt: skip
    else:
        own = {"area": parse_area(said.get("area", "")), "boundaries": boundaries(said)}
    return NewObject(**common, **own, photos=tuple(kept_photos(request)))  # type: ignore[arg-type]


def boundaries(said: Mapping[str, str]) -> str:
    """四至 from four boxes; a side left empty is left out, and the register then refuses."""
    sides = [(_CHINESE[one], said.get(one, "").strip().removeprefix("至")) for one in SIDES]
    return "，".join(f"{side}至{where}" for side, where in sides if where)


def kept_photos(request: HttpRequest, name: str = "photo") -> list[str]:
    """The photographs handed in, kept as papers."""
    return [
        keep_paper(
            content=one.read(), name=one.name, label="实物照片", village=request.village.code,
            actor=request.actor.person, at=request.now, subject=f"register:{request.village.code}",
        ).id
        for one in request.FILES.getlist(name)
    ]  # fmt: skip


def day(text: str) -> date:
    """A day that a form sent. Raises `Refused` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_("没有写日期"), remedy=_("写成2026-09-01这样")) from None


def book_balances(village: str, on: date) -> dict[str, Money] | None:
    """The ledger's balance of each account through the month of a day; None when nothing was ever booked."""
    lines = books.trial_balance(village, period_of(on)).lines
    return {one.account.code: one.balance for one in lines} or None
