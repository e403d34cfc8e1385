"""What was signed before the platform is entered as it is: what is unlawful in it is a finding, not a refusal."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingbai.journal.models import EntryRow
from mingbai.kernel import Money, Refused
from mingbai.registers import services
from mingbai.registers.queries.agreed import agreed, all_agreed, wanting
from mingbai.registers.services import NewTerms

sys.path.insert(0, str(Path(__file__).parent))
from test_agreed import VILLAGE, existing, lease
from test_objects import pond, put

pytestmark = pytest.mark.django_db
HOUSE = NewTerms(kind="house-lease", rhythm="year")


def enter(world, **more) -> str:
    by = world.who("bookkeeper")
    return services.enter_existing(village=VILLAGE, new=existing(world, **more), by=by, at=world.at).number


def test_a_term_beyond_the_law_is_entered_and_said_with_its_article(world) -> None:
    number = enter(world, ends_on=date(2059, 12, 31))
    (found,) = agreed(number, world.day).findings
    assert "到2039-12-31为止，超过部分（2040-01-01以后）无效" in found.words
    assert (found.basis.law, found.basis.article) == ("civil-code", "第705条")
    assert [one.number for one in wanting(all_agreed(VILLAGE, world.day)) if one.findings] == [number]
    assert "超过部分" in EntryRow.objects.get(act="register.contract_signed").content
    for_ever = enter(world, ends_on=date(2119, 12, 31))
    assert agreed(for_ever, world.day).findings, "even what no law knows, such as a hundred years"


def test_r46_r49_what_was_lent_or_let_too_cheap_long_ago_is_a_finding(world) -> None:
    chair = world.who("village_committee_director").name
    loan = enter(world, party=chair, terms=NewTerms(kind="loan-out"), ends_on=date(2023, 1, 1))
    assert [one.key for one in agreed(loan, world.day).findings] == ["managers"]
    cheap = enter(world, terms=replace(HOUSE, floor=Money.parse("900.00"), floor_basis="2019年村民代表会议"))
    (found,) = agreed(cheap, world.day).findings
    assert (found.key, found.basis.article) == ("floor", "第26条") and "低于底价900.00元" in found.words


def test_an_old_contract_over_a_thing_let_already_names_the_other(world) -> None:
    thing = put(world, pond(world))
    first = enter(world, terms=replace(HOUSE, objects=(thing,)))
    second = enter(world, terms=replace(HOUSE, objects=(thing,)))
    assert not agreed(first, world.day).findings
    (found,) = agreed(second, world.day).findings
    assert found.key == "object" and f"已经由合同{first}租给别人" in found.words
    with pytest.raises(Refused, match=f"已经由合同{first}"):
        lease(world, thing)


def test_what_is_signed_since_the_village_came_is_refused_as_any_new_one(world) -> None:
    new = {"signed_on": world.day, "starts_on": world.day, "ends_on": date(2059, 12, 31)}
    with pytest.raises(Refused, match="最长20年") as refusal:
        enter(world, **new)
    assert refusal.value.basis.article == "第705条"
    with pytest.raises(Refused, match="不能借给"):
        chair = world.who("village_committee_director").name
        enter(world, party=chair, terms=NewTerms(kind="loan-out"), **(new | {"ends_on": world.day}))
    with pytest.raises(Refused, match="台账里没有"):
        enter(world, terms=replace(HOUSE, objects=("ZY-0",)))


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("sale", "waste-lease", "卖给别人"), ("sale", "sale", "卖给别人"), ("pledge", "waste-lease", "抵押出去"),
        ("pledge", "sale", "抵押出去"), ("sale", "pledge", "卖给别人"), ("waste-lease", "sale", ""),
        ("waste-lease", "pledge", ""), ("waste-lease", "waste-lease", "租给别人"),
    ],
)  # fmt: skip
def test_what_is_sold_or_pledged_is_neither_let_nor_sold_again(world, first, second, words) -> None:
    thing = put(world, pond(world))
    number = lease(world, thing, kind=first, ends_on=world.day + timedelta(days=20))
    later = {"kind": second, "starts_on": world.day + timedelta(days=10)}
    if not words:
        assert lease(world, thing, **later)
        return
    with pytest.raises(Refused, match=f"由合同{number}{words}"):
        lease(world, thing, **later)
    services.end_contract(
        number=number, kind="terminated", basis="决议3", on=world.day, by=world.who("bookkeeper"), at=world.at
    )
    assert lease(world, thing, **later), "what was undone binds no more"


def test_what_is_sold_stays_sold_after_the_contracts_last_day(world) -> None:
    thing = put(world, pond(world))
    number = lease(world, thing, kind="sale", ends_on=world.day)
    with pytest.raises(Refused, match=f"从{world.day.isoformat()}起已经由合同{number}卖给别人"):
        lease(world, thing, starts_on=world.day + timedelta(days=300))
    assert lease(world, thing, kind="works", floor=None, floor_basis="", rhythm="end")
