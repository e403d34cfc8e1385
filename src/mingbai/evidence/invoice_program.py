"""A program of its own: an electronic invoice on standard input, what it says as JSON on standard output.

It runs alone, with a bound on memory and on processor time, because a file from outside may be made to break its
reader. Its argument is `ofd`, `xml` or `pdf`. Needs nothing of this package.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile

MEMORY, SECONDS = 1 << 29, 10
HOSTILE = 4
MOST_PARTS, MOST_UNPACKED, MOST_PAGES, MOST_XML = 500, 32 << 20, 12, 2 << 20
_NUMBER = re.compile(r"发票号码\s*[:：]?\s*([0-9]{20}|[0-9]{8})(?![0-9])")
_CODE = re.compile(r"发票代码\s*[:：]?\s*([0-9]{12}|[0-9]{10})(?![0-9])")
_ALONE = re.compile(r"(?<![0-9])[0-9]{20}(?![0-9])")
_DAY = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_AMOUNT = re.compile(r"小写\s*[)）]?\s*[¥￥]?\s*([0-9][0-9,]*\.[0-9]{2})")
_NAME = re.compile(r"名\s*称\s*[:：]\s*(\S+)")


def from_ofd(content: bytes) -> dict[str, str | None]:
    """OFD (GB/T 33190); the directory is looked at before anything is unpacked."""
    import ofdkit

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
    names = {one.filename for one in parts}
    if (
        len(parts) > MOST_PARTS
        or len(names) < len(parts)
        or sum(one.file_size for one in parts) > MOST_UNPACKED
    ):
        sys.exit(HOSTILE)
    with ofdkit.open(content) as document:
        found = document.invoice()
    if found is None:
        return {}
    return {
        "number": found.invoice_number, "code": found.invoice_code, "seller": found.seller.name,
        "amount": found.total_amount, "day": found.issue_date,
    }  # fmt: skip


def from_xml(content: bytes) -> dict[str, str | None]:
    """The data file of a fully digitalised invoice; none of them has a document type, so one is an attack."""
    from lxml import etree

    if len(content) > MOST_XML or b"<!" in content.replace(b"<![CDATA[", b"").replace(b"<!--", b""):
        sys.exit(HOSTILE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(content, parser)
    texts: dict[str, str] = {}
    for one in root.iter("{*}*"):
        texts.setdefault(etree.QName(one).localname, (one.text or "").strip())
    if etree.QName(root).localname != "EInvoice":
        return {}
    return {
        "number": texts.get("InvoiceNumber") or texts.get("EIid"), "code": None, "seller": texts.get("SellerName"),
        "amount": texts.get("TotalTax-includedAmount"), "day": texts.get("IssueTime") or texts.get("RequestTime"),
    }  # fmt: skip


def from_pdf(content: bytes) -> dict[str, str | None]:
    """The text layer of a PDF; a scan has none."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_PAGES:
        sys.exit(HOSTILE)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    day, names, alone = _DAY.search(text), _NAME.findall(text), set(_ALONE.findall(text))
    return {
        "number": _first(_NUMBER, text) or (alone.pop() if len(alone) == 1 else None),
        "code": _first(_CODE, text),
        "seller": names[1] if len(names) > 1 else None,  # the buyer stands first
        "amount": _first(_AMOUNT, text),
        "day": f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None,
    }


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None


def main() -> int:
    """Read one file and write what it says; ends with 4 for a hostile one, with 1 for one that cannot be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    read = {"ofd": from_ofd, "xml": from_xml, "pdf": from_pdf}[sys.argv[1]]
    sys.stdout.buffer.write(json.dumps(read(sys.stdin.buffer.read())).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
