"""The frozen document: canonical bytes, a salt kept outside the log, and the digest that the log holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from mingbai.kernel import canonical_bytes

FORMAT = "mingbai/publication/1"


def seal(salt: bytes, digest: str) -> str:
    """The salted digest of a sealed original: proves it unchanged later, tells nothing of it now."""
    return hashlib.sha256(salt + bytes.fromhex(digest)).hexdigest() if digest else ""


def freeze(document: Mapping[str, Any]) -> bytes:
    """The document as canonical bytes (RFC 8785). They are stored once and never made again."""
    return canonical_bytes({"format": FORMAT, **document})


def canonical(document: Mapping[str, Any]) -> bytes:
    """What is left of a document that was taken down, with a format of its own, as canonical bytes."""
    return canonical_bytes(dict(document))


def digest_of(salt: bytes, body: bytes) -> str:
    """`sha256(salt ‖ body)` in hex, for the log's statement. A bare hash could be found by trying."""
    return hashlib.sha256(salt + body).hexdigest()


def thaw(body: bytes) -> dict[str, Any]:
    """The document again, for showing."""
    document: dict[str, Any] = json.loads(body)
    return document


def public_id(village: str, number: int) -> str:
    """The permalink of a publication: village code and its number there."""
    return f"{village}-{number}"
