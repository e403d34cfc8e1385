"""The list against the annexes, against the duty table, and against what stands on the public page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingbai.catalogue.rules.annexes import Annexes, Item
from mingbai.catalogue.rules.duties import DutiesFile
from mingbai.catalogue.rules.linter.findings import Finding
from mingbai.catalogue.rules.linter.matching import link
from mingbai.catalogue.rules.linter.sides import ChartSide
from mingbai.catalogue.rules.linter.words import quoted
from mingbai.catalogue.rules.powers import Power
from mingbai.kernel import Citation

IN_CHARTS = frozenset({"propose", "handle", "review", "decide", "pay", "publish", "inform", "record"})


def compilers(power: Power) -> str:
    """The departments that compile it, as the list writes them."""
    return "、".join(one.text for one in power.compiling_departments)


def named(power: Power) -> str:
    """The power as it is called in findings."""
    return f"第{power.number}项{quoted(power.name)}"


def list_findings(
    annexes: Annexes, powers: Sequence[Power], offices: Mapping[str, str], keeper: str
) -> Iterator[Finding]:
    """The list in the system against annex 2, and its compiling departments against annex 1."""
    basis = Citation(annexes.notice, "附件1、附件2")
    links = link(annexes)
    by_number = {one.number: one for one in powers}
    for item in links.items:
        power = by_number.pop(item.number, None)
        yield from _same_item(item, power, basis, keeper)
        written = {one for row in links.rows_of(item) for one in row.departments}
        held = {offices[one.office] for one in power.compiling_departments} if power else set()
        if power and written and written & set(offices.values()) and written != held:
            here, there = "、".join(sorted(held)), "、".join(sorted(written))
            said = f"{named(power)}的制定单位，清单写{here}，附件1写{there}。"
            yield Finding(
                f"compiler_differs/{power.number}", "compiler_differs", f"清单 {here}", f"附件1 {there}", said,
                "定下由谁制定，两处写成一样。", there, basis,
            )  # fmt: skip
    for power in by_number.values():
        said = f"{named(power)}在清单里，附件2没有。"
        yield Finding(
            f"list_differs/{power.number}", "list_differs", f"清单 {power.name}", "附件2没有", said,
            "补进附件2，写明什么时候、凭什么加的。", compilers(power), basis,
        )  # fmt: skip


def _same_item(item: Item, power: Power | None, basis: Citation, keeper: str) -> Iterator[Finding]:
    there = f"附件2第{item.number}项 {item.category} {item.name}"
    if power is None:
        here, said = "清单没有", f"附件2第{item.number}项{quoted(item.name)}，清单里没有。"
    elif (power.name, power.category) != (item.name, item.category):
        here = f"清单 {power.category} {power.name}"
        said = (
            f"附件2第{item.number}项是{quoted(item.name)}，清单里是{quoted(power.name)}，名称或者类别不一样。"
        )
    else:
        return
    decide = "清单照附件2改，或者发文改附件2。"
    yield Finding(f"list_differs/{item.number}", "list_differs", here, there, said, decide, keeper, basis)


def duty_findings(
    duties: DutiesFile,
    powers: Sequence[Power],
    charts: Mapping[str, ChartSide],
    offices: Mapping[str, str],
    basis: Citation | None,
) -> Iterator[Finding]:
    """The duty table against the list (who compiles) and against the charts (who does a step). `charts`: by power."""
    for power in powers:
        held = duties.of(power.id)
        if not held:
            said = f"{named(power)}在责任表里一条责任也没有。"
            yield _duty("no_duties", power, "", f"清单 {power.name}", "责任表没有", said, basis)
            continue
        listed = {one.office for one in power.compiling_departments}
        compiling = {one.office for one in held if one.does == "compile"}
        for one in sorted(listed - compiling):
            said = f"{named(power)}由{offices[one]}制定，责任表里没有它的制定责任。"
            yield _duty(
                "compiler_without_duty", power, one, f"清单 {offices[one]}", "责任表没有", said, basis
            )
        for one in sorted(compiling - listed):
            said = f"责任表写{offices[one]}制定{named(power)}，清单的制定单位里没有它。"
            yield _duty("duty_without_list", power, one, "清单没有", f"责任表 {offices[one]}", said, basis)
        if power.id in charts:
            doing = {one.office for one in held if one.does in IN_CHARTS}
            yield from _against_chart(power, doing, charts[power.id], offices, basis)


def _against_chart(
    power: Power, doing: set[str], chart: ChartSide, offices: Mapping[str, str], basis: Citation | None
) -> Iterator[Finding]:
    for one in sorted(doing - chart.offices):
        said = f"责任表写{offices[one]}在{named(power)}里有事要办，流程图上没有它的环节。"
        sides = (f"责任表 {offices[one]}", f"流程图 {chart.title}")
        yield _duty("duty_not_in_chart", power, one, *sides, said, basis)
    for one in sorted(chart.offices - doing):
        said = f"{named(power)}的流程图上有{offices[one]}的环节，责任表里没有它的责任。"
        sides = ("责任表没有", f"流程图 {offices[one]}")
        yield _duty("office_without_duty", power, one, *sides, said, basis)


def _duty(
    kind: str, power: Power, office: str, here: str, there: str, said: str, basis: Citation | None
) -> Finding:
    about = f"{kind}/{power.number}" + (f"-{office}" if office else "")
    decide = "写清谁负什么责任，清单、责任表、流程图改成一样。"
    return Finding(about, kind, here, there, said, decide, compilers(power), basis)


def page_findings(
    powers: Sequence[Power], published: Sequence[Power], basis: Citation | None
) -> Iterator[Finding]:
    """The list being read against the one that the public page shows (the edition in force)."""
    shown = {one.id: one for one in published}
    for power in powers:
        old = shown.pop(power.id, None)
        if old != power:
            there = f"网页 {old.name}" if old else "网页没有"
            said = (
                f"{named(power)}已经改了，网页上的还没有换。"
                if old
                else f"{named(power)}在清单里，网页上没有。"
            )
            decide = "定下新清单从哪天起施行。"
            about = f"page_behind/{power.number}"
            yield Finding(
                about, "page_behind", f"清单 {power.name}", there, said, decide, compilers(power), basis
            )
    for gone in shown.values():
        said = f"{quoted(gone.name)}已经不在清单里，网页上还有。"
        about, decide = f"page_behind/{gone.id}", "定下从哪天起撤下。"
        yield Finding(
            about, "page_behind", "清单没有", f"网页 {gone.name}", said, decide, compilers(gone), basis
        )
