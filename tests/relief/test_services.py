"""People on relief: entered once, on one scheme once in the district, paid as confirmed, published masked."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from mingbai.journal.models import EntryRow
from mingbai.kernel import Money, Refused
from mingbai.organisations.services import declare_kinship, record_departure
from mingbai.relief import services
from mingbai.relief.models import Enrolment, Member, Reading
from mingbai.relief.queries.filings import due_work, filings
from mingbai.relief.queries.payments import payment_list
from mingbai.relief.queries.people import enrolment, household
from mingbai.relief.rules.lists import Reported
from mingbai.relief.services.identity import read_number

sys.path.insert(0, str(Path(__file__).parent))
from relief_ground import OTHER, VILLAGE, enrol, home, number

pytestmark = pytest.mark.django_db
CANARY = number("19530708", 77)


def test_an_identity_number_is_not_kept_nor_any_part_of_it(world) -> None:
    view = home(world, ("赵金丝雀", "19530708", 77))
    row = Member.objects.get(household=view.id)
    assert row.digest == read_number(CANARY)[0] and row.birth == date(1953, 7, 8)
    written = "".join(str(value) for one in Member.objects.values() for value in one.values())
    assert CANARY not in written and CANARY[-4:] not in written.replace(row.digest, "").replace(row.who, "")


@pytest.mark.parametrize("wrong", ["", "34031119530708001", CANARY[:17] + "5", "340311195302300011"])
def test_a_wrong_number_is_refused_and_stands_in_no_sentence(wrong: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_number(wrong)
    assert not wrong or wrong not in refusal.value.reason + (refusal.value.remedy or "")


def test_twice_in_the_district_is_refused(world) -> None:
    first = home(world, ("李四", "19600101", 1))
    second = home(world, ("李四", "19600101", 1), village=OTHER)
    enrol(world, first.members[0].id)
    with pytest.raises(Refused, match="已经在领最低生活保障"):
        enrol(world, second.members[0].id, case="SX-2")
    with pytest.raises(Refused, match="不能同时领特困"):
        enrol(world, second.members[0].id, "tekun", "SX-3")


def test_a_member_of_a_household_on_dibao_is_on_it_too(world) -> None:
    parents = home(world, ("王五", "19600101", 2), ("王小", "19900101", 3))
    own = home(world, ("王小", "19900101", 3), village=OTHER)
    enrol(world, parents.members[0].id)
    with pytest.raises(Refused, match="王小在本区已经在领"):
        enrol(world, own.members[0].id, case="SX-2")


def test_who_left_the_household_is_covered_by_it_no_more_and_may_stand_alone(world) -> None:
    parents = home(world, ("王五", "19600101", 2), ("王小", "19900101", 3), ("王大", "19880101", 4))
    head, _son, daughter = (one.id for one in parents.members)
    enrol(world, head)
    own = home(world, ("王小", "19900101", 3), village=OTHER)
    with pytest.raises(Refused, match="已经在领"):
        enrol(world, own.members[0].id, case="SX-2")
    by, son = world.who("town_government"), next(one.id for one in parents.members if one.name == "王小")
    asked = {"member": son, "by": by, "at": world.at}
    for wrong in ({"on": date(1999, 1, 1), "reason": "婚嫁"}, {"on": world.day, "reason": "不和"}):
        with pytest.raises(Refused, match="没有选原因"):
            services.leave_household(**asked, **wrong)
    services.leave_household(on=world.day, reason="婚嫁", **asked)
    with pytest.raises(Refused, match="已经不在这一户"):
        services.leave_household(on=world.day, reason="婚嫁", **asked)
    assert household(parents.id, world.day).of(son).gone == "left"
    enrol(world, own.members[0].id, case="SX-2")
    with pytest.raises(Refused, match="已经不在这一户"):
        enrol(world, son, case="SX-3")
    assert daughter


def test_the_head_stays_while_the_household_is_paid_through_him(world) -> None:
    view = home(world, ("王五", "19600101", 2), ("王小", "19900101", 3))
    head, son = (one.id for one in view.members)
    enrol(world, head)
    by = world.who("town_government")
    with pytest.raises(Refused, match="户主不能直接离户"):
        services.leave_household(member=head, on=world.day, reason="其他", by=by, at=world.at)
    services.name_head(member=son, since=world.day, by=by, at=world.at)
    named = household(view.id, world.day)
    assert [(one.id, one.relation) for one in named.members] == [(son, "户主"), (head, "原户主")]
    assert named.head == "王小"
    with pytest.raises(Refused, match="救助发给他"):
        services.leave_household(member=head, on=world.day, reason="其他", by=by, at=world.at)
    with pytest.raises(Refused, match="已经是户主"):
        services.name_head(member=son, since=world.day, by=by, at=world.at)
    stranger = world.who("bookkeeper")
    for act in (
        lambda: services.name_head(member=head, since=world.day, by=stranger, at=world.at),
        lambda: services.name_head(member=0, since=world.day, by=by, at=world.at),
    ):
        with pytest.raises(Refused):
            act()


def test_a_household_scheme_goes_to_the_head_and_only_who_applied_is_enrolled(world) -> None:
    view = home(world, ("王五", "19600101", 2), ("王小", "19900101", 3))
    head, son = (one.id for one in view.members)
    with pytest.raises(Refused, match="整户的救助发给户主"):
        enrol(world, son)
    asked = {
        "member": head, "scheme": "dibao", "case": "SX-1", "amount": Money(65000), "since": world.day,
        "by": world.who("district_civil_affairs"), "at": world.at,
    }  # fmt: skip
    with pytest.raises(Refused, match="身份证号不是他的"):
        services.enrol(**asked, identity=number("19600101", 9))
    services.enrol(**asked, identity=number("19900101", 3))
    assert Enrolment.objects.get().member_id == head


def test_the_dead_and_who_does_not_confirm_are_refused(world) -> None:
    view = home(world, ("孙六", "19500101", 4))
    with pytest.raises(Refused, match="不确认"):
        services.enrol(
            member=view.members[0].id, scheme="dibao", case="SX-1", amount=Money(65000), since=world.day,
            by=world.who("village_clerk"), at=world.at,
        )  # fmt: skip
    who = world.who("village_clerk")
    record_departure(person=view.members[0].person, kind="died", on=world.day, by=who, at=world.at)
    with pytest.raises(Refused, match="已经去世"):
        enrol(world, view.members[0].id)


def test_a_household_page_asks_for_a_purpose_and_keeps_it(world) -> None:
    view = home(world, ("周七", "19600101", 5))
    by = world.who("district_civil_affairs")
    with pytest.raises(Refused, match="为什么看"):
        services.open_household(household=view.id, purpose="curious", by=by, at=world.at)
    services.open_household(household=view.id, purpose="review", by=by, at=world.at)
    (kept,) = Reading.objects.all()
    assert (kept.person, kept.purpose) == (by.person, "review")
    with pytest.raises(Refused, match="没有这一户"):
        services.open_household(
            household=view.id, purpose="review", by=world.who("district_justice"), at=world.at
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.all().update(purpose="payment")


def pay(world, view) -> str:
    """The list of the next month."""
    world.go_to(date(2026, 10, 8))
    by = world.who("district_civil_affairs")
    return services.make_list(village=VILLAGE, scheme="dibao", month=world.day, by=by, at=world.at).number


def report(world, list: str, source: str, *lines: tuple[int, str, int]):
    by = world.who("town_government")
    return services.take_report(
        number=list, source=source, lines=[Reported(*one) for one in lines], by=by, at=world.at
    )


def sign(world, list: str, office: str) -> int:
    return services.sign_paid(number=list, by=world.who(office), at=world.at)


def test_a_list_is_paid_only_when_three_lists_are_equal_and_two_sign(world) -> None:
    enrol(world, home(world, ("甲", "19600101", 1)).members[0].id)
    enrol(world, home(world, ("乙", "19600101", 2)).members[0].id, case="SX-2", yuan="500.00")
    list = pay(world, None)
    assert list == f"FF-{VILLAGE}-2026-001" and payment_list(list).total == Money(115000)
    with pytest.raises(Refused, match="已经有了"):
        pay(world, None)
    with pytest.raises(Refused, match="公示的名单"):
        sign(world, list, "town_government")
    report(world, list, "publicised", (1, "甲", 65000), (2, "乙", 50000))
    wrong = report(world, list, "paid", (1, "甲", 65000), (3, "丙", 50000))
    assert [(one.fault, one.name) for one in wrong.paid] == [("missing", "乙"), ("extra", "丙")]
    with pytest.raises(Refused, match="有2行"):
        sign(world, list, "town_government")
    assert report(world, list, "paid", (2, "乙", 50000), (1, "甲", 65000)).equal
    with pytest.raises(Refused, match="做名单的人"):
        sign(world, list, "district_civil_affairs")
    assert sign(world, list, "town_government") == 1
    with pytest.raises(Refused, match="签过的人"):
        sign(world, list, "town_government")
    assert sign(world, list, "district_finance") == 2
    with pytest.raises(Refused, match="不能再换"):
        report(world, list, "paid", (1, "甲", 1))


def test_a_death_found_late_is_work_and_says_what_to_ask_back(world) -> None:
    view = home(world, ("甲", "19400101", 1))
    given = services.enrol(
        member=view.members[0].id, scheme="tekun", case="SX-1", amount=Money(90000), since=world.day,
        by=world.who("district_civil_affairs"), at=world.at,
    )  # fmt: skip
    world.go_to(date(2026, 10, 8))
    list = services.make_list(
        village=VILLAGE, scheme="tekun", month=world.day, by=world.who("district_civil_affairs"), at=world.at
    ).number
    for source in ("publicised", "paid"):
        report(world, list, source, (1, "甲", 90000))
    sign(world, list, "town_government")
    sign(world, list, "district_finance") if "district_finance" in _offices("tekun", world) else sign(
        world, list, "village_clerk"
    )
    assert due_work(VILLAGE, world.day) == ()
    clerk = world.who("village_clerk")
    record_departure(person=view.members[0].person, kind="died", on=date(2026, 9, 20), by=clerk, at=world.at)
    (work,) = due_work(VILLAGE, world.day)
    assert (work.due.todo, work.overpaid, work.due.citation.article) == ("stop", Money(90000), "第48条")
    assert enrolment(given.number, world.day).stopped is None
    done = services.stop(
        number=given.number, event_on=date(2026, 9, 20), reason="本人去世，听取了家属意见",
        by=world.who("district_civil_affairs"), at=world.at,
    )  # fmt: skip
    assert done.overpaid == Money(90000) and due_work(VILLAGE, world.day) == ()
    assert enrolment(given.number, world.day).stopped == date(2026, 10, 1)


def _offices(scheme: str, world) -> frozenset[str]:
    from mingbai.relief.queries.access import matrix_on, offices_of

    return offices_of(matrix_on(world.day).scheme(scheme), world.day)


def test_kin_in_office_whom_nobody_declared_are_noticed(world) -> None:
    view = home(world, ("甲", "19600101", 1))
    person, cadre = view.members[0].person, world.person["village_committee_director"]
    declare_kinship(
        person=person, relative=cadre, relation="兄弟姐妹", by=world.who("village_clerk"), at=world.at
    )
    enrol(world, view.members[0].id)
    (one,) = filings(VILLAGE)
    assert not one.declared and one.applicant == "甲" and filings("340312") == ()
    services.file_kin(
        village=VILLAGE, case="SX-9", applicant=person, relative=cadre, relation="兄弟姐妹",
        by=world.who("town_government"), at=world.at,
    )  # fmt: skip
    assert [one.declared for one in filings("340311")] == [True, False]


def test_nothing_personal_stands_untyped_in_the_journal_or_in_public(world, caplog) -> None:
    from mingbai.catalogue import queries as catalogue
    from mingbai.disclosure.models import PublicationRow
    from mingbai.disclosure.rules.profiles import load_profiles
    from mingbai.disclosure.services.publishing import publish_entries
    from mingbai.journal.queries import entries_after

    enrol(world, home(world, ("赵金丝雀", "19530708", 77), ("赵小鸟", "20150708", 78)).members[0].id)
    child = home(world, ("钱小苗", "20140909", 79))
    enrol(world, child.members[0].id, case="SX-2", yuan="333.00")
    list = pay(world, None)
    by = world.who("district_civil_affairs")
    assert services.publish_list(number=list, by=by, at=world.at) == 1
    assert payment_list(list).publicised == ()
    untyped = "".join(
        str(one.data) + "".join(field.value for field in one.fields if field.kind not in ("person",))
        for one in entries_after(0, 5000)
    )
    canaries = (CANARY, "赵金丝雀", "钱小苗", "赵小鸟", "1953-07-08", CANARY[-4:])
    assert not [one for one in canaries if one in untyped and len(one) > 4]
    files = catalogue.current(world.day).files
    entries = [one for one in entries_after(0, 5000) if one.act.startswith("relief.")]
    made = publish_entries(entries, profiles=load_profiles(files["disclosure.yaml"]), titles={}, now=world.at)
    (row,) = PublicationRow.objects.filter(kind="relief.list_published")
    body = bytes(row.body).decode()
    assert made == 1 and "650.00" in body and "东组" in body and "333.00" not in body
    assert not [one for one in canaries if one in body + caplog.text and len(one) > 4]
    assert EntryRow.objects.filter(act="relief.list_published").count() == 1


def test_a_private_scheme_is_published_nowhere(world) -> None:
    view = home(world, ("甲", "20150101", 1))
    enrol(world, view.members[0].id, "orphan")
    world.go_to(date(2026, 10, 8))
    by = world.who("district_civil_affairs")
    list = services.make_list(village=VILLAGE, scheme="orphan", month=world.day, by=by, at=world.at).number
    with pytest.raises(Refused, match="不公开"):
        services.publish_list(number=list, by=by, at=world.at)


def test_one_of_two_villages_wins(lasting_world) -> None:
    world = lasting_world
    homes = [home(world, ("李四", "19600101", 1), village=village) for village in (VILLAGE, OTHER)]
    by, at, start = world.who("district_civil_affairs"), world.at, Barrier(2)

    def run(place: int) -> str:
        start.wait()
        try:
            return services.enrol(
                member=homes[place].members[0].id, scheme="dibao", case=f"SX-{place}", amount=Money(65000),
                since=world.day, by=by, at=at,
            ).number  # fmt: skip
        except Refused:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, (0, 1)))
    assert sum(map(bool, done)) == 1 and Enrolment.objects.count() == 1
    assert household(homes[0].id, world.day).village == VILLAGE


def test_what_left_the_bank_is_the_list_s_sum_and_a_voucher_pays_one_list(world) -> None:
    view = home(world, ("甲", "19600101", 1))
    enrol(world, view.members[0].id)
    world.wait(40)
    by = world.who("town_government")
    month = world.day.replace(day=1)
    made = services.make_list(village=VILLAGE, scheme="dibao", month=month, by=by, at=world.at)
    for wrong in ({"V1": Money(64999)}, {}, {"V1": Money(65000), "V2": Money(1)}):
        with pytest.raises(Refused, match="不一致"):
            services.tie_vouchers(number=made.number, paid=wrong, by=by, at=world.at)
    with pytest.raises(Refused):
        services.tie_vouchers(
            number=made.number, paid={"V1": made.total}, by=world.who("bookkeeper"), at=world.at
        )
    services.tie_vouchers(number=made.number, paid={"V1": Money(65000)}, by=by, at=world.at)
    assert payment_list(made.number).vouchers == ("V1",)
    with pytest.raises(Refused, match="已经有付款凭证"):
        services.tie_vouchers(number=made.number, paid={"V2": Money(65000)}, by=by, at=world.at)
