"""The digest of an entry: over its canonical content and the digest of the entry before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mingbai.kernel import canonical_bytes, sha256_hex


def content_of(
    fields: Sequence[Mapping[str, str]], data: Mapping[str, Any], citation: Mapping[str, str] | None
) -> str:
    """The canonical text of what an entry carries."""
    content = {"fields": list(fields), "data": dict(data), "citation": dict(citation) if citation else None}
    return canonical_bytes(content).decode()


def entry_hash(
    *,
    seq: int,
    act: str,
    village: str,
    subject: str,
    actor: str,
    office: str,
    occurred_on: date,
    recorded_at: datetime,
    content: str,
    prev_hash: str,
) -> str:
    """SHA-256 over the canonical form of the entry; changing an earlier one changes every later digest."""
    value = {
        "seq": seq, "act": act, "village": village, "subject": subject, "actor": actor, "office": office,
        "occurred_on": occurred_on.isoformat(), "recorded_at": int(recorded_at.timestamp() * 1_000_000),
        "content": content, "prev": prev_hash,
    }  # fmt: skip
    return sha256_hex(canonical_bytes({**value, "recorded_at": str(value["recorded_at"])}))
