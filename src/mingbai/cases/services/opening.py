"""Opening a case: its gap-free number, the edition in force, and the first step that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import CaseOpened
from mingbai.cases.models import Case
from mingbai.cases.queries import charts
from mingbai.cases.rules import days, values
from mingbai.cases.services import signing
from mingbai.cases.services.running import Running
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules import Power
from mingbai.journal.numbering import take_number
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures.queries import procedure
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.interpreter import start, to_json


def open_case(
    *, power: str, village: str, title: str, occurred_on: date, by: Actor, at: datetime, owner: str = ""
) -> CaseOpened:
    """Begin to exercise a power in a village, under the edition in force on the day.

    The district's own procedures (adjusting the list, admitting tasks) are no powers: they are opened by the name of
    their chart, at the level of the office that begins them. With `owner`, the office that keeps the legal register
    opens such a case for another office, which alone may do the steps that are open to it.

    The affair of one person (relief, membership of the party) is titled by its power and number, whatever
    `title` says: the title is public, and a clerk would write the name (个人信息保护法 第6条).

    Raises:
        Refused: the power has no chart in force, the person holds no office that begins it, the title is
            empty or carries a personal number, or the day has not come.
    """
    days.refuse_future(occurred_on, days.legal_day(at))
    with transaction.atomic():
        running = _begin(power, village, title, occurred_on, by, at, owner)
        office = _opening_office(running, by, occurred_on, owner)
        running.row.save(force_insert=True)
        running.enter(running.state.marking, occurred_on)
        running.record(events.OPENED, node=None, office=office, occurred_on=occurred_on, by=by)
    return CaseOpened(running.row.number)


def _opening_office(running: Running, by: Actor, on: date, owner: str) -> str:
    """The office that opens the case: the one that begins it, or for another office the keeper of the register."""
    first = running.node(running.chart.start)
    if not owner:
        return signing.require_office(running, first, by, on)
    keeper = catalogue.catalogue(running.edition).keepers.get("laws.yaml", "")
    if owner not in first.offices or running.row.power != running.row.procedure:
        raise Refused(f"“{running.chart.title}”不能替别的单位立项", remedy="由经办单位自己立项")
    office = signing.signing_office([keeper], running.row.village, by, on, running.today)
    if office is None:
        title = organisations.office_title(keeper)
        raise Refused(f"只有{title}能替别的单位立项", remedy=f"请{title}登录办理")
    return office


def _title(title: str) -> str:
    text = values.read_text("事项名称", " ".join(title.split()), longest=80)
    if not text:
        raise Refused("事项还没有名称", remedy="写明办什么事，例如“东组排水沟修复”")
    return text


@dataclass(frozen=True)
class OwnAffair:
    """A procedure of the district or the village itself, that is no power of the list: it has number 0."""

    id: str
    name: str
    procedure: str | None
    number: int = 0


def _numbered_title(power: Power | OwnAffair, row: Case) -> str:
    return f"{power.name}（{row.year}年第{row.serial}件）"


def _begin(power: str, village: str, title: str, on: date, by: Actor, at: datetime, owner: str) -> Running:
    edition = catalogue.current(on)
    listed = _listed(edition, power)
    if listed.procedure is None:
        raise Refused(
            f"“{listed.name}”还没有启用流程图，暂不能在网上办理", remedy="待主管部门发布流程图后再办"
        )
    chart = procedure(edition.number, listed.procedure)
    _refuse_law_to_come(edition, chart, on)
    if isinstance(listed, OwnAffair):
        _refuse_wrong_level(chart, village)
    row = _row(listed, village, on, by, at)
    row.title = _numbered_title(listed, row) if chart.of_one_person else _title(title)
    state = start(chart, {"title": row.title, **({"owner": owner} if owner else {})})
    row.edition, row.edition_digest = edition.number, edition.digest
    row.procedure, row.state = listed.procedure, to_json(state)
    return Running(row, edition, charts.for_owner(chart, owner), state, at)


def _listed(edition: Edition, power: str) -> Power | OwnAffair:
    """The power of the list, or the procedure of that name by which the list itself is kept."""
    if f"procedures/{power}.yaml" in edition.files:
        chart = procedure(edition.number, power)
        if chart.nature == "administrative" and chart.power == power:
            return OwnAffair(power, chart.title, power)
    return catalogue.power(edition, power)


def _refuse_law_to_come(edition: Edition, chart: Procedure, on: date) -> None:
    """Refuse to begin under articles that are not in force yet on the day of the case."""
    laws = catalogue.laws(edition)
    cited = [
        one for node in chart.nodes.values() for one in (node.citation, node.limit and node.limit.citation)
    ]
    for citation in filter(None, cited):
        law = laws.get(citation.law)
        if law is not None and law.begins is not None and on < law.begins:
            raise Refused(
                f"流程图“{chart.title}”依据的《{law.title}》{law.begins}起才施行，{on}还不能按它办",
                basis=citation,
                remedy="按当时有效的清单办，或者等施行以后再办",
            )


def _refuse_wrong_level(chart: Procedure, place: str) -> None:
    """A procedure of the district's own runs at the district, one that a village begins in the village."""
    levels = {one.code: one.level for one in organisations.offices()}
    wanted = {levels.get(office) for office in chart.nodes[chart.start].offices}
    if organisations.division(place).level not in wanted:
        raise Refused(f"“{chart.title}”不在这里立项", remedy="由开头那一步的单位在自己那一级立项")


def _row(power: Power | OwnAffair, village: str, on: date, by: Actor, at: datetime) -> Case:
    organisations.division(village)
    serial = take_number(f"case/{power.number:02d}/{village}/{on.year}")
    return Case(
        number=days.case_number(power.number, village, on.year, serial),
        village=village,
        power=power.id,
        year=on.year,
        serial=serial,
        opened_on=on,
        opened_by=by.person,
        recorded_at=at,
    )
