"""What changed between two editions, in sentences a villager can read, with the words before and after.

Powers and figures by their meaning, charts step by step (`chart_changes`), every other file by the entries in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from mingbai.catalogue.rules.folder import Catalogue
from mingbai.catalogue.rules.law import Law, Parameter
from mingbai.catalogue.rules.powers import NATURES, Fact, Power
from mingbai.kernel import Confidence, load_located

_LISTS = {
    "scope": "范围", "out_of_scope": "不在范围", "materials": "材料", "discipline": "纪律", "risks": "风险点",
    "recusal": "回避", "must_not_publish": "不得公开", "time_limits": "时限", "publicity": "公示",
    "thresholds": "限额", "compiling_departments": "制定单位",
}  # fmt: skip
_CONFIDENCE = {Confidence.verified: "已核对", Confidence.likely: "较可靠", Confidence.assumed: "待确认"}
_STATUS = {"in_force": "有效", "amended": "已修改", "repealed": "已废止"}
_SIMILAR = 0.6


@dataclass(frozen=True)
class Change:
    """One thing that changed: where (area, id, title), how, said in one sentence.

    `kind`: added, removed, changed, moved, or citation (only the source is another, the matter is the same).
    """

    area: str
    id: str
    title: str
    kind: str
    text: str
    before: str = ""
    after: str = ""


def changes_between(before: Catalogue, after: Catalogue) -> tuple[Change, ...]:
    """What changed in powers, figures and laws. Order: powers by number, then figures, then laws."""
    found = [*_powers(before, after), *_parameters(before, after), *_laws(before.laws, after.laws)]
    return tuple(found)


def _powers(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    old, new = {one.id: one for one in before.powers}, {one.id: one for one in after.powers}
    for power in before.powers:
        if power.id not in new:
            text = f"取消第{power.number}项“{power.name}”"
            yield Change("power", power.id, power.name, "removed", text, power.name)
    for power in after.powers:
        if power.id not in old:
            text = f"增加第{power.number}项“{power.name}”（{power.category}，{power.nature_title}）"
            yield Change("power", power.id, power.name, "added", text, after=power.name)
        elif power != old[power.id]:
            yield from _power(old[power.id], power, short_titles(before.laws, after.laws))


def short_titles(*registers: Mapping[str, Law]) -> dict[str, str]:
    """Laws by id as a reader knows them: 《村民委员会组织法》."""
    return {id: f"《{law.short}》" for laws in registers for id, law in laws.items()}


def _power(old: Power, new: Power, laws: Mapping[str, str]) -> Iterator[Change]:
    say = Said("power", new.id, new.name)
    yield from say.changed("名称", old.name, new.name)
    yield from say.changed("序号", str(old.number), str(new.number))
    yield from say.changed("类别", old.category, new.category)
    yield from say.changed("性质", NATURES[old.nature], NATURES[new.nature])
    yield from say.changed("办理主体", old.handling_body.text, new.handling_body.text)
    yield from say.changed("办理方式", old.method.text, new.method.text)
    yield from say.changed("四议两公开", old.four_deliberations.text, new.four_deliberations.text)
    yield from say.changed("流程图", old.procedure or "还没有", new.procedure or "还没有")
    for name, label in _LISTS.items():
        yield from _facts(say, label, getattr(old, name), getattr(new, name))
    yield from _bases(say, old, new, laws)
    for level, was in zip(new.five_disclosures, old.five_disclosures, strict=True):
        yield from say.changed(f"{level.level_title}的公开", was.text, level.text)


@dataclass(frozen=True)
class Said:
    """Sentences about one subject."""

    area: str
    id: str
    title: str

    def change(self, kind: str, text: str, before: str = "", after: str = "") -> Change:
        """One change of this subject."""
        return Change(self.area, self.id, self.title, kind, f"“{self.title}”{text}", before, after)

    def changed(self, label: str, before: str, after: str, kind: str = "changed") -> Iterator[Change]:
        """A value that is not what it was."""
        if before != after:
            yield self.change(kind, f"的{label}由“{before}”改为“{after}”", before, after)


def _facts(say: Said, label: str, old: Iterable[Fact], new: Iterable[Fact]) -> Iterator[Change]:
    """Facts by their words: what came, what went, what is said otherwise, what rests on something else."""
    was, now = {one.text: one for one in old}, {one.text: one for one in new}
    gone = [text for text in was if text not in now]
    for text, fact in now.items():
        if text in was:
            yield from _ground(say, label, was[text], fact)
            continue
        near = get_close_matches(text, gone, 1, _SIMILAR)
        if near:
            gone.remove(near[0])
            yield from say.changed(label, near[0], text)
        else:
            yield say.change("added", f"的{label}增加“{text}”", after=text)
    for text in gone:
        yield say.change("removed", f"的{label}去掉“{text}”", text)


def _ground(say: Said, label: str, old: Fact, new: Fact) -> Iterator[Change]:
    short = new.text if len(new.text) <= 20 else new.text[:20] + "…"
    yield from say.changed(f"{label}“{short}”的依据", old.source, new.source, "citation")
    if old.confidence != new.confidence:
        yield from say.changed(
            f"{label}“{short}”的核对情况", _CONFIDENCE[old.confidence], _CONFIDENCE[new.confidence]
        )


def _bases(say: Said, old: Power, new: Power, laws: Mapping[str, str]) -> Iterator[Change]:
    was = {one.law: "、".join(one.articles) for one in old.bases}
    now = {one.law: "、".join(one.articles) for one in new.bases}
    for law in dict.fromkeys([*was, *now]):
        title = laws[law]
        if law not in now:
            yield say.change("removed", f"的依据去掉{title}{was[law]}", was[law])
        elif law not in was:
            yield say.change("added", f"的依据增加{title}{now[law]}", after=now[law])
        else:
            yield from say.changed(f"依据{title}", was[law], now[law], "citation")


def _parameters(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    for id in dict.fromkeys([*before.parameters, *after.parameters]):
        old, new = before.parameters.get(id), after.parameters.get(id)
        if old is None and new is not None:
            yield Change(
                "parameter", id, new.title, "added", f"增加限额标准“{new.title}”", after=_figures(new)
            )
        elif new is None and old is not None:
            yield Change("parameter", id, old.title, "removed", f"取消限额标准“{old.title}”", _figures(old))
        elif old is not None and new is not None and old != new:
            yield from _figure(old, new, short_titles(before.laws, after.laws))


def _figure(old: Parameter, new: Parameter, laws: Mapping[str, str]) -> Iterator[Change]:
    say = Said("parameter", new.id, new.title)
    yield from say.changed("名称", old.title, new.title)
    yield from say.changed("数值", _figures(old), _figures(new))
    old_ground = _grounds(old, laws)
    new_ground = _grounds(new, laws)
    yield from say.changed("依据", old_ground or "没有", new_ground or "没有", "citation")
    yield from say.changed("适用事项", "、".join(old.powers), "、".join(new.powers))


def _grounds(one: Parameter, laws: Mapping[str, str]) -> str:
    return "；".join(f"{laws[value.citation.law]}{value.citation.article}" for value in one.values)


def _figures(one: Parameter) -> str:
    return "，".join(f"{one.say(value)}（{value.since}起）" for value in one.values) or "尚未规定"


def _laws(before: Mapping[str, Law], after: Mapping[str, Law]) -> Iterator[Change]:
    for id in dict.fromkeys([*before, *after]):
        old, new = before.get(id), after.get(id)
        if old is None and new is not None:
            yield Change("law", id, new.short, "added", f"法律依据增加《{new.title}》", after=new.title)
        elif new is None and old is not None:
            yield Change("law", id, old.short, "removed", f"法律依据去掉《{old.title}》", old.title)
        elif old is not None and new is not None:
            yield from _law(old, new)


def _law(old: Law, new: Law) -> Iterator[Change]:
    say = Said("law", new.id, new.short)
    yield from say.changed("名称", old.title, new.title)
    yield from say.changed("施行日期", old.in_force_since or "未登记", new.in_force_since or "未登记")
    yield from say.changed("最近修改", old.last_changed or "未登记", new.last_changed or "未登记")
    yield from say.changed("效力", _STATUS.get(old.status, old.status), _STATUS.get(new.status, new.status))
    for one in new.amendments:
        if one not in old.amendments:
            text = f"自{one.since}起的修改已经跟上（{one.authority}），条号和内容按新的文本"
            yield say.change("citation", text, after=one.authority)


def changed_entries(file: str, before: str, after: str) -> tuple[Change, ...]:
    """What changed in any other YAML file: entries by id, each value with its words before and after."""
    old, new = load_located(before, file)[0], load_located(after, file)[0]
    return tuple(_deep(Said("file", file, file), old, new, ()))


def _deep(say: Said, old: Any, new: Any, path: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(old, list) and isinstance(new, list):
        old, new = keyed(old), keyed(new)
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            where = (*path, str(key))
            if key not in new:
                yield say.change("removed", f"去掉 {'.'.join(where)}", short(old[key]))
            elif key not in old:
                yield say.change("added", f"增加 {'.'.join(where)}：{short(new[key])}", after=short(new[key]))
            else:
                yield from _deep(say, old[key], new[key], where)
    elif old != new:
        yield from say.changed(f" {'.'.join(path)} ", short(old), short(new))


def keyed(entries: list[Any]) -> dict[str, Any]:
    """A list by the ids of its entries, or by the entries themselves where they are plain words."""
    found: dict[str, Any] = {}
    for place, one in enumerate(entries):
        named = one.get("id") or one.get("code") or one.get("year") if isinstance(one, dict) else one
        key = str(named) if isinstance(named, str | int) else str(place)
        found[key if key not in found else f"{key}（第 {place + 1} 个）"] = one
    return found


def short(value: Any) -> str:
    """A value in at most 120 letters."""
    if isinstance(value, dict):
        said = "，".join(f"{key} {short(one)}" for key, one in value.items())
    elif isinstance(value, list):
        said = "、".join(short(one) for one in value)
    else:
        said = (
            {True: "是", False: "否", None: "空"}.get(value, str(value))
            if value in (None, True, False)
            else str(value)
        )
    return said if len(said) <= 120 else said[:119] + "…"
