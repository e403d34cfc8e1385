"""Electronic invoices are read as a proposal; what is made to break a reader is refused in a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import typst

from mingbai.evidence.invoice import Invoice, InvoiceName
from mingbai.evidence.invoice_files import kind_of, read_invoice
from mingbai.evidence.services import examine
from mingbai.kernel import Refused

pytestmark = pytest.mark.once
NUMBER = "26342000000012345678"
SAID = Invoice(InvoiceName("", NUMBER), "蚌埠市淮上区某建材经营部", 1234500, date(2026, 8, 30))
XML = f"""<?xml version="1.0" encoding="utf-8"?>
<EInvoice><Header><EIid>{NUMBER}</EIid></Header><EInvoiceData>
<SellerInformation><SellerName>{SAID.seller}</SellerName></SellerInformation>
<BuyerInformation><BuyerName>某村股份经济合作社</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>11654.72</TotalAmWithoutTax>
<TotalTax-includedAmount>12345.00</TotalTax-includedAmount><RequestTime>2026-08-30 10:11:12</RequestTime>
</BasicInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{NUMBER}</InvoiceNumber><IssueTime>2026-08-30</IssueTime></TaxSupervisionInfo>
</EInvoice>"""
OFD = f"""<?xml version="1.0" encoding="UTF-8"?>
<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>
<ofd:DocID>a</ofd:DocID><ofd:CustomDatas>
<ofd:CustomData Name="发票号码">{NUMBER}</ofd:CustomData><ofd:CustomData Name="开票日期">2026年08月30日</ofd:CustomData>
<ofd:CustomData Name="价税合计">12345.00</ofd:CustomData>
<ofd:CustomData Name="销售方名称">{SAID.seller}</ofd:CustomData>
</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"""
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:MaxUnitID>1</ofd:MaxUnitID>
</ofd:CommonData><ofd:Pages/></ofd:Document>"""


def ofd(root: str = OFD, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("OFD.xml", root)
        packed.writestr("Doc_0/Document.xml", DOCUMENT)
        for name, content in more.items():
            packed.writestr(name, content)
    return out.getvalue()


def test_the_data_file_of_a_digital_invoice_is_read():
    assert read_invoice(XML.encode()) == SAID
    assert examine(XML.encode()).media_type == "application/xml"


def test_an_ofd_is_read():
    assert read_invoice(ofd()) == SAID
    assert examine(ofd()).media_type == "application/ofd"


def test_the_text_of_a_pdf_is_read(tmp_path):
    lines = (
        f"发票号码：{NUMBER}",
        "开票日期：2026年08月30日",
        "名称：某村股份经济合作社",
        f"名称：{SAID.seller}",
        "（小写）¥12345.00",
    )
    (tmp_path / "a.typ").write_text(
        '#set text(font: ("Noto Sans CJK SC", "Noto Sans SC"))\n' + "\n\n".join(lines)
    )
    assert read_invoice(typst.compile(str(tmp_path / "a.typ"))) == SAID


@pytest.mark.parametrize(
    "content",
    [
        XML.replace("<EInvoice>", '<!DOCTYPE EInvoice [<!ENTITY a "b">]><EInvoice>').encode(),
        XML.encode() + b" " * (3 << 20),
        ofd(big=b"0" * (40 << 20)),
        ofd(**{f"p{n}": b"" for n in range(600)}),
    ],
    ids=["entities", "long", "bomb", "parts"],
)
def test_what_is_made_to_break_a_reader_is_refused(content):
    with pytest.raises(Refused, match="不像发票"):
        read_invoice(content)


@pytest.mark.parametrize(
    "content",
    [
        XML.replace("EInvoice", "Other").encode(), XML[:300].encode(), XML.replace(NUMBER, "12").encode(),
        ofd(OFD.replace(NUMBER, "")), ofd()[:200], b"%PDF-1.4\n%%EOF", b"", b"PK\x03\x04",
    ],
)  # fmt: skip
def test_what_says_no_invoice_is_none(content):
    assert read_invoice(content) is None
    with pytest.raises(Refused):
        examine(content if kind_of(content) != "pdf" else b"")
