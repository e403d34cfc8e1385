"""Workers are entered once for each village; what is known of them from outside; their allowances and appraisals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingbai.evidence import queries as evidence
from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, Confidence, Money, Refused
from mingbai.labour import events
from mingbai.labour.models import Allowance, Appraisal, ExternalState, Worker
from mingbai.labour.queries import access
from mingbai.labour.services.moment import ROLL, any_office, legal_day, record, step_office
from mingbai.organisations import queries as organisations
from mingbai.organisations import services as people
from mingbai.organisations.rules import Actor
from mingbai.organisations.services.identity import read_number

MINIMAL = Citation("pipl", "第6条")
ALLOWED_BY = Citation("vcol", "第28条第1款第2项")
ONCE = Citation("local-unknown", "本地惯例", Confidence.assumed)


@transaction.atomic
def register_worker(
    *, village: str, name: str, id_number: str, outsider: bool, by: Actor, at: datetime, person: str = ""
) -> int:
    """Enter somebody who may work for a village; `person` when registered already. Returns the worker's id.

    The identity number is read, checked and forgotten. Entered again, it is the same worker.

    Raises:
        Refused: not an office of the chart, no name, a wrong number, too young, the number stands under another name.
    """
    office = any_office(by, village, at)
    digest, birth = read_number(id_number)
    _refuse_child(birth, legal_day(at))
    hold(f"labour/who/{digest[:40]}")
    known = list(Worker.objects.filter(digest=digest).order_by("id"))
    mine = next((one for one in known if one.village == village), None)
    who = _person(known, person, name.strip(), village, by, at)
    if mine is not None:
        return int(mine.pk)
    row = Worker.objects.create(
        digest=digest, who=who, village=village, outsider=outsider, person=by.person, office=office, recorded_at=at
    )  # fmt: skip
    record(events.WORKER, village, f"worker:{row.pk}", by, office, at, worker=row.pk, outsider=outsider)
    return int(row.pk)


def _refuse_child(birth: date, on: date) -> None:
    rule = access.settings_on(on).least_age
    age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    if age < rule.value:
        raise Refused(f"不满{rule.value}周岁，不能用工", basis=rule.citation.spoken(), remedy="另请别人")


def _person(known: Sequence[Worker], person: str, name: str, village: str, by: Actor, at: datetime) -> str:
    if not name:
        raise Refused("没有写姓名", basis=ROLL, remedy="照着证件写姓名")
    if known or person:
        found = organisations.person(known[0].who if known else person)
        if found.name != name:
            raise Refused("这个身份证号或者这个人登记过别的姓名", basis=MINIMAL, remedy="照着证件核对")
        return found.id
    return people.add_person(name=name, village=village, by=by, at=at)


@dataclass(frozen=True)
class NewState:
    """One line of outside information: who (by identity number), what, from when to when."""

    id_number: str
    kind: str
    since: date
    until: date


@transaction.atomic
def import_states(*, village: str, source: str, lines: Sequence[NewState], by: Actor, at: datetime) -> int:
    """Enter what schools, hospitals, police say (R55), all or nothing; returns how many were new.

    The journal keeps how many and whose information it is, never who or what.

    Raises:
        Refused: not an office that keeps it, no source, a line that cannot be read (by its number).
    """
    office = access.states_office(by, village, legal_day(at))
    if not office:
        raise Refused("外部资料由镇里录入", basis=MINIMAL, remedy="请镇（街）办理")
    if not source.strip():
        raise Refused("没有写资料从哪里来", basis=MINIMAL, remedy="写明来源单位")
    new = sum(_state(order, one, source, by, office, at) for order, one in enumerate(lines, 1))
    record(events.STATE, village, f"states:{village}", by, office, at, count=new)
    return new


def _state(order: int, one: NewState, source: str, by: Actor, office: str, at: datetime) -> bool:
    try:
        kind = access.settings_on(legal_day(at)).state(one.kind)
        digest, _birth = read_number(one.id_number)
    except Refused as fault:
        raise Refused(f"第{order}行：{fault.reason}", basis=fault.basis, remedy=fault.remedy) from fault
    if one.until < one.since:
        raise Refused(f"第{order}行：止日在起日之前", basis=MINIMAL, remedy="核对日期")
    hold(f"labour/who/{digest[:40]}")
    _row, made = ExternalState.objects.get_or_create(
        digest=digest, kind=kind.id, since=one.since, until=one.until,
        defaults={"source": source.strip()[:100], "person": by.person, "office": office, "recorded_at": at},
    )  # fmt: skip
    return made


@transaction.atomic
def name_allowance(
    *, worker: int, case: str, monthly: Money, since: date, until: date, by: Actor, at: datetime
) -> int:
    """Enter that a person receives a fixed allowance (误工补贴) from a day to a day, as a case decided.

    Raises:
        Refused: not an office that makes pay lists, no such worker, no amount, already on one in those days.
    """
    row = worker_row(worker)
    office = step_office(by, "list", row.village, at)
    hold(f"labour/who/{row.digest[:40]}")
    if monthly.fen <= 0 or until < since or not case:
        raise Refused("误工补贴要有决定的事项、金额和起止日期", basis=ALLOWED_BY, remedy="补上再登记")
    if Allowance.objects.filter(worker__digest=row.digest, since__lte=until, until__gte=since).exists():
        raise Refused("这个人这段时间已经在领误工补贴", basis=ALLOWED_BY, remedy="核对名单")
    made = Allowance.objects.create(
        worker=row, case=case, since=since, until=until, fen=monthly.fen,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    record(events.ALLOWED, row.village, f"case:{case}", by, office, at, worker=row.pk, fen=monthly.fen)
    return int(made.pk)


@transaction.atomic
def record_appraisal(
    *, worker: int, year: int, result: str, held_on: date, paper: str, by: Actor, at: datetime
) -> None:
    """Enter how the villagers appraised a person for a year (村民委员会组织法 第38条, R56).

    Raises:
        Refused: not an office of the chart, himself, no such result, no paper, a day that is not yet, done already.
    """
    row = worker_row(worker)
    office, today = any_office(by, row.village, at), legal_day(at)
    rules = access.settings_on(today).allowance
    basis = rules.appraisal.spoken()
    if by.person == row.who:
        raise Refused("不能登记自己的评议", basis=basis, remedy="请别人登记")
    if result not in {one.id for one in rules.results}:
        raise Refused("没有这种评议结果", basis=basis, remedy="从列出的里面选")
    if not year <= held_on.year <= year + 1 or held_on > today:
        raise Refused("评议的日期和年度对不上，或者还没有到", basis=basis, remedy="核对日期")
    require_paper(paper, row.village, "评议记录")
    if Appraisal.objects.filter(worker__digest=row.digest, year=year).exists():
        raise Refused("这一年已经评议过了", basis=basis, remedy="不用再登记")
    Appraisal.objects.create(
        worker=row, year=year, result=result, held_on=held_on, paper=paper,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    record(
        events.APPRAISED,
        row.village,
        f"worker:{row.pk}",
        by,
        office,
        at,
        on=held_on,
        year=year,
        result=result,
    )


def worker_row(worker: int, village: str = "") -> Worker:
    """A worker, of that village when one is named.

    Raises:
        Refused: there is none.
    """
    row = Worker.objects.filter(pk=worker).first()
    if row is None or village not in ("", row.village):
        raise Refused("没有登记这个人", basis=ROLL, remedy="先登记务工的人")
    return row


def require_paper(paper: str, village: str, what: str) -> None:
    """Refuse when a paper of the village is not there.

    Raises:
        Refused: no such paper.
    """
    found = evidence.paper(paper) if paper else None
    if found is None or found.village != village:
        raise Refused(f"没有{what}的照片", basis=ROLL, remedy=f"拍下{what}再交")
