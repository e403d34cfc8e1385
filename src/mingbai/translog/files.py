"""The published folder of the log: files written beside their place, synced, renamed, the folder synced."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from mingbai.translog.rules import is_path


def folder() -> Path:
    """Where the log is published from."""
    return Path(settings.MINGBAI_DATA) / "log"


def read(path: str) -> bytes | None:
    """A published file by its path in the log; None for any path that is not exactly one of the log's."""
    if not is_path(path):
        return None
    try:
        return (folder() / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def write(path: str, content: bytes) -> None:
    """Put a file into place: a power cut leaves either the old one or the new one, whole (security K4).

    Raises:
        ValueError: not a path of the log.
    """
    if not is_path(path):
        raise ValueError(f"not a path of the log: {path}")
    target = folder() / path
    fresh = _missing(target.parent)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, target)  # noqa: PTH105 - the tests put a power cut here
    for directory in (target.parent, *fresh):
        sync_folder(directory)


def _missing(directory: Path) -> list[Path]:
    """The parents whose entries change when `directory` is made; each must be synced too."""
    found = []
    while not directory.exists():
        directory = directory.parent
        found.append(directory)
    return found


def sync_folder(directory: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time publishes files; freed when the process dies."""
    folder().mkdir(parents=True, exist_ok=True)
    handle = os.open(folder().parent / "log.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
