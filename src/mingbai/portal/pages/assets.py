"""What the village owns, object by object, as it was published: with its picture, its history, its stock-takes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication, PublicObject
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.portal.pages.reading import shown

_TOLD = ("位置", "归谁所有", "面积（亩）", "四至", "怎样经营", "怎样取得", "取得日期", "资金来源", "由谁保管")


@dataclass(frozen=True)
class Told:
    """An object as the page tells it: `facts` are label and words, `picture` an address or empty."""

    one: PublicObject
    kind: str
    state: str
    facts: tuple[tuple[str, str], ...]
    picture: str


@dataclass(frozen=True)
class Taken:
    """A stock-take's result in figures; `gaps` are accounts of the book that the register does not agree with."""

    publication: str
    number: str
    on: str
    results: tuple[tuple[str, int], ...]
    gaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AssetsPage:
    """Everything the page shows; `next` is the key of the following page."""

    village: DivisionView
    town: DivisionView
    family: str
    counts: tuple[tuple[str, str, int], ...]
    items: tuple[Told, ...]
    next: int | None
    takes: tuple[Taken, ...]


def assets_page(code: str, family: str, after: int) -> AssetsPage:
    """A page of a village's assets, or with `family` "resource" of its land, ponds and forest.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    family = "resource" if family == "resource" else "asset"
    found = disclosure.objects_in(code, family, after)
    titles = {"asset": _("资产"), "resource": _("土地等资源")}
    return AssetsPage(
        village=village,
        town=town,
        family=family,
        counts=tuple((name, titles[name], found.counts[name]) for name in titles),
        items=tuple(_told(one) for one in found.items),
        next=found.next,
        takes=tuple(_taken(one) for one in disclosure.stock_take_results(code)),
    )


def _told(one: PublicObject) -> Told:
    facts = tuple((label, one.shown[label]) for label in _TOLD if one.shown.get(label))
    publication, digest = one.picture
    return Told(
        one, one.shown.get("种类", ""), states().get(one.state, ""), facts, _picture(publication, digest)
    )


def _picture(publication: str, digest: str) -> str:
    return f"/p/{publication}/papers/{digest}" if digest else ""


def states() -> dict[str, str]:
    """How an object stands, in the reader's language."""
    return {
        "in_use": _("在用"), "idle": _("闲置"), "let": _("出租、发包"), "lost": _("盘亏待查"), "disposed": _("已处置"),
    }  # fmt: skip


def results() -> dict[str, str]:
    """How a count came out, in the reader's language."""
    return {"found": _("账实相符"), "missing": _("盘亏"), "damaged": _("毁损"), "surplus": _("盘盈")}


def _taken(one: Publication) -> Taken:
    counted = dict(one.data.get("results") or {})
    gaps = tuple(
        (field.label, field.value) for field in one.fields if field.value and field.label.startswith("科目")
    )
    return Taken(
        one.id, str(one.data.get("take", "")), shown(one, "盘点到哪一天"),
        tuple((title, int(counted.get(id, 0))) for id, title in results().items()), gaps,
    )  # fmt: skip
