"""`mingbai law amend`: what a change of law touches in a folder, or in a data directory with its running cases."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mingbai.kernel import BadFile, Citation, Refused

LAW_CHANGE = "law-change"
"""The chart by which an office answers whether its part of the list must follow a change of law."""


def start_without_data() -> None:
    """Start the program for a folder alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")
    import django

    django.setup()


def read_change_file(file: Path, laws: Mapping[str, Any]) -> Any:
    """The change that a file says.

    Raises:
        BadFile: it is not UTF-8, not YAML, or says something that cannot be.
    """
    from mingbai.catalogue.rules.amending import read_change

    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(file.name, 1, "不是 UTF-8 编码") from None
    return read_change(text, file.name, laws)


def report_of_folder(file: Path, folder: Path) -> dict[str, Any]:
    """What the change touches in a district folder.

    Raises:
        BadFile: a bad file. Refused: a number that is taken already.
    """
    from mingbai.cases.queries import folder_report
    from mingbai.catalogue.queries import read_district
    from mingbai.catalogue.rules import read_folder

    files = read_district(folder)
    said = read_folder(files)
    return folder_report(files, said, read_change_file(file, said.laws))


def report_of_data(file: Path) -> dict[str, Any]:
    """What the change touches in the latest edition, with the cards of every edition in use and the running cases.

    Raises:
        BadFile: a bad file. Refused: no edition, or a number that is taken already.
    """
    from mingbai.cases.queries import law_report
    from mingbai.catalogue import queries as catalogue

    return law_report(read_change_file(file, catalogue.laws(catalogue.latest())))


def carry_out(file: Path, by_name: str) -> dict[str, Any]:
    """Draft the next edition with what is renumbered, and open a case for each office that keeps a touched place.

    `by_name` names the person of the office that keeps the legal register (`keepers` in district.yaml).

    Raises:
        BadFile: a bad file. Refused: followed already, a taken number, or nobody of that name in that office.
    """
    from django.db import transaction

    from mingbai.catalogue import queries as catalogue
    from mingbai.catalogue.rules.impact import impact, refuse_followed
    from mingbai.config import clock

    report = report_of_data(file)
    latest, at = catalogue.latest(), clock.now()
    change = read_change_file(file, catalogue.laws(latest))
    found = impact(latest.files, catalogue.catalogue(latest), change)
    refuse_followed(found)
    by = _keeper_of_laws(by_name, clock.legal_day(at))
    with transaction.atomic():
        draft = _drafted(found, by, at)
        opened = [_opened(office, ours, found, by, at) for office, ours in _at_district(found).items()]
    return {**report, "draft": draft, "opened": opened}


def _keeper_of_laws(name: str, on: date) -> Any:
    from mingbai.catalogue import queries as catalogue
    from mingbai.organisations import queries as organisations

    edition = catalogue.latest()
    office = catalogue.catalogue(edition).keepers.get("laws.yaml", "")
    holders = organisations.holders(office, catalogue.district(edition).code, on)
    found = [one for one in holders if one.name == name]
    if len(found) != 1:
        title = organisations.office_title(office)
        raise Refused(f"{title}没有叫“{name}”的人", remedy=f"--by 写{title}经办人的姓名")
    return organisations.actor_on(found[0].id, on)


def _drafted(found: Any, by: Any, at: datetime) -> int:
    from mingbai.catalogue import services as editions

    change = found.change
    name = f"{found.title.removeprefix('中华人民共和国')}{change.effective}修改"[:60]
    begun = editions.begin_draft(
        name=name, reason=change.authority, by=by, at=at, citation=Citation(change.law, "")
    )
    for place, (file, text) in enumerate(sorted(found.rewritten.items())):
        editions.write_draft(draft=begun.draft, file=file, text=text, seen=place, by=by, at=at)
    return int(begun.draft)


def _at_district(found: Any) -> dict[str, list[Any]]:
    """The places by an office of the district: what a town compiles is looked at by the keeper of the charts."""
    from mingbai.catalogue import queries as catalogue
    from mingbai.organisations import queries as organisations

    levels = {one.code: one.level for one in organisations.offices()}
    otherwise = catalogue.catalogue(catalogue.latest()).keepers.get("procedures/", "")
    merged: dict[str, list[Any]] = {}
    for office, ours in found.by_keeper().items():
        merged.setdefault(office if levels.get(office) == "district" else otherwise, []).extend(ours)
    return dict(sorted(merged.items()))


def _opened(office: str, ours: Iterable[Any], found: Any, by: Any, at: datetime) -> dict[str, str]:
    from mingbai.cases.services import open_case
    from mingbai.catalogue import queries as catalogue
    from mingbai.config import clock
    from mingbai.organisations import queries as organisations

    edition, places = catalogue.latest(), list(ours)
    review = sum(one.touched.to_review for one in places)
    law = catalogue.laws(edition)[found.change.law].short
    title = f"{law}修改，{organisations.office_title(office)}核对 {len(places)} 处（要定的 {review} 处）"[:80]
    number = open_case(
        power=LAW_CHANGE, village=catalogue.district(edition).code, title=title, by=by, at=at, owner=office,
        occurred_on=clock.legal_day(at),
    ).number  # fmt: skip
    return {"number": number, "office": office, "title": title}


def tell(report: Mapping[str, Any], as_json: bool) -> None:
    """The report on standard output."""
    print(json.dumps(report, ensure_ascii=False, indent=1)) if as_json else print("\n".join(_lines(report)))


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"{report['title']}，{report['effective']}起施行（{report['authority']}）"
    if report["followed_already"]:
        yield "清单已经跟上了这次修改，没有要改的。"
        return
    yield from _section("要改的地方", [one["text"] for one in report["places"]])
    yield from _section("受影响的权力", [_of_power(one) for one in report["powers"]])
    yield from _section("要看的部门", [_of_owner(one) for one in report["owners"]])
    yield from _section("正在办的事", [f"{one['number']} {one['title']}" for one in report["cases"]])
    yield from _section("已印的明白卡", [_of_card(one) for one in report["cards"]])
    yield from _section(
        "程序里写着的", [f"{one['file']}:{one['line']} {one['text']}" for one in report["program"]]
    )
    if "draft" in report:
        yield from _section("给制定单位开了", [f"{one['number']} {one['title']}" for one in report["opened"]])
        yield f"草案：第 {report['draft']} 号，改写了 {'、'.join(report['rewritten'])}"
        return
    yield f"改条号会改写 {len(report['rewritten'])} 个文件：" + "、".join(report["rewritten"])


def _of_power(one: Mapping[str, Any]) -> str:
    parts = [*one["fields"], *(f"流程图 {id}" for id in one["charts"])]
    parts += [f"限额 {id}" for id in one["parameters"]]
    return f"{one['number']}. {one['name']}（{'、'.join(parts)}）"


def _of_owner(one: Mapping[str, Any]) -> str:
    return f"{one['title']}：{one['places']} 处，要定的 {one['to_review']} 处"


def _of_card(one: Mapping[str, Any]) -> str:
    return f"{one['power']}（第 {one['edition']} 版）" if one["edition"] else str(one["power"])


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    yield f"{title}：{len(found)}"
    yield from (f"  {line}" for line in found)
