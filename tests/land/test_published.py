"""What the public sees of land: line by line, no name, no number by which a household could be found."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingbai.catalogue import queries as catalogue
from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries import land_in
from mingbai.disclosure.rules.profiles import load_profiles
from mingbai.disclosure.services.publishing import publish_entries
from mingbai.journal.queries import entries_after
from mingbai.kernel import Money
from mingbai.land import services
from mingbai.land.models import Household
from mingbai.land.queries.payments import payment
from mingbai.land.rules.requisitions import Award, Share
from mingbai.land.services import Recipient

sys.path.insert(0, str(Path(__file__).parent))
from land_ground import CLERK, VILLAGE, let, mandate, number, parcels

pytestmark = pytest.mark.django_db
CANARIES = ("赵金丝雀", "CONTRACT-77", "PARCEL-77", "1953-07-08", number("19530708", 77), "钱受让")


def publish(world) -> None:
    files = catalogue.current(world.day).files
    entries = [one for one in entries_after(0, 5000) if one.act.startswith("land.")]
    publish_entries(entries, profiles=load_profiles(files["disclosure.yaml"]), titles={}, now=world.at)


def test_lines_are_published_and_names_and_numbers_are_not(world) -> None:
    parcels(world, ("CONTRACT-77", "赵金丝雀", "PARCEL-77", 250))
    mandate(world, "CONTRACT-77", "PARCEL-77")
    made = let(world, "PARCEL-77", recipient=Recipient("钱受让", "person", outside=False))
    by, clerk = world.who("village_committee"), world.who(CLERK)
    due = services.make_rent_list(transfer=made.number, year=1, by=clerk, at=world.at).number
    services.take_return(number=due, lines=payment(due).due, by=clerk, at=world.at)
    for who in ("bookkeeper", "town_government"):
        services.sign_payment(number=due, by=world.who(who), at=world.at)
    award = Award(
        {"arable": 200}, {"land": 300000}, {"land": 100000}, 0, (Share("CONTRACT-77", 200, {"land": 200000}),)
    )
    taken = services.register_requisition(
        village=VILLAGE, case="SX-4", title="一号路", announced_on=world.day, paper=world.paper(), award=award, by=by,
        at=world.at,
    )  # fmt: skip
    services.give_quotas(
        requisition=taken, count=1, document="1号", by=world.who("district_hr_social"), at=world.at
    )
    services.add_candidate(
        requisition=taken, household=Household.objects.get().pk, name="赵金丝雀", id_number=CANARIES[4],
        reason="病重", by=by, at=world.at,
    )  # fmt: skip
    services.publicise_quotas(requisition=taken, by=by, at=world.at)
    services.tie_vouchers(number=due, paid={"记-1": Money(200000)}, by=clerk, at=world.at)
    services.correct_requisition(
        requisition=taken, rows=[Share("CONTRACT-77", 200, {"land": 210000})], kept={"land": 90000}, collective_area=None,
        reason="少写一百元", paper=world.paper("丈量单"), by=by, at=world.at,
    )  # fmt: skip
    services.approve_requisition(
        requisition=taken, document="皖政地〔2026〕12号", authority="安徽省人民政府", on=world.day, paper=world.paper("批文"),
        by=by, at=world.at,
    )  # fmt: skip
    publish(world)
    bodies = "".join(bytes(row.body).decode() for row in PublicationRow.objects.all())
    assert not [one for one in (*CANARIES, "病重") if one in bodies]
    untyped = "".join(
        str(one.data) + "".join(field.value for field in one.fields if field.kind != "person")
        for one in entries_after(0, 5000)
    )
    assert not [one for one in CANARIES if one in untyped]
    (requisition, transfer), following = land_in(VILLAGE)
    assert following is None and requisition.taken and transfer.paid == Money(200000)
    assert {one.kind for one in requisition.later} >= {
        "land.requisition_corrected",
        "land.requisition_approved",
    }
    assert "land.payment_paid" in {one.kind for one in transfer.later}
    assert "少写一百元" in bodies and "皖政地" in bodies and "100.00" in bodies
    signed = ["land.payment_signed"] * 2
    assert [one.kind for one in transfer.later] == ["land.payment_made", *signed, "land.payment_paid"]
    with CaptureQueriesContext(connection) as asked:
        page = Client().get(f"/v/{VILLAGE}/land/").content.decode()
    assert len(asked) <= 12
    assert "2,000.00" in page and "东组" in page and "个人姓名不公开" in page and "名单公示" in page
    assert not [one for one in CANARIES if one in page]
    assert Client().get("/v/340311/land/").status_code == 404


def test_the_village_page_leads_to_its_land(world) -> None:
    page = Client().get(f"/v/{VILLAGE}/").content.decode()
    assert f"/v/{VILLAGE}/land/" in page
    assert "还没有统一流转" in Client().get(f"/v/{VILLAGE}/land/?after=x").content.decode()
