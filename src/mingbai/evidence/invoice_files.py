"""What an electronic invoice says (OFD, XML, PDF), read by a process of its own that may die without harm.

What is read is a proposal: a person confirms it. Nothing is asked of the tax office; a file that says it is an
invoice need not be one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from mingbai.evidence.invoice import Invoice, invoice_name
from mingbai.evidence.invoice_program import HOSTILE, SECONDS
from mingbai.kernel import Money, Refused

_PROGRAM = Path(__file__).with_name("invoice_program.py")
KINDS = {"ofd": "application/ofd", "xml": "application/xml", "pdf": "application/pdf"}


def kind_of(content: bytes) -> str | None:
    """`ofd`, `xml` or `pdf` when a file may be an electronic invoice by its bytes; None for all others."""
    if content.startswith(b"PK\x03\x04"):
        return "ofd" if b"OFD.xml" in content else None
    if content.startswith(b"%PDF-"):
        return "pdf"
    start = content[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "xml" if start.startswith(b"<") and b"EInvoice" in start else None


def read_invoice(content: bytes) -> Invoice | None:
    """What an electronic invoice says; None when it is none, or its number cannot be read.

    Raises:
        Refused: made to break its reader: it unpacks too large, names a part twice, declares entities.
    """
    kind = kind_of(content)
    if kind is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - our own program; its argument is one of three words of ours
            [sys.executable, "-I", str(_PROGRAM), kind], input=content, capture_output=True, timeout=SECONDS + 10, env={}
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    if done.returncode == HOSTILE:
        raise Refused(
            "这个文件不像发票：解开太大，或者里面有不该有的声明", remedy="到税务平台重新下载，或者拍成照片"
        )
    return _invoice(json.loads(done.stdout)) if done.returncode == 0 else None


def _invoice(said: dict[str, str | None]) -> Invoice | None:
    try:
        name = invoice_name(said.get("number") or "", said.get("code") or "")
    except Refused:
        return None
    return Invoice(name, (said.get("seller") or "")[:120], _fen(said.get("amount")), _day(said.get("day")))


def _fen(text: str | None) -> int | None:
    try:
        return Money.parse((text or "").replace(",", "")).fen
    except Refused:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
