"""One spelling for one value: canonical JSON (RFC 8785) and digests."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical_bytes(value: Any) -> bytes:
    """The canonical JSON bytes of a value of dicts, lists, strings, integers, booleans and None.

    Raises:
        rfc8785.CanonicalizationError: a value that has no exact JSON form.
    """
    return rfc8785.dumps(value)


def sha256_hex(content: bytes) -> str:
    """SHA-256 (FIPS 180-4) in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()
