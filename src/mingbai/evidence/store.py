"""Files by digest on disk: written beside their place, synced, renamed, the folder synced (security K4)."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

from mingbai.kernel import sha256_hex

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def place(shelf: str, digest: str) -> Path:
    """Where a file lies. `shelf` is sealed, cleaned or public.

    Raises:
        ValueError: not a digest; nothing else is ever made into a path.
    """
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a digest")
    return Path(settings.MEDIA_ROOT) / shelf / digest[:2] / digest


def put(shelf: str, content: bytes) -> str:
    """Store bytes durably and return their SHA-256; the same bytes are stored once."""
    digest = sha256_hex(content)
    target = place(shelf, digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, content)
    return digest


def _write(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o440)
    Path(name).replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def get(shelf: str, digest: str) -> bytes | None:
    """The bytes, or nothing when they are absent or are no longer what their digest says (security T8)."""
    file = place(shelf, digest)
    content = file.read_bytes() if file.exists() else None
    return content if content is not None and sha256_hex(content) == digest else None
