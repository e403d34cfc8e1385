"""From journal entries to frozen publications."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.disclosure import queries
from mingbai.disclosure.services import rebuild_heads
from mingbai.journal.events import TypedField

pytestmark = pytest.mark.django_db

VILLAGE = "340311104201"
OTHER = "340311104202"
CASE = f"05-{VILLAGE}-2026-001"
ID_CARD = "11010519491231002X"
CANARIES = (ID_CARD, "13812345678", "张金丝雀", "6222021234567890128", "东头组12号")
Data = Callable[..., dict[str, Any]]


def test_a_publication_freezes_what_it_shows(scribe: Any) -> None:
    scribe.write("case.opened", TypedField("budget", "预算", "money", "8,600.00"))
    assert scribe.publish() == 1
    found = queries.publication(f"{VILLAGE}-1")
    assert found is not None
    assert (found.number, found.kind, found.kind_title, found.title) == (
        1,
        "case.opened",
        "立项",
        "东头水渠清淤",
    )
    assert [(field.label, field.value) for field in found.fields] == [("预算", "8,600.00")]
    assert found.power == "procurement-small-works"
    shared = queries.public_json(found.id)
    assert shared is not None
    body = base64.b64decode(shared["body"])
    assert hashlib.sha256(bytes.fromhex(shared["salt"]) + body).hexdigest() == found.digest
    assert json.loads(body)["fields"][0]["value"] == "8,600.00"


def test_an_unknown_act_is_not_published(scribe: Any) -> None:
    scribe.write("case.opened")
    scribe.write("organisations.mandate_given", TypedField("p", "姓名", "person", "张三"))
    scribe.write("case.secretly_changed")
    assert scribe.publish() == 1


def test_no_canary_ever_leaves(scribe: Any, data_of: Data) -> None:
    kinds = ("id_number", "phone", "person", "bank_account", "address")
    fields = [TypedField(kind, "栏目", kind, canary) for kind, canary in zip(kinds, CANARIES, strict=True)]
    fields += [TypedField("note", "备注", "text", f"请付给{canary}") for canary in CANARIES[:2]]
    fields += [TypedField("x", "怪", "unheard-of", CANARIES[2])]
    data = data_of(
        title=f"付{ID_CARD}工钱", papers=[{"id": "", "label": f"收据{ID_CARD}", "digest": "ab" * 32}]
    )
    scribe.write("case.opened", *fields, data={**data, "private_note": CANARIES[2]})
    scribe.write("case.step_completed", data=data_of(step="request", step_title=f"找{CANARIES[1]}"))
    assert scribe.publish() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, body FROM disclosure_publication")
        everything = " ".join(f"{title} {bytes(body).decode()}" for title, body in cursor.fetchall())
        cursor.execute("SELECT title FROM disclosure_case_head")
        everything += str(cursor.fetchall())
    assert not [canary for canary in CANARIES if canary in everything]
    found = queries.publication(f"{VILLAGE}-1")
    assert found is not None
    assert found.masked
    assert found.withheld == 1
    assert found.title == "（已遮盖）"
    assert all(field.value is None and field.masked_rule for field in found.fields)
    assert found.papers[0].label == "（已遮盖）"


def test_a_case_of_a_child_stays_in_with_all_that_belongs_to_it(scribe: Any, data_of: Data) -> None:
    scribe.write("case.opened", data=data_of(power="orphan-support"))
    scribe.write("meeting.resolved", data={"number": "1", "case": CASE})
    scribe.write("ledger.voucher_posted", data={"number": "2026-09-记-1", "case": CASE})
    assert scribe.publish() == 0


def test_a_sealed_paper_is_shown_by_label_and_salted_seal(scribe: Any, data_of: Data) -> None:
    scribe.write("case.opened", data=data_of(papers=[{"id": "none", "label": "申请书", "digest": "ab" * 32}]))
    scribe.publish()
    paper = queries.of_case(CASE)[0].papers[0]
    assert (paper.label, paper.digest, paper.masked) == ("申请书", None, True)
    assert paper.state == "原件已封存，遮盖后公开"
    assert len(paper.seal) == 64
    assert paper.seal != "ab" * 32
    assert queries.file(f"{VILLAGE}-1", "ab" * 32) is None


def test_numbers_are_gap_free_per_village_and_order_is_one(scribe: Any, data_of: Data) -> None:
    for n in range(6):
        village = (VILLAGE, OTHER)[n % 2]
        scribe.write("edition.confirmed", data={}, subject=f"village:{village}", village=village)
        scribe.write("secret.act", data={}, subject=f"village:{village}", village=village)
        scribe.publish()
    items = queries.publications(limit=50).items
    assert [item.order for item in items] == [1, 2, 3, 4, 5, 6]
    assert [item.number for item in items if item.village == OTHER] == [1, 2, 3]


def test_publishing_again_makes_nothing_new(scribe: Any) -> None:
    scribe.write("case.opened")
    assert scribe.publish() == 1
    assert scribe.publish() == 0
    assert queries.head() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disclosure_publication SET title = 'x'",
        "DELETE FROM disclosure_publication",
        'INSERT INTO disclosure_publication SELECT seq + 5, entry + 5, village, number + 5, power, "case", kind, step,'
        " title, occurred_on, recorded_at, published_at, month, voucher, signed_fen, supersedes, salt, digest, body"
        " FROM disclosure_publication",
    ],
)
def test_the_database_refuses_change_removal_and_gaps(scribe: Any, statement: str) -> None:
    scribe.write("case.opened")
    scribe.publish()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert queries.head() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_replacing_a_row_is_refused(scribe: Any) -> None:
    scribe.write("case.opened")
    scribe.publish()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT OR REPLACE INTO disclosure_publication SELECT seq + 1, entry + 1, village, number, power, "case",'
            " kind, step, 'x', occurred_on, recorded_at, published_at, month, voucher, signed_fen, supersedes, salt,"
            " digest, body FROM disclosure_publication"
        )
    assert queries.publication(f"{VILLAGE}-1") is not None


def test_a_step_done_again_supersedes_the_first(scribe: Any, data_of: Data) -> None:
    scribe.write("case.opened")
    for _ in range(2):
        scribe.write("case.step_completed", data=data_of(step="request", step_title="提出申请"))
    scribe.publish()
    assert [item.supersedes for item in queries.of_case(CASE)] == ["", "", f"{VILLAGE}-2"]


def test_the_case_list_follows_and_can_be_rebuilt(scribe: Any, data_of: Data) -> None:
    notice = {"from": "2026-09-02", "until": "2026-09-06", "days": 5}
    scribe.write("case.opened")
    scribe.write("case.notice_started", data=data_of(step="publicity", node_kind="publicity", notice=notice))
    scribe.publish()
    (head,) = queries.cases(VILLAGE)
    assert (head.number, head.here, head.due) == (CASE, ("提出申请",), date(2026, 9, 4))
    assert head.notice is not None
    assert head.notice.days_left(date(2026, 9, 4)) == 2
    assert [one.number for one in queries.on_notice(date(2026, 9, 6))] == [CASE]
    assert queries.on_notice(date(2026, 9, 7)) == ()
    assert rebuild_heads() == 1
    assert queries.cases(VILLAGE) == (head,)
    scribe.write(
        "case.step_completed", data=data_of(step="publicity", node_kind="publicity", next=[], ended="办结")
    )
    scribe.publish()
    after = queries.case(CASE)
    assert after is not None
    assert (after.notice, after.ended, after.here) == (None, "办结", ())
    assert queries.cases(OTHER) == ()


def test_money_adds_up_from_the_lines(scribe: Any) -> None:
    lines = [("2026-08-记-1", "in", 500_00, 1500_00), ("2026-09-记-1", "out", 200_00, 1300_00)]
    lines += [("2026-09-记-2", "in", 50_00, 1350_00), ("2026-08-记-2", "out", 100_00, 1250_00)]
    for number, direction, amount, balance in lines:
        data = {
            "number": number,
            "direction": direction,
            "amount_fen": amount,
            "balance_fen": balance,
            "case": "",
        }
        summary = TypedField("purpose", "摘要", "text", number)
        scribe.write("ledger.voucher_posted", summary, data=data, subject=f"village:{VILLAGE}")
    scribe.publish()
    page = queries.money(VILLAGE, "2026-09")
    assert page.months == ("2026-08", "2026-09")
    assert (page.opening.yuan(), page.income.yuan(), page.expense.yuan()) == ("1,400.00", "50.00", "200.00")
    assert page.closing.yuan() == "1,250.00"
    assert [line.balance.yuan() for line in page.lines] == ["1,200.00", "1,250.00"]
    assert [line.summary for line in page.lines] == ["2026-09-记-1", "2026-09-记-2"]
    empty = queries.money(VILLAGE, "2026-10")
    assert (empty.opening, empty.lines) == (page.closing, ())
    assert queries.money(OTHER, "2026-09").months == ()


def test_pages_go_by_key_both_ways(scribe: Any) -> None:
    for _ in range(5):
        scribe.write("edition.confirmed", data={}, subject="district:340311", village="340311")
    scribe.publish()
    first = queries.publications(limit=2)
    assert [item.order for item in first.items] == [1, 2]
    second = queries.publications(limit=2, since=first.next or 0)
    assert [item.order for item in second.items] == [3, 4]
    last = queries.publications(limit=2, since=second.next or 0)
    assert ([item.order for item in last.items], last.next) == ([5], None)
    newest = queries.publications(limit=2, newest_first=True)
    assert [item.order for item in newest.items] == [5, 4]
    assert [item.order for item in queries.publications(newest_first=True, before=newest.next).items] == [
        3,
        2,
        1,
    ]
    assert len(queries.publications(limit=10_000).items) == 5
    assert queries.publications(village=VILLAGE).items == ()


@pytest.mark.parametrize(
    "asked",
    ["", "-", "x", f"{VILLAGE}-0", f"{VILLAGE}-01", f"{VILLAGE}-１", f"{VILLAGE}-1 ", "1-" + "9" * 30],
)
def test_only_the_exact_permalink_finds(scribe: Any, asked: str) -> None:
    scribe.write("case.opened")
    scribe.publish()
    assert queries.publication(asked) is None
    assert queries.public_json(asked) is None


def test_every_read_takes_few_queries(scribe: Any, django_assert_max_num_queries: Any) -> None:
    scribe.write("case.opened")
    scribe.publish()
    reads: list[tuple[int, Callable[[], object]]] = [
        (1, lambda: queries.publication(f"{VILLAGE}-1")),
        (1, lambda: queries.publications(village=VILLAGE)),
        (1, lambda: queries.of_case(CASE)),
        (1, lambda: queries.cases(VILLAGE)),
        (1, lambda: queries.on_notice(date(2026, 9, 1))),
        (1, lambda: queries.resolutions(VILLAGE)),
        (3, lambda: queries.money(VILLAGE, "2026-09")),
    ]
    for limit, read in reads:
        with django_assert_max_num_queries(limit):
            read()
