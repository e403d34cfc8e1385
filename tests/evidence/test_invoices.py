"""An invoice is used once in the district, whoever comes first; a correction lets it go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.evidence import queries
from mingbai.evidence.invoice import Invoice, InvoiceName, invoice_name
from mingbai.evidence.models import InvoiceUse
from mingbai.evidence.services import free_invoice, free_invoices, use_invoice
from mingbai.kernel import Refused

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
HERE, THERE = "340311104201", "340311104202"
DIGITAL = "26342000000012345678"
WIDE = {ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)}


def use(number: str = DIGITAL, **more):
    given = {
        "invoice": Invoice(invoice_name(number), "蚌埠某建材店", 12300, date(2026, 8, 30)),
        "village": HERE, "subject": "case:06-340311104201-2026-001", "actor": "p", "at": AT,
    }  # fmt: skip
    return use_invoice(**{**given, **more})


@pytest.mark.parametrize(
    ("number", "code", "printed"),
    [
        (DIGITAL, "", DIGITAL), (DIGITAL.translate(WIDE), "", DIGITAL),
        ("2634 2000 0000 1234-5678", "", "26342000000012345678"), ("12345678", "034002100111", "034002100111 12345678"),
        (" 12345678 ", "3400 2100 11", "3400210011 12345678"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(number, code, printed):
    assert invoice_name(number, code).printed == printed


@pytest.mark.parametrize(
    ("number", "code"),
    [("", ""), ("12345678", ""), (DIGITAL, "3400210011"), (DIGITAL[:-1], ""), ("1234567a", "3400210011"), ("٣" * 20, "")],
)  # fmt: skip
def test_what_is_no_invoice_number_is_refused(number, code):
    with pytest.raises(Refused, match="发票号码不对"):
        invoice_name(number, code)


@pytest.mark.django_db
def test_a_second_village_is_refused_and_told_where_only_if_it_may_see():
    use(voucher=f"{HERE}/2026-09-记-3")
    with pytest.raises(Refused) as blind:
        use(village=THERE, subject="case:06-340311104202-2026-009")
    assert blind.value.reason == "这张发票已经在本区用过"
    with pytest.raises(Refused) as seen:
        use(village=THERE, subject="case:x", sees=lambda village: village == HERE)
    assert "06-340311104201-2026-001" in seen.value.reason and "2026-09-记-3" in seen.value.reason


@pytest.mark.django_db
def test_what_was_spoken_for_is_paid_once_by_the_same_case():
    first = use(paper="a" * 32)
    with pytest.raises(Refused):
        use()
    assert use(voucher=f"{HERE}/2026-09-记-1") == first
    with pytest.raises(Refused):
        use(voucher=f"{HERE}/2026-09-记-2")
    (standing,) = queries.invoice_uses(HERE, "a" * 32)
    assert (standing.voucher, standing.name) == (f"{HERE}/2026-09-记-1", InvoiceName("", DIGITAL))


@pytest.mark.django_db
def test_a_corrected_voucher_lets_its_invoice_go_and_an_error_is_undone_with_a_reason():
    use(voucher="v/1")
    assert free_invoices(voucher="v/1", reason="红字冲销", actor="p", at=AT) == 1
    again = use(village=THERE)
    with pytest.raises(Refused, match="没有这张"):
        free_invoice(use=again, village=HERE, reason="错", actor="p", at=AT)
    with pytest.raises(Refused, match="没有写"):
        free_invoice(use=again, village=THERE, reason=" ", actor="p", at=AT)
    free_invoice(use=again, village=THERE, reason="登记到别的村了", actor="p", at=AT)
    third = use(voucher="v/2")
    with pytest.raises(Refused, match="已经付过款"):
        free_invoice(use=third, village=HERE, reason="错", actor="p", at=AT)
    assert list(InvoiceUse.objects.order_by("turn").values_list("turn", flat=True)) == [1, 2, 3]


@pytest.mark.django_db
def test_the_database_itself_keeps_uses_as_they_were():
    first = use()
    with pytest.raises(DatabaseError), transaction.atomic():
        InvoiceUse.objects.filter(pk=first).update(number="1")
    with pytest.raises(DatabaseError), transaction.atomic():
        InvoiceUse.objects.create(number=DIGITAL, village=THERE, subject="s", actor="p", recorded_at=AT)


@pytest.fixture
def _as_before(django_db_setup, django_db_blocker):
    """Puts the triggers back after they were lifted for the emptying of the tables."""
    lifted: list[tuple[str, str]] = []
    yield lifted
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            for _, sql in lifted:
                cursor.execute(sql)
        connection.close()


@pytest.fixture
def _many_hands(_as_before, transactional_db):
    """Committed rows, so that several threads see them. Empties the tables afterwards."""
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        _as_before.extend(cursor.fetchall())
        for name, _ in _as_before:
            cursor.execute(f"DROP TRIGGER {name}")


@pytest.mark.slow
@pytest.mark.usefixtures("_many_hands")
def test_of_eight_villages_that_use_one_invoice_at_once_one_does():
    barrier = Barrier(8)

    def hand(place: int) -> bool:
        try:
            barrier.wait(timeout=30)
            use(village=f"34031110420{place}", subject=f"case:{place}", voucher=f"v/{place}")
        except Refused as refusal:
            assert refusal.reason == "这张发票已经在本区用过"
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(hand, range(8))) == 1
    assert InvoiceUse.objects.count() == 1
