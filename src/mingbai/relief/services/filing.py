"""Near relatives of cadres among applicants (近亲属备案): declared, or noticed because a kinship is registered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.kernel import Citation, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.relief.events import KIN_FILED
from mingbai.relief.models import Filing
from mingbai.relief.queries.access import office_for
from mingbai.relief.queries.filings import in_office
from mingbai.relief.services.moment import legal_day

FILED = Citation("dibao-measures", "第11条")


@transaction.atomic
def file_kin(
    *, village: str, case: str, applicant: str, relative: str, relation: str, by: Actor, at: datetime
) -> None:
    """File that an applicant declared to be a near relative of somebody in office.

    Raises:
        Refused: not an office of a relief chart there, no case, the relative holds no office over the village, filed.
    """
    office = office_for(by, village, legal_day(at))
    if not office or not case.strip():
        raise Refused("您的职务不办这里的救助，或者没有事项", basis=FILED, remedy="请办理的人员备案")
    if applicant == relative or not in_office(relative, village, legal_day(at)):
        raise Refused("写的亲属在这里没有职务", basis=FILED, remedy="从在职的干部、经办人员里选")
    values = {"case": case, "applicant": applicant, "relative": relative, "declared": True}
    if Filing.objects.filter(**values).exists():
        raise Refused("已经备案了", basis=FILED, remedy="不用再备案")
    Filing.objects.create(
        village=village, relation=relation.strip()[:40], person=by.person, office=office, recorded_at=at, **values
    )  # fmt: skip
    _record(village, case, by, office, at, declared=True, count=1)


@transaction.atomic
def notice_kin(*, village: str, case: str, applicant: str, by: Actor, office: str, at: datetime) -> int:
    """File every registered near relative in office whom the application did not declare; returns how many."""
    today = legal_day(at)
    known = set(Filing.objects.filter(case=case, applicant=applicant).values_list("relative", flat=True))
    kin = organisations.relatives([applicant]).get(applicant, ())
    found = [one.id for one in kin if one.id not in known and in_office(one.id, village, today)]
    for relative in dict.fromkeys(found):
        Filing.objects.create(
            village=village, case=case, applicant=applicant, relative=relative, declared=False,
            person=by.person, office=office, recorded_at=at,
        )  # fmt: skip
    if found:
        _record(village, case, by, office, at, declared=False, count=len(set(found)))
    return len(set(found))


def _record(
    village: str, case: str, by: Actor, office: str, at: datetime, *, declared: bool, count: int
) -> None:
    """That something was filed; never who, and published nowhere."""
    journal.record(
        act=KIN_FILED, village=village, subject=f"case:{case}", actor=by.person, office=office,
        occurred_on=legal_day(at), at=at, data={"case": case, "declared": declared, "count": count}, citation=FILED,
    )  # fmt: skip
