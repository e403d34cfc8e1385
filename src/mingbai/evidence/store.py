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
    """Store bytes durably and return their SHA-256; the same bytes are stored once, and damage is mended."""
    digest = sha256_hex(content)
    if get(shelf, digest) is None:
        _write(place(shelf, digest), content)
    return digest


def _write(target: Path, content: bytes) -> None:
    touched = [target.parent, *_parents_to_change(target.parent)]
    target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), 0o440)
        os.fsync(file.fileno())
    Path(name).replace(target)
    for folder in touched:
        _sync(folder)


def _parents_to_change(folder: Path) -> list[Path]:
    """The folders that will get a new entry when `folder` is made; each must be synced too."""
    found = []
    while not folder.exists():
        folder = folder.parent
        found.append(folder)
    return found


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def get(shelf: str, digest: str) -> bytes | None:
    """The bytes, or nothing when they are absent or are no longer what their digest says (security T8)."""
    file = place(shelf, digest)
    content = file.read_bytes() if file.exists() else None
    return content if content is not None and sha256_hex(content) == digest else None


def remove(shelf: str, digest: str) -> bool:
    """Remove the bytes of a public copy for good; returns whether there were any. No other shelf loses anything.

    Raises:
        ValueError: another shelf, or no digest.
    """
    if shelf != "public":
        raise ValueError("only a public copy is ever removed")
    file = place(shelf, digest)
    if not file.exists():
        return False
    file.unlink()
    _sync(file.parent)
    return True
