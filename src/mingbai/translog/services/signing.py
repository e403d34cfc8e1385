"""Signing a head over what is durably committed, and never over a head that this tree does not continue."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from mingbai.kernel import Refused
from mingbai.translog import files, keys, notes
from mingbai.translog.models import Head, Leaf
from mingbai.translog.queries import reader
from mingbai.translog.rules import root_of
from mingbai.translog.services.appending import lock_head

_RESTORED = "请系统管理员停机核对：是不是恢复了旧备份？先用公开的日志把缺的补齐，再继续签发"


def ensure_key(data_dir: Path | None = None) -> str:
    """Make the log's signing key on first use, and return the public key that verifiers need.

    Raises:
        Refused: heads were already signed but the key is gone: a new key would be a new log.
    """
    file = keys.place(data_dir)
    if not file.exists():
        if files.read("checkpoint") is not None or Head.objects.exclude(note="").exists():
            keys.load()
        keys.make(file)
    return notes.vkey(keys.load())


def sign_head(at: datetime) -> bool:
    """Sign and store a checkpoint over all committed leaves; returns whether there was a new one to sign.

    Raises:
        Refused: the published or the stored head is larger than the tree or is not continued by it.
    """
    size = Leaf.objects.count()
    if not _is_behind(size):
        return False
    ensure_key()
    with transaction.atomic():
        head = lock_head()
        size = Leaf.objects.count()
        _refuse_fork(head, size)
        if head.note and head.size == size:
            return False
        _store(head, size, at)
    return True


def _is_behind(size: int) -> bool:
    """Whether anything is left to do or to refuse; the usual idle pass ends here without a lock."""
    head = Head.objects.filter(pk=1).first()
    published = files.read("checkpoint")
    return head is None or not head.note or head.size != size or published != head.note.encode()


def _refuse_fork(head: Head, size: int) -> None:
    if head.note:
        _refuse_unless_continued(head.size, bytes(head.root), size)
    published = files.read("checkpoint")
    if published is not None:
        known = notes.opened(published, keys.load())
        if known is None:
            raise Refused("已经公开的日志头不是本系统签的，或者被改过", remedy=_RESTORED)
        _refuse_unless_continued(*known, size)


def _refuse_unless_continued(known_size: int, known_root: bytes, size: int) -> None:
    if known_size > size:
        raise Refused(f"公开过的日志有 {known_size} 条，库里只有 {size} 条，不能再签", remedy=_RESTORED)
    if root_of(known_size, reader()) != known_root:
        raise Refused(f"库里的前 {known_size} 条和公开过的日志对不上，不能再签", remedy=_RESTORED)


def _store(head: Head, size: int, at: datetime) -> None:
    """Replace the stored head only if it is still the one that was checked."""
    root = root_of(size, reader())
    note = notes.signed(size, root, keys.load())
    stored = Head.objects.filter(pk=1, size=head.size, note=head.note).update(
        size=size, root=root, note=note, signed_at=at
    )
    if not stored:
        raise RuntimeError("the head changed while it was locked")
