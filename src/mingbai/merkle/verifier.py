"""Checking a whole log, and one publication, trusting nothing but the public key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from mingbai.merkle.book import Book
from mingbai.merkle.checkpoint import Checkpoint, parse_checkpoint
from mingbai.merkle.cosignature import COSIGNATURE, cosigned_at
from mingbai.merkle.note import MAX_NOTE, BadNote, open_note, parse_vkey
from mingbai.merkle.publication import Given, check_publication, parse_publication
from mingbai.merkle.report import Report
from mingbai.merkle.source import MAX_BUNDLE, MAX_PUBLICATION, MAX_TILE, Read, Unreadable, open_source
from mingbai.merkle.tile import WIDTH, bundle_path, parse_bundle, tile_path
from mingbai.merkle.tree import leaf_hash, node_hash, root_of

MAX_LEAVES = 20_000_000
MAX_BYTES = 16 * 2**30
_MAX_KEY = 1_024


def verify_log(
    where: str,
    *,
    publication: str | None = None,
    old: bytes | None = None,
    key: str | None = None,
    witnesses: Sequence[str] = (),
) -> Report:
    """Check the log at an address or in a folder; nothing is raised, everything wrong is said in the report.

    `publication` is the id of one publication to check as well; `old` is an earlier checkpoint that this log must
    continue; `key` is a verifier key learnt elsewhere, otherwise the log's own is taken and the report says so;
    `witnesses` are verifier keys of witnesses who must have cosigned.
    """
    report = Report()
    read, read_publication = open_source(where)
    try:
        name, public = _key(report, read, key)
        note = read("checkpoint", MAX_NOTE)
        head = _head(note, name, public)
        report.checkpoint = note
        report.good(f"检查点由 {name} 签名，共 {head.size} 条")
        _check_witnesses(report, note, witnesses)
        given = _given(report, read_publication, publication)
        book = Book(wanted=given.index if given else None)
        leaves = _leaves(read, head, book)
        _check_root(report, leaves, head)
        _check_tiles(report, read, leaves)
        book.conclude(report)
        if old is not None:
            _check_old(report, _head(old, name, public), head, leaves)
        if given:
            check_publication(report, given, book)
    except (Unreadable, ValueError) as error:
        report.bad(str(error) or "看不懂")
    return report


def _key(report: Report, read: Read, key: str | None) -> tuple[str, bytes]:
    if key is not None:
        return parse_vkey(key.strip())
    own = read("vkey", _MAX_KEY).decode()
    report.note(f"公钥是从日志自己那里取的，请和村务公开栏上印的核对：{own.strip()}")
    return parse_vkey(own)


def _head(note: bytes, name: str, public: bytes) -> Checkpoint:
    head = parse_checkpoint(open_note(note, name, public))
    if head.origin != name:
        raise BadNote("检查点不是这本日志的")
    if head.size > MAX_LEAVES:
        raise BadNote(f"检查点说有 {head.size} 条，多得不可信，不再读下去")
    return head


def _check_witnesses(report: Report, note: bytes, witnesses: Sequence[str]) -> None:
    for witness in witnesses:
        try:
            name, public = parse_vkey(witness.strip(), COSIGNATURE)
            at = datetime.fromtimestamp(cosigned_at(note, name, public), UTC)
            report.good(f"见证人 {name} 在 {at:%Y-%m-%d %H:%M} UTC 看过这个检查点")
        except (ValueError, OverflowError, OSError) as error:
            report.bad(str(error))


def _given(report: Report, read: Read, id: str | None) -> Given | None:
    if id is None:
        return None
    try:
        return parse_publication(read(id, MAX_PUBLICATION), id)
    except (Unreadable, ValueError) as error:
        report.bad(str(error))
        return None


def _leaves(read: Read, head: Checkpoint, book: Book) -> list[bytes]:
    """The hash of every entry; entries themselves pass by, so that memory stays small."""
    leaves: list[bytes] = []
    total = 0
    for index in range((head.size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, head.size - index * WIDTH)
        content = read(bundle_path(index, width), MAX_BUNDLE)
        entries = parse_bundle(content)
        total += len(content)
        if len(entries) != width or total > MAX_BYTES:
            raise ValueError(f"第 {index} 包应有 {width} 条，实有 {len(entries)} 条，或者大得不可信")
        for entry in entries:
            book.see(entry)
            leaves.append(leaf_hash(entry))
    return leaves


def _check_root(report: Report, leaves: list[bytes], head: Checkpoint) -> None:
    if root_of(leaves) == head.root:
        report.good(f"{head.size} 条一条不少，算出来的树根和签名的一样")
    else:
        report.bad("算出来的树根和签名的不一样：有条目被改过、换过或者少了")


def _check_tiles(report: Report, read: Read, leaves: list[bytes]) -> None:
    level, hashes, count = 0, leaves, 0
    while hashes:
        for index in range((len(hashes) + WIDTH - 1) // WIDTH):
            part = hashes[index * WIDTH : (index + 1) * WIDTH]
            path = tile_path(level, index, len(part))
            count += 1
            if read(path, MAX_TILE) != b"".join(part):
                return report.bad(f"{path} 和条目对不上")
        hashes = [_fold(hashes[at : at + WIDTH]) for at in range(0, len(hashes) // WIDTH * WIDTH, WIDTH)]
        level += 1
    return report.good(f"{count} 块树的碎片都和条目对得上")


def _fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(hashes[place], hashes[place + 1]) for place in range(0, len(hashes), 2)]
    return hashes[0]


def _check_old(report: Report, old: Checkpoint, head: Checkpoint, leaves: list[bytes]) -> None:
    if old.size <= len(leaves) and root_of(leaves[: old.size]) == old.root:
        report.good(f"接着以前记下的 {old.size} 条往后写，没有改写过")
        return
    report.bad(f"和以前记下的 {old.size} 条对不上：这本日志被改写过，请把两个检查点都留好")
    report.note(f"以前记下的：{old.size} 条，树根 {old.root.hex()}")
    report.note(f"现在看到的：{head.size} 条，树根 {head.root.hex()}")
