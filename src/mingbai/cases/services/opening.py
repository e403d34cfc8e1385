"""Opening a case: its gap-free number, the edition in force, and the first step that waits."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import CaseOpened
from mingbai.cases.models import Case
from mingbai.cases.rules import days, values
from mingbai.cases.services import signing
from mingbai.cases.services.running import Running
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.rules import Power
from mingbai.journal.numbering import take_number
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures.queries import procedure
from mingbai.procedures.rules.interpreter import start, to_json


def open_case(
    *, power: str, village: str, title: str, occurred_on: date, by: Actor, at: datetime
) -> CaseOpened:
    """Begin to exercise a power in a village, under the edition in force on the day.

    The affair of one person (relief, membership of the party) is titled by its power and number, whatever
    `title` says: the title is public, and a clerk would write the name (个人信息保护法 第6条).

    Raises:
        Refused: the power has no chart in force, the person holds no office that begins it, the title is
            empty or carries a personal number, or the day has not come.
    """
    days.refuse_future(occurred_on, days.legal_day(at))
    with transaction.atomic():
        running = _begin(power, village, title, occurred_on, by, at)
        first = running.node(running.chart.start)
        office = signing.require_office(running, first, by, occurred_on)
        running.row.save(force_insert=True)
        running.enter(running.state.marking, occurred_on)
        running.record(events.OPENED, node=None, office=office, occurred_on=occurred_on, by=by)
    return CaseOpened(running.row.number)


def _title(title: str) -> str:
    text = values.read_text("事项名称", " ".join(title.split()), longest=80)
    if not text:
        raise Refused("事项还没有名称", remedy="写明办什么事，例如“东组排水沟修复”")
    return text


def _numbered_title(power: Power, row: Case) -> str:
    return f"{power.name}（{row.year}年第{row.serial}件）"


def _begin(power: str, village: str, title: str, on: date, by: Actor, at: datetime) -> Running:
    edition = catalogue.current(on)
    listed = catalogue.power(edition, power)
    if listed.procedure is None:
        raise Refused(
            f"“{listed.name}”还没有启用流程图，暂不能在网上办理", remedy="待主管部门发布流程图后再办"
        )
    chart = procedure(edition.number, listed.procedure)
    row = _row(listed, village, on, by, at)
    row.title = _numbered_title(listed, row) if chart.of_one_person else _title(title)
    state = start(chart, {"title": row.title})
    row.edition, row.edition_digest = edition.number, edition.digest
    row.procedure, row.state = listed.procedure, to_json(state)
    return Running(row, edition, chart, state, at)


def _row(power: Power, village: str, on: date, by: Actor, at: datetime) -> Case:
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
