"""R44 and R45: who decides or keeps the money, and his near relatives, do not sit on the body that watches him."""

from __future__ import annotations

from datetime import date

import pytest

from mingbai.kernel import Refused
from mingbai.organisations.services import add_person, declare_kinship, give_mandate

pytestmark = pytest.mark.django_db
VILLAGE = "340311104201"
WATCHED = [
    ("R44", "village_supervision_committee", "village_committee_director", "vcol", "第37条", True),
    ("R44", "village_supervision_committee", "village_committee", "vcol", "第37条", True),
    ("R45", "rce_supervisors", "rce_council", "rceo", "第34条", True),
    ("R45", "rce_supervisors", "rce_chair", "rceo", "第34条", True),
    ("R45", "rce_supervisors", "bookkeeper", "rceo", "第34条", True),
]


def appoint(world, person: str, office: str) -> None:
    by = world.who("town_government")
    give_mandate(
        person=person, office=office, division=VILLAGE, since=date(2026, 8, 1), until=None, by=by, at=world.at
    )


@pytest.mark.parametrize(("rule", "watching", "watched", "law", "article", "kin"), WATCHED)
def test_who_is_watched_and_his_kin_are_refused_at_appointment(
    world, rule, watching, watched, law, article, kin
) -> None:
    by = world.who("village_clerk")
    one, relative = (add_person(name=name, village=VILLAGE, by=by, at=world.at) for name in ("甲某", "乙某"))
    appoint(world, one, watched)
    declare_kinship(person=one, relative=relative, relation="兄弟姐妹", by=by, at=world.at)
    for person in (one, relative):
        with pytest.raises(Refused, match="不能再担任") as refusal:
            appoint(world, person, watching)
        assert (refusal.value.basis.law, refusal.value.basis.article) == (law, article)
    stranger = add_person(name="丙某", village=VILLAGE, by=by, at=world.at)
    appoint(world, stranger, watching)
    with pytest.raises(Refused, match="不能再担任"):
        appoint(world, stranger, watched)
