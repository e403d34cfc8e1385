"""Invoices at the desk: read, confirmed, used once in the district, taken back with a reason; and who may."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from PIL import Image

from mingbai.evidence import queries
from mingbai.evidence.invoice import Invoice, invoice_name
from mingbai.evidence.services import keep_paper, use_invoice
from mingbai.kernel import Refused
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
VILLAGE = "340311104201"
NUMBER = "26342000000012345678"
XML = (
    f"<EInvoice><Header><EIid>{NUMBER}</EIid></Header><SellerName>某建材店</SellerName>"
    "<TotalTax-includedAmount>12345.00</TotalTax-includedAmount><IssueTime>2026-03-01</IssueTime></EInvoice>"
)
TYPED = {"number": NUMBER, "code": "", "seller": "某建材店", "amount": "12,345.00", "issued_on": "2026-03-01"}


@pytest.fixture
def desk(world, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    return world


def client(person: str) -> Client:
    user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def photo(color: int = 1) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (50, 50), (color, 0, 0)).save(out, "JPEG")
    return out.getvalue()


def paper(desk, content: bytes) -> str:
    kept = keep_paper(content=content, name="f", label="发票", village=VILLAGE, actor="p", at=desk.at)
    return kept.id


def test_an_electronic_invoice_fills_the_form_and_a_person_confirms(desk):
    browser, one = client(desk.who("village_committee").person), paper(desk, XML.encode())
    page = browser.get(f"/desk/papers/{one}/invoice/").content.decode()
    assert NUMBER in page and "12,345.00" in page and "2026-03-01" in page and "请对着票面核对" in page
    assert queries.invoice_uses(VILLAGE) == ()
    assert browser.post(f"/desk/papers/{one}/invoice/", TYPED).status_code == 302
    (use,) = queries.invoice_uses(VILLAGE, one)
    assert (use.name.number, use.amount_fen, use.seller) == (NUMBER, 1234500, "某建材店")
    assert "已登记，还没付款" in browser.get(f"/desk/papers/{one}/invoice/").content.decode()


def test_a_second_paper_with_the_same_number_is_refused_until_the_first_is_taken_back(desk):
    browser = client(desk.who("village_committee").person)
    first, second = paper(desk, photo(1)), paper(desk, photo(99))
    browser.post(f"/desk/papers/{first}/invoice/", TYPED)
    refused = browser.post(f"/desk/papers/{second}/invoice/", TYPED)
    assert refused.status_code == 422 and "这张发票已经用过" in refused.content.decode()
    (use,) = queries.invoice_uses(VILLAGE)
    back = {"do": "free", "use": str(use.id), "reason": ""}
    assert browser.post(f"/desk/papers/{first}/invoice/", back).status_code == 422
    assert browser.post(f"/desk/papers/{first}/invoice/", {**back, "reason": "附错了纸"}).status_code == 302
    assert browser.post(f"/desk/papers/{second}/invoice/", TYPED).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"number": "12"}, {"amount": "abc"}, {"amount": ""}, {"seller": " "}, {"issued_on": "2026-02-31"}],
)
def test_what_is_typed_wrong_is_refused_and_stays_in_the_form(desk, wrong):
    browser, one = client(desk.who("village_committee").person), paper(desk, photo())
    answer = browser.post(f"/desk/papers/{one}/invoice/", {**TYPED, **wrong})
    assert answer.status_code == 422
    if "seller" not in wrong:
        assert "某建材店" in answer.content.decode()
    assert queries.invoice_uses(VILLAGE) == ()


def test_another_village_sees_nothing_and_a_guest_signs_in(desk):
    one = paper(desk, photo())
    stranger = keep_paper(
        content=photo(7), name="f", label="发票", village="340399999999", actor="p", at=desk.at
    ).id
    browser = client(desk.who("village_committee").person)
    assert browser.get(f"/desk/papers/{stranger}/invoice/").status_code == 404
    assert browser.post(f"/desk/papers/{stranger}/invoice/", TYPED).status_code == 404
    assert Client().get(f"/desk/papers/{one}/invoice/").status_code == 302


def test_what_a_case_spoke_for_is_paid_by_its_voucher_and_then_never_again(desk):
    number = desk.open()
    desk.forward(number, until="pay")
    given = {"invoice": Invoice(invoice_name(NUMBER)), "village": VILLAGE, "actor": "p", "at": desk.at}
    use_invoice(subject=f"case:{number}", **given)
    voucher = desk.do(number).voucher
    (use,) = queries.invoice_uses(VILLAGE)
    assert use.voucher == f"{VILLAGE}/{voucher}"
    with pytest.raises(Refused, match="已经在本区用过"):
        use_invoice(subject="case:another", voucher="v/1", **given)
