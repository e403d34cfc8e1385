"""Contracts: the awarded price, a term, papers, and a number without gaps."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image

from mingbai.evidence.services import keep_paper
from mingbai.journal import queries as journal
from mingbai.kernel import Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.registers import queries
from mingbai.registers.services import sign_contract

VILLAGE = "340311104201"
OTHER = "340311104202"
CASE = "05-340311104201-2026-001"
BY = Actor("a" * 32, "赵主任", ())
NOW = datetime(2026, 9, 20, 1, 0, tzinfo=UTC)


def paper(village: str = VILLAGE) -> str:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (10, 20, 30)).save(picture, "PNG")
    kept = keep_paper(
        content=picture.getvalue(), name="ht.png", label="合同", village=village, actor=BY.person, at=NOW
    )
    return kept.id


def sign(**more: Any) -> str:
    given = {
        "village": VILLAGE, "case": CASE, "party": "蚌埠市某建筑公司", "price": Money.parse("36800.00"),
        "awarded_price": Money.parse("36800.00"), "starts_on": date(2026, 9, 15), "ends_on": date(2026, 12, 31),
        "by": BY, "office": "village_committee_director", "occurred_on": date(2026, 9, 12), "at": NOW,
    }  # fmt: skip
    given.update(more)
    given.setdefault("papers", [paper()])
    return sign_contract(**given).number


@pytest.mark.django_db
def test_a_contract_is_numbered_and_recorded():
    assert [sign(), sign()] == [f"HT-{VILLAGE}-2026-001", f"HT-{VILLAGE}-2026-002"]
    entry = journal.entries_of(f"case:{CASE}")[0]
    assert entry.act == "register.contract_signed"
    assert {f.label: f.value for f in entry.fields}["合同价款"] == "36,800.00"
    assert (entry.data["price_fen"], entry.data["started_before_signing"]) == (3680000, False)
    first = queries.contract(f"HT-{VILLAGE}-2026-001")
    assert first == queries.contracts_of(CASE)[0] and first.price == Money(3680000) and len(first.papers) == 1
    assert len(queries.contracts(VILLAGE, running_on=date(2026, 12, 31))) == 2
    assert queries.contracts(VILLAGE, running_on=date(2027, 1, 1)) == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong, reason",
    [
        ({"price": Money.parse("36800.01")}, "不一致"),
        ({"price": Money(0), "awarded_price": None}, "大于零"),
        ({"party": " "}, "合同对方"),
        ({"case": ""}, "办理事项"),
        ({"papers": []}, "合同文本"),
        ({"papers": ["f" * 32]}, "没有上传"),
        ({"ends_on": date(2026, 9, 14)}, "早于"),
        ({"ends_on": date(2099, 1, 1)}, "70年"),
        ({"occurred_on": date(2026, 9, 21)}, "今天之后"),
    ],
)
def test_what_may_not_be_signed_is_refused_and_takes_no_number(wrong, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        sign(**wrong)
    assert refusal.value.remedy
    assert journal.entries_of(f"case:{CASE}") == ()
    assert sign().endswith("-001")


@pytest.mark.django_db
def test_a_paper_of_another_village_is_refused():
    with pytest.raises(Refused, match="不是本村"):
        sign(papers=[paper(OTHER)])


@pytest.mark.django_db
def test_work_begun_before_signing_is_entered_and_marked():
    sign(starts_on=date(2026, 9, 1))
    assert journal.entries_of(f"case:{CASE}")[0].data["started_before_signing"] is True


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registers_contractrow SET price_fen = 1",
        "DELETE FROM registers_contractrow",
        "DELETE FROM registers_contractpaper",
    ],
)
def test_a_contract_cannot_be_changed_in_sql(sql):
    sign()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
