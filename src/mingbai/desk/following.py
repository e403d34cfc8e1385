"""Following a change of law: what was pasted or filled in as the file of the command, and the report in parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from django.urls import reverse
from django.utils.translation import gettext as _

from mingbai.catalogue.rules import Law
from mingbai.catalogue.rules.amending import LawChange, read_change
from mingbai.kernel import BadFile, Refused

FILE = "law-change.yaml"
LONGEST, A_PAGE, ROWS = 50_000, 20, 4
Posted = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One article of the form."""

    article: str
    change: str
    to: str
    note: str

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.article or self.to or self.note)


@dataclass(frozen=True)
class Line:
    """One thing that is touched; `href` where it can be looked at, `where` the place in the files
    or the parts of a power."""

    text: str
    href: str = ""
    where: str = ""


@dataclass(frozen=True)
class Part:
    """One part of the report, one page of it; `id` names it in the form."""

    id: str
    title: str
    lines: tuple[Line, ...]
    count: int
    page: int
    pages: int
    asked: bool

    @property
    def open(self) -> bool:
        """Whether it stands open: what most ask for first, and what was turned to another page."""
        return self.asked or self.id in ("powers", "owners")


def rows_of(posted: Posted) -> tuple[Row, ...]:
    """The articles that were filled in, and some empty rows more."""
    count = sum(1 for key in posted if key.startswith("article-"))
    filled = [
        Row(*(posted.get(f"{name}-{n}", "").strip() for name in ("article", "change", "to", "note")))
        for n in range(min(count, LONGEST))
    ]
    kept = [one for one in filled if not one.empty]
    return (*kept, *(Row("", "amended", "", "") for _n in range(ROWS)))


def text_of(posted: Posted) -> str:
    """The file of the change: as pasted, or written from the form.

    Raises:
        Refused: nothing was entered, it is too long, or the day is none.
    """
    if "law" not in posted:
        text = posted.get("text", "").replace("\r\n", "\n")
        if not text.strip() or len(text) > LONGEST:
            raise Refused(_("还没有贴文件，或者文件太长"), remedy=_("把写明改了哪几条的文件贴进来"))
        return text
    said: dict[str, Any] = {
        "law": posted["law"],
        "authority": posted.get("authority", "").strip(),
        "effective": _day(posted.get("effective", "")),
    }
    whole = posted.get("whole", "")
    said |= (
        {"change": whole}
        if whole
        else {"articles": [_article(one) for one in rows_of(posted) if not one.empty]}
    )
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)


def _article(row: Row) -> dict[str, str]:
    said = {"article": row.article, "change": row.change, "to": row.to, "note": row.note}
    return {key: value for key, value in said.items() if value}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise Refused(_("还没有写哪天起施行"), remedy=_("写上新的条文哪天起施行")) from bad


def change_of(text: str, laws: Mapping[str, Law]) -> LawChange:
    """The change that the file says.

    Raises:
        Refused: naming line and reason.
    """
    try:
        return read_change(text, FILE, laws)
    except BadFile as bad:
        said = _("文件第 %(line)s 行：%(reason)s") % {"line": bad.line, "reason": bad.reason}
        raise Refused(said, remedy=_("改好再看")) from bad


def parts_of(report: Mapping[str, Any], posted: Posted) -> tuple[Part, ...]:
    """The report as the command prints it, each part paged by itself."""
    found = (
        ("powers", _("受影响的权力"), _powers(report)),
        ("owners", _("要看的部门"), (_owner(one) for one in report["owners"])),
        ("cases", _("正在办的事"), (_case(one) for one in report["cases"])),
        ("places", _("要改的地方"), (_place(one) for one in report["places"])),
        ("cards", _("已印的明白卡"), _cards(report)),
        ("program", _("程序里写着的，等下一次升级"), (_program(one) for one in report["program"])),
    )
    return tuple(_part(id, title, tuple(lines), posted.get(f"page-{id}", "")) for id, title, lines in found)


def _part(id: str, title: str, lines: tuple[Line, ...], wanted: str) -> Part:
    pages = max(1, -(-len(lines) // A_PAGE))
    page = min(max(int(wanted), 1), pages) if wanted.isdecimal() and len(wanted) < 6 else 1
    return Part(id, title, lines[(page - 1) * A_PAGE : page * A_PAGE], len(lines), page, pages, bool(wanted))


def _place(one: Mapping[str, Any]) -> Line:
    """A place in words: what it belongs to and what happens; file, line and path for whoever edits it."""
    happens = str(one["text"]).partition(f"（{one['file']}:{one['line']}）")[2]
    part = _fields().get(str(one["part"]).partition(".")[0], "") if one["kind"] == "power" else ""
    text = f"{one['kind_title']}“{one['title']}”{part}{_('：')}{happens}"
    return Line(text, where=f"{one['file']}:{one['line']}　{one['path']}")


def _program(one: Mapping[str, Any]) -> Line:
    return Line(str(one["text"]), where=f"{one['file']}:{one['line']}")


def _powers(report: Mapping[str, Any]) -> Iterator[Line]:
    titles = {(one["kind"], one["id"]): one["title"] for one in report["places"]}
    for one in report["powers"]:
        named = [_fields().get(field.partition(".")[0], field) for field in one["fields"]]
        named += [_("流程图“%(it)s”") % {"it": titles.get(("chart", id), id)} for id in one["charts"]]
        named += [_("限额“%(it)s”") % {"it": titles.get(("parameter", id), id)} for id in one["parameters"]]
        said = "、".join(dict.fromkeys(named))
        yield Line(f"{one['number']}. {one['name']}", reverse("portal:power", args=[one["id"]]), said)


def _fields() -> dict[str, str]:
    """The parts of a power as its page calls them."""
    return {
        "bases": _("依据"), "scope": _("范围"), "out_of_scope": _("不在范围"), "handling_body": _("谁来办"),
        "method": _("怎么办"), "four_deliberations": _("四议两公开"), "time_limits": _("时限"), "materials": _("材料"),
        "discipline": _("纪律"), "risks": _("风险点"), "recusal": _("回避"), "publicity": _("公示"),
        "thresholds": _("限额"), "five_disclosures": _("五公开"), "must_not_publish": _("不得公开"),
        "compiling_departments": _("制定单位"), "category": _("类别"), "nature": _("性质"), "notes": _("说明"),
    }  # fmt: skip


def _owner(one: Mapping[str, Any]) -> Line:
    return Line(
        _("%(who)s：%(places)s 处，要定的 %(review)s 处")
        % {"who": one["title"], "places": one["places"], "review": one["to_review"]}
    )


def _case(one: Mapping[str, Any]) -> Line:
    return Line(f"{one['number']} {one['title']}", reverse("desk:case", args=[one["number"]]))


def _cards(report: Mapping[str, Any]) -> Iterator[Line]:
    names = {one["id"]: one["name"] for one in report["powers"]}
    for one in report["cards"]:
        name = names.get(one["power"], one["power"])
        yield Line(_("%(name)s（第 %(n)s 版）") % {"name": name, "n": one["edition"]})
