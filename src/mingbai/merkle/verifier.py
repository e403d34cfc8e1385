"""Checking a whole log, and one publication, trusting nothing but the public key."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, field

from mingbai.merkle.checkpoint import Checkpoint, parse_checkpoint
from mingbai.merkle.note import BadNote, open_note, parse_vkey
from mingbai.merkle.source import Read, Unreadable, open_source
from mingbai.merkle.tile import WIDTH, bundle_path, parse_bundle, tile_path
from mingbai.merkle.tree import leaf_hash, node_hash, root_of

MAX_LEAVES = 100_000_000


@dataclass
class Report:
    """What was checked, in sentences; `ok` is False as soon as one thing is wrong."""

    ok: bool = True
    lines: list[str] = field(default_factory=list)

    def good(self, sentence: str) -> None:
        """Note something that holds."""
        self.lines.append(f"对：{sentence}")

    def bad(self, sentence: str) -> None:
        """Note something that is wrong."""
        self.ok = False
        self.lines.append(f"不对：{sentence}")


def verify_log(
    where: str, *, publication: str | None = None, old: bytes | None = None, key: str | None = None
) -> Report:
    """Check the log at an address or in a folder.

    `publication` is the id of one publication to check as well; `old` is an earlier checkpoint that this log must
    continue; `key` is a verifier key learnt elsewhere, otherwise the log's own is taken and said so.
    """
    report = Report()
    read, read_publication = open_source(where)
    try:
        name, public = parse_vkey(key or read("vkey").decode().splitlines()[0])
        head = _head(read("checkpoint"), name, public)
        report.good(f"检查点由 {name} 签名，共 {head.size} 条")
        entries = _entries(read, head)
        leaves = [leaf_hash(entry) for entry in entries]
        _check_root(report, leaves, head)
        _check_tiles(report, read, leaves)
        if old is not None:
            _check_old(report, _head(old, name, public), leaves)
        if publication is not None:
            _check_publication(report, read_publication(publication), publication, entries)
    except (Unreadable, BadNote, ValueError, UnicodeDecodeError, IndexError) as error:
        report.bad(str(error) or "看不懂")
    return report


def _head(note: bytes, name: str, public: bytes) -> Checkpoint:
    head = parse_checkpoint(open_note(note, name, public))
    if head.origin != name or head.size > MAX_LEAVES:
        raise BadNote("检查点不是这本日志的")
    return head


def _entries(read: Read, head: Checkpoint) -> list[bytes]:
    entries: list[bytes] = []
    for index in range((head.size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, head.size - index * WIDTH)
        bundle = parse_bundle(read(bundle_path(index, width)))
        if len(bundle) != width:
            raise ValueError(f"第 {index} 包应有 {width} 条，实有 {len(bundle)} 条")
        entries += bundle
    return entries


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
            count += 1
            if read(tile_path(level, index, len(part))) != b"".join(part):
                report.bad(f"第 {level} 层第 {index} 块和条目对不上")
                return
        hashes = [
            _fold(hashes[start : start + WIDTH]) for start in range(0, len(hashes) // WIDTH * WIDTH, WIDTH)
        ]
        level += 1
    report.good(f"{count} 块树的碎片都和条目对得上")


def _fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(hashes[place], hashes[place + 1]) for place in range(0, len(hashes), 2)]
    return hashes[0]


def _check_old(report: Report, old: Checkpoint, leaves: list[bytes]) -> None:
    if old.size <= len(leaves) and root_of(leaves[: old.size]) == old.root:
        report.good(f"接着以前记下的 {old.size} 条往后写，没有改写过")
    else:
        report.bad(f"和以前记下的 {old.size} 条对不上：这本日志被改写过，请把两个检查点都留好")


def _check_publication(report: Report, content: bytes, id: str, entries: list[bytes]) -> None:
    try:
        given = json.loads(content)
        salt, body, index = bytes.fromhex(given["salt"]), base64.b64decode(given["body"], validate=True), given["index"]
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise ValueError(f"公布 {id} 的内容看不懂") from error
    if not isinstance(index, int) or not 0 <= index < len(entries):
        return report.bad(f"公布 {id} 不在日志里")
    statement = json.loads(entries[index])
    if statement.get("id") != id:
        return report.bad(f"日志第 {index} 条说的不是公布 {id}")
    if statement.get("digest") != hashlib.sha256(salt + body).hexdigest():
        return report.bad(f"公布 {id} 和公布那天不一样：内容被改过")
    return report.good(f"公布 {id} 和公布那天一模一样，是日志第 {index} 条")
