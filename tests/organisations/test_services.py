"""Acts on people and offices, against the district's own data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from mingbai.journal import queries as journal
from mingbai.kernel import Refused
from mingbai.organisations import queries, services
from mingbai.organisations.models import Kinship, User
from mingbai.organisations.rules import Actor

pytestmark = pytest.mark.django_db
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
AT = datetime(2026, 9, 1, 1, tzinfo=UTC)
SINCE, DAY = date(2026, 1, 1), date(2026, 9, 1)
DABAI, SANPU, TOWN = "340311104201", "340311104203", "340311104"
BY = Actor("", "安装")
SECRET = "correct horse battery"


@pytest.fixture(autouse=True)
def district(db: None) -> None:
    services.load_divisions((DISTRICT / "divisions.csv").read_text(encoding="utf-8"))
    services.load_offices((DISTRICT / "offices.yaml").read_text(encoding="utf-8"))


def person(name: str, village: str = DABAI) -> str:
    return services.add_person(name=name, village=village, by=BY, at=AT)


def give(who: str, office: str, division: str = DABAI, since: date = SINCE, until: date | None = None):
    return services.give_mandate(
        person=who, office=office, division=division, since=since, until=until, by=BY, at=AT
    )


def test_the_district_has_75_villages_and_20_communities() -> None:
    kinds = [one.committee for one in queries.villages()]
    assert (kinds.count("villagers"), kinds.count("residents"), len(kinds)) == (75, 20, 95)
    assert len(queries.towns()) == 7
    assert queries.division(DABAI).short == "大柏村"
    assert queries.division("340311402498").committee == "none"


def test_loading_again_changes_nothing() -> None:
    before = queries.villages(), queries.offices()
    services.load_divisions((DISTRICT / "divisions.csv").read_text(encoding="utf-8"))
    services.load_offices((DISTRICT / "offices.yaml").read_text(encoding="utf-8"))
    assert (queries.villages(), queries.offices()) == before


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("大柏", ["大柏村"]),
        ("dbc", ["大柏村"]),
        ("DBC", ["大柏村"]),
        (DABAI, ["大柏村"]),
        ("荷花园", ["荷花园社区", "荷花园社区"]),
        ("虚拟", []),
        ("", []),
        ("%", []),
    ],
)
def test_find_villages(q: str, names: list[str]) -> None:
    assert [one.short for one in queries.find_villages(q)] == names


def test_villages_of_one_name_differ_by_code_and_town() -> None:
    found = queries.find_villages("荷花园")
    assert len({one.code for one in found}) == 2
    assert len({one.parent for one in found}) == 2


def test_a_mandate_is_recorded_and_counts_from_its_day() -> None:
    who = person("王建国")
    given = give(who, "bookkeeper", until=date(2026, 12, 31))
    actor = queries.actor_on(who, DAY)
    assert actor.name == "王建国"
    assert actor.holds("bookkeeper", DABAI, DAY)
    assert not queries.actor_on(who, date(2025, 12, 31)).mandates
    assert queries.holders("bookkeeper", DABAI, DAY) == (queries.PersonView(who, "王建国"),)
    assert queries.holders("bookkeeper", DABAI, date(2027, 1, 1)) == ()
    entry = journal.entries_of(f"village:{DABAI}")[-1]
    assert (entry.seq, entry.act) == (given.entry, "organisations.mandate_given")


def test_a_past_mandate_stays_for_acts_entered_late() -> None:
    who = person("李秀英")
    give(who, "bookkeeper", until=date(2026, 3, 31))
    assert queries.actor_on(who, DAY).holds("bookkeeper", DABAI, date(2026, 3, 1))
    assert not queries.actor_on(who, DAY).holds("bookkeeper", DABAI, DAY)


@pytest.mark.parametrize(
    "cadre", ["village_committee", "village_committee_director", "village_party_secretary"]
)
def test_a_cadre_cannot_sit_on_the_supervision_committee(cadre: str) -> None:
    who = person("张德才")
    give(who, cadre)
    with pytest.raises(Refused) as caught:
        give(who, "village_supervision_committee")
    assert caught.value.basis is not None
    assert caught.value.remedy
    give(who, "village_supervision_committee", division=SANPU)


def test_a_near_relative_of_a_cadre_cannot_supervise_him_nor_the_other_way_round() -> None:
    cadre, brother = person("刘长河"), person("刘守田")
    services.declare_kinship(person=cadre, relative=brother, relation="兄弟姐妹", by=BY, at=AT)
    assert queries.kin_of([brother]) == {cadre}
    give(cadre, "village_committee", until=date(2026, 6, 30))
    with pytest.raises(Refused) as caught:
        give(brother, "village_supervision_committee")
    assert caught.value.basis.law == "vcol"
    assert caught.value.basis.article == "第37条"
    give(brother, "village_supervision_committee", since=date(2026, 7, 1))
    with pytest.raises(Refused, match="近亲属"):
        give(cadre, "village_committee_director", since=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("office", "division", "reason"),
    [
        ("bookkeeper", TOWN, "不设"),
        ("town_discipline", DABAI, "不设"),
        ("bookkeeper", "340311402498", "不设"),
        ("emperor", DABAI, "没有"),
        ("bookkeeper", "999999999999", "没有代码"),
    ],
)
def test_an_office_belongs_to_its_level(office: str, division: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        give(person("陈立新"), office, division)


def test_turned_dates_and_repeated_mandates_are_refused() -> None:
    who = person("赵春梅")
    with pytest.raises(Refused, match="早于"):
        give(who, "bookkeeper", until=date(2025, 1, 1))
    give(who, "bookkeeper", until=date(2026, 6, 30))
    with pytest.raises(Refused, match="已经担任"):
        give(who, "bookkeeper", since=date(2026, 6, 30))
    give(who, "bookkeeper", since=date(2026, 7, 1))


def test_kinship_is_near_kinship_between_two_people_once() -> None:
    first, second = person("周家旺"), person("周爱华")
    for relation, relative in (("表兄弟", second), ("子女", first)):
        with pytest.raises(Refused):
            services.declare_kinship(person=first, relative=relative, relation=relation, by=BY, at=AT)
    services.declare_kinship(person=first, relative=second, relation="子女", by=BY, at=AT)
    with pytest.raises(Refused, match="已经登记"):
        services.declare_kinship(person=second, relative=first, relation="父母", by=BY, at=AT)
    assert Kinship.objects.count() == 1


def test_a_refused_act_leaves_nothing_behind() -> None:
    before = journal.head()
    with pytest.raises(Refused):
        person("  ")
    with pytest.raises(Refused):
        person("吴永福", "000000000000")
    assert journal.head() == before


def account(username: str, name: str = "", role: str = "", who: str | None = None):
    return services.create_user(
        username=username, password=SECRET, person=who, name=name, admin_role=role, at=AT
    )


def test_an_account_signs_in_with_its_password() -> None:
    opened = account("bookkeeper", who=person("徐翠莲"))
    user = User.objects.get(username="bookkeeper")
    assert user.check_password(SECRET)
    assert user.person_id == opened.person
    assert not user.is_superuser


def test_passwords_are_kept_as_argon2(settings) -> None:
    settings.PASSWORD_HASHERS = [one for one in settings.PASSWORD_HASHERS if "Argon2" in one]
    account("a", name="孙明亮")
    assert User.objects.get(username="a").password.startswith("argon2$argon2id$")


def test_the_three_administrators_are_three_persons() -> None:
    system = account("s", name="胡巧云", role="system")
    for username, name, role, who in [
        ("x", "", "security", system.person),
        ("x", "胡巧云", "security", None),
        ("x", "朱志远", "system", None),
        ("x", "朱志远", "root", None),
    ]:
        with pytest.raises(Refused):
            account(username, name, role, who)
    account("c", name="朱志远", role="security")
    account("d", name="高素琴", role="audit")
    assert User.objects.exclude(admin_role="").values("person").distinct().count() == 3


@pytest.mark.parametrize(
    "change", [{"admin_role": "security"}, {"admin_role": "system", "other": True}, {"none": True}]
)
def test_the_database_refuses_one_person_in_two_of_the_three_roles(change: dict) -> None:
    system = account("s", name="胡巧云", role="system").person
    who = person("林红霞") if change.get("other") else None if change.get("none") else system
    role = change.get("admin_role", "audit")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="t", person_id=who, admin_role=role)


@pytest.mark.parametrize(("username", "password"), [("", SECRET), ("s", "short"), ("taken", SECRET)])
def test_bad_accounts_are_refused(username: str, password: str) -> None:
    account("taken", name="何淑芬")
    with pytest.raises(Refused):
        services.create_user(username=username, password=password, name="郭传根", at=AT)
