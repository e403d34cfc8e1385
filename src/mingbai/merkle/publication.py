"""One publication against its leaf: `sha256(salt || body)` must be the digest that the log holds."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass

from mingbai.merkle.book import Book, as_statement
from mingbai.merkle.report import Report

_HEX = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)
_MIN_SALT = 16  # bytes; a shorter one could be tried through


@dataclass(frozen=True)
class Given:
    """A publication as a site hands it out: canonical bytes, their salt, and the leaf that it claims."""

    id: str
    salt: bytes
    body: bytes
    index: int


def parse_publication(content: bytes, id: str) -> Given:
    """The JSON `{"id", "salt": hex, "body": base64, "index"}`; members of other names are left aside.

    Raises:
        ValueError: another form, or another publication's.
    """
    try:
        value = json.loads(content)
        salt, body, index = value["salt"], value["body"], value["index"]
        if value["id"] != id or type(index) is not int or not _HEX.fullmatch(salt):
            raise ValueError
        given = Given(id, bytes.fromhex(salt), base64.b64decode(body, validate=True), index)
    except (KeyError, TypeError, ValueError, RecursionError, binascii.Error) as error:
        raise ValueError(f"公布 {id} 的内容看不懂，或者是别的公布") from error
    if base64.b64encode(given.body).decode() != body or len(given.salt) < _MIN_SALT:
        raise ValueError(f"公布 {id} 的内容写法不对")
    return given


def check_publication(report: Report, given: Given, book: Book) -> None:
    """Whether the publication is, byte for byte, what the log recorded."""
    statement = as_statement(book.kept) if book.kept is not None else None
    if statement is None or statement["id"] != given.id:
        return report.bad(f"日志第 {given.index} 条说的不是公布 {given.id}")
    if statement.get("digest") != hashlib.sha256(given.salt + given.body).hexdigest():
        return report.bad(f"公布 {given.id} 和公布那天不一样：内容被改过")
    report.good(f"公布 {given.id} 和公布那天一模一样，是日志第 {given.index} 条")
    if given.id in book.superseded:
        report.note(f"公布 {given.id} 后来有更正，见 {book.superseded[given.id]}")
    return None
