"""Publishing the signed head: tiles first, the checkpoint last, so that it never names what is not there."""

from __future__ import annotations

from mingbai.kernel import Refused
from mingbai.merkle import bundle_entries, bundle_path, tile_path
from mingbai.translog import files, keys, notes
from mingbai.translog.models import Head, Leaf
from mingbai.translog.queries import reader
from mingbai.translog.rules import WIDTH, tiles


def publish_files() -> bool:
    """Write what is missing of the published log; returns whether a new checkpoint was put in place.

    May be run again after a crash at any point: a file in place is left alone, and a tile that is in place
    with other content is never written over.

    Raises:
        Refused: a published tile differs from the committed leaves, or the published head is a later one.
    """
    head = Head.objects.filter(pk=1).exclude(note="").first()
    published = files.read("checkpoint")
    if head is None or published == head.note.encode():
        return False
    before = _published_size(published, head.size)
    for path, content in tile_files(before, head.size):
        _put(path, content)
    _put("vkey", notes.vkey(keys.load()).encode() + b"\n")
    files.write("checkpoint", head.note.encode())
    return True


def _published_size(published: bytes | None, size: int) -> int:
    known = notes.opened(published, keys.load()) if published else (0, b"")
    if known is None or known[0] > size:
        raise Refused("公开的日志头比库里的还新，或者被改过", remedy="请系统管理员停机核对是不是恢复了旧备份")
    return known[0]


def tile_files(before: int, after: int) -> list[tuple[str, bytes]]:
    """Path and content of every tile that growing from `before` to `after` leaves adds."""
    read, found = reader(), []
    for level, index, width in tiles(before, after):
        first = index * WIDTH
        if level == 0:
            found.append((bundle_path(index, width), _entries(first, first + width)))
        found.append((tile_path(level, index, width), b"".join(read(level, first, first + width))))
    return found


def _entries(first: int, after: int) -> bytes:
    rows = Leaf.objects.filter(index__gte=first, index__lt=after).order_by("index")
    return bundle_entries([bytes(content) for content in rows.values_list("statement", flat=True)])


def _put(path: str, content: bytes) -> None:
    existing = files.read(path)
    if existing is None:
        files.write(path, content)
    elif existing != content:
        remedy = "请系统管理员运行日志核对，查明原因"
        raise Refused(f"公开的日志文件 {path} 被改过，不再往上加", remedy=remedy)
