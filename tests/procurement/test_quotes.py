"""Quotes sealed until two open them: nobody reads one early, none is changed, late ones stay out."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection, transaction
from django.db.utils import DatabaseError

from mingbai.journal.models import EntryRow
from mingbai.journal.queries import entries_of
from mingbai.kernel import Money, Refused
from mingbai.organisations.services import add_person, declare_kinship
from mingbai.procurement import services
from mingbai.procurement.models import Quote
from mingbai.procurement.queries.calls import call
from mingbai.procurement.services import sealing

sys.path.insert(0, str(Path(__file__).parent))
from buying import OPENERS, VILLAGE, Called, supplier

pytestmark = pytest.mark.django_db


def dump() -> str:
    """Everything a copy of the database holds of procurement and of the journal, as text."""
    rows = [row for model in apps.get_app_config("procurement").get_models() for row in model.objects.all()]
    return serializers.serialize("json", rows) + "".join(bytes(one.content).decode() if isinstance(one.content, (bytes, memoryview)) else str(one.content) for one in EntryRow.objects.all())  # fmt: skip


def test_three_quotes_are_opened_by_two_and_the_lowest_wins(world) -> None:
    called = Called(world)
    firms = [supplier(world, n) for n in (1, 2, 3)]
    receipts = [
        called.quote(firm, yuan)
        for firm, yuan in zip(firms, ("38,000.00", "36,800.00", "37,500.00"), strict=True)
    ]
    assert call(called.number).received == 3 and call(called.number).quotes == ()
    assert called.sign(OPENERS[0]).quotes == ()
    opened = called.sign(OPENERS[1])
    assert [one.yuan for one in opened.valid] == ["38,000.00", "36,800.00", "37,500.00"]
    assert opened.winner is not None and opened.winner.supplier == "第2建筑队" and opened.enough
    for receipt, one in zip(receipts, opened.quotes, strict=True):
        said = sealing.Inside(called.number, one.uscc, one.fen, one.note, receipt.nonce)
        assert (
            sealing.commitment_of(said) == receipt.commitment == one.commitment and one.nonce == receipt.nonce
        )
    record = [one for one in entries_of("case:05-X-1") if one.act == "procurement.quotes_opened"][-1]
    assert [one["fen"] for one in record.data["quotes"]] == [3_800_000, 3_680_000, 3_750_000]


def test_a_copy_of_the_database_tells_no_price_before_the_opening(world, settings) -> None:
    called = Called(world)
    receipt = called.quote(supplier(world, 1), "36,801.37")
    (row,) = Quote.objects.all()
    written = dump()
    assert "3680137" not in written and "36801" not in written and receipt.nonce not in written
    assert not [one for one in (*called.keys.values(), *called.codes.values()) if one in written]
    # With one opener's code, or the server's own secret, the seal holds as well.
    (first, second) = (sealing.secret_of(called.keys[office]) for office in OPENERS)
    guessed = sealing.secret_of(settings.SECRET_KEY)
    for pair in ((first, first), (second, second), (second, first), (guessed, second), (first, guessed)):
        assert sealing.unseal(row.sealed, called.number, pair) is None
    assert sealing.unseal(row.sealed, "XJ-other", (first, second)) is None
    assert sealing.unseal(row.sealed, called.number, (first, second)).fen == 3_680_137


def test_one_opener_who_has_typed_early_opens_nothing(world) -> None:
    called = Called(world)
    called.quote(supplier(world, 1), "36,801.37")
    called.sign(OPENERS[0])
    assert "3680137" not in dump()
    with pytest.raises(Refused, match="已经输入过了"):
        called.sign(OPENERS[0])


def test_ciphertexts_are_of_one_length(world) -> None:
    called = Called(world)
    for serial, yuan in ((1, "1.00"), (2, "9,999,999,999.99")):
        called.quote(supplier(world, serial), yuan)
    assert len({len(row.sealed) for row in Quote.objects.all()}) == 1


def test_opening_before_the_deadline_with_a_wrong_code_or_by_a_stranger_is_refused(world) -> None:
    called = Called(world)
    with pytest.raises(Refused, match="还没有到截止时间"):
        called.sign(OPENERS[0], called.deadline - timedelta(microseconds=1))
    with pytest.raises(Refused, match="拆封码不对"):
        services.sign_opening(
            call=called.number, code=called.keys[OPENERS[1]], by=world.who(OPENERS[0]), at=called.deadline
        )
    with pytest.raises(Refused, match="不是领了拆封码"):
        services.sign_opening(
            call=called.number,
            code=called.keys[OPENERS[0]],
            by=world.who("village_committee"),
            at=called.deadline,
        )


def test_a_quote_at_the_very_deadline_is_in_time_and_one_after_it_is_late(world) -> None:
    called = Called(world)
    first, second = supplier(world, 1), supplier(world, 2)
    called.invite(second)
    assert called.quote(first, "36,800.00", called.deadline).order == 1
    with pytest.raises(Refused, match="截止时间已经过了") as late:
        called.quote(second, "30,000.00", called.deadline + timedelta(microseconds=1))
    assert (late.value.basis.law, late.value.basis.article) == ("bidding", "第28条")
    with pytest.raises(Refused, match="截止时间已经过了"):
        services.withdraw_quote(code=called.codes[first.uscc], at=called.deadline + timedelta(microseconds=1))
    called.open()
    with pytest.raises(Refused, match="已经结束了"):
        called.quote(second, "30,000.00", called.deadline)


def test_a_quote_cannot_be_dated_back_before_the_deadline(world) -> None:
    called = Called(world)
    firm = supplier(world, 1)
    called.invite(firm)
    called.sign(OPENERS[0], called.deadline + timedelta(minutes=10))
    with pytest.raises(Refused, match="时钟"):
        called.quote(firm, "30,000.00", called.deadline - timedelta(minutes=1))
    assert not Quote.objects.exists()


def test_a_quote_taken_back_does_not_count_and_another_may_be_given(world) -> None:
    called = Called(world)
    firm = supplier(world, 1)
    called.quote(firm, "40,000.00")
    with pytest.raises(Refused, match="已经报过价了"):
        called.quote(firm, "39,000.00")
    services.withdraw_quote(code=called.codes[firm.uscc], at=world.at)
    with pytest.raises(Refused, match="没有报价可以撤回"):
        services.withdraw_quote(code=called.codes[firm.uscc], at=world.at)
    called.quote(firm, "39,000.00")
    assert [(one.order, one.yuan) for one in called.open().quotes] == [(2, "39,000.00")]


def test_R04_fewer_than_three_valid_quotes_are_no_award(world) -> None:
    from mingbai.procurement.rules.quotes import refuse_few

    called = Called(world)
    for serial in (1, 2):
        called.quote(supplier(world, serial), "36,800.00")
    opened = called.open()
    assert not opened.enough
    with pytest.raises(Refused, match="有效报价只有2家") as few:
        refuse_few(len(opened.valid))
    assert few.value.basis.article == "第28条"
    services.abandon_call(
        call=called.number, reason="不足三家", by=world.who("village_committee_director"), at=called.deadline
    )
    assert call(called.number).abandoned == "不足三家"


def test_nothing_of_a_call_can_be_changed_and_what_was_changed_past_the_triggers_does_not_count(
    world, without_triggers
) -> None:
    called = Called(world)
    firms = [supplier(world, n) for n in (1, 2, 3)]
    for firm in firms:
        called.quote(firm, "36,800.00")
    (first, second, third) = Quote.objects.order_by("order")
    for change in ({"sealed": second.sealed}, {"received_at": world.at}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Quote.objects.filter(pk=first.pk).update(**change)
    publics = tuple(called_row.public for called_row in first.call.openers.order_by("id"))
    forged = sealing.Inside(called.number, firms[1].uscc, 1_000_000, "", sealing.new_nonce())
    with without_triggers():
        # Garbled, and well sealed with a commitment of its own: the journal has the one that was published.
        Quote.objects.filter(pk=first.pk).update(sealed=first.sealed[:-8] + "AAAAAAA=")
        Quote.objects.filter(pk=second.pk).update(
            sealed=sealing.seal(forged, publics), commitment=sealing.commitment_of(forged)
        )
    opened = called.open()
    assert [one.fault for one in opened.quotes] == [
        "打不开：被改动过",
        "和收到时公布的摘要对不上，被改动过",
        "",
    ]
    assert opened.valid[0].uscc == firms[2].uscc and third.order == 3


def test_two_persons_of_two_offices_open_and_not_who_asked_for_the_purchase(world) -> None:
    barred = world.person["village_supervision_committee"]
    with pytest.raises(Refused, match="提出这次采购的人"):
        Called(world, barred=(barred,))
    called = Called(world, case="05-X-2")
    with pytest.raises(Refused, match="都有人领了"):
        services.take_key(call=called.number, by=world.who("village_committee"), at=world.at)
    with pytest.raises(Refused, match="已经有一次询价"):
        Called(world, case="05-X-2")


def test_R12_kin_of_a_supplier_neither_opens_nor_invites(world) -> None:
    called = Called(world)
    by = world.who("town_government")
    brother = add_person(name="马大哈", village=VILLAGE, by=by, at=world.at)
    opener = world.person[OPENERS[1]]
    declare_kinship(person=opener, relative=brother, relation="兄弟姐妹", by=by, at=world.at)
    with pytest.raises(Refused, match="应当回避"):
        called.invite(supplier(world, 1, legal="马大哈"))
    with pytest.raises(Refused, match="应当回避"):
        called.invite(supplier(world, 2, owners=(("马大哈", 10),)))
    called.invite(supplier(world, 3))


def test_an_invalid_code_and_nonsense_sums_are_refused(world) -> None:
    called = Called(world)
    firm = supplier(world, 1)
    given = called.invite(firm)
    with pytest.raises(Refused, match="没有这个报价码"):
        services.give_quote(code="AAAA-AAAA", amount=Money(100), note="", at=world.at)
    for fen, note in ((0, ""), (-5, ""), (10**13, ""), (100, "电话13800138000")):
        with pytest.raises(Refused, match="报价要大于零"):
            services.give_quote(code=given, amount=Money(fen), note=note, at=world.at)
    assert json.loads(serializers.serialize("json", Quote.objects.all())) == []


def test_a_quote_that_does_not_meet_the_need_is_set_aside_in_public(world) -> None:
    called = Called(world)
    for serial, yuan in ((1, "20,000.00"), (2, "36,800.00"), (3, "37,000.00"), (4, "38,000.00")):
        called.quote(supplier(world, serial), yuan)
    called.open()
    with pytest.raises(Refused, match="由拆封的人说明"):
        services.set_aside(
            call=called.number,
            order=1,
            reason="没有盖板",
            by=world.who("village_committee"),
            at=called.deadline,
        )
    after = services.set_aside(
        call=called.number, order=1, reason="没有盖板", by=world.who(OPENERS[0]), at=called.deadline
    )
    assert after.winner.supplier == "第2建筑队" and "没有盖板" in after.quotes[0].fault and after.enough
    acts = [one.act for one in entries_of("case:05-X-1")]
    assert acts[-1] == "procurement.quote_set_aside"


def test_sixteen_quotes_and_an_opening_race_at_the_deadline(lasting_world) -> None:
    world = lasting_world
    called = Called(world)
    firms = [supplier(world, n) for n in range(1, 9)]
    for firm in firms:
        called.invite(firm)
    world.at  # noqa: B018 - the clock moves on
    who = {office: world.who(office) for office in OPENERS}
    moments = [called.deadline, called.deadline + timedelta(microseconds=1)] * 4
    start = Barrier(len(firms) + 2)

    def run(work) -> str:
        start.wait()
        try:
            work()
            return "done"
        except Refused as refused:
            return refused.reason
        finally:
            connection.close()

    def quoting(firm, at):
        return lambda: services.give_quote(
            code=called.codes[firm.uscc], amount=Money(3_680_000), note="", at=at
        )

    def opening(office):
        return lambda: services.sign_opening(
            call=called.number, code=called.keys[office], by=who[office], at=called.deadline
        )

    works = [quoting(firm, at) for firm, at in zip(firms, moments, strict=True)] + [
        opening(one) for one in OPENERS
    ]
    with ThreadPoolExecutor(len(works)) as pool:
        told = list(pool.map(run, works))
    assert told[-2:] == ["done", "done"]
    assert all("截止" in one or "结束" in one for one in told[1:8:2])
    opened = call(called.number)
    assert len(opened.quotes) == told[:8].count("done") == opened.received
    assert [one.order for one in opened.quotes] == list(range(1, opened.received + 1))
    assert not [one for one in opened.quotes if one.fault]
