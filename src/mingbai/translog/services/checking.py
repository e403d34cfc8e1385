"""Checking the log against itself, its published files and the publications it speaks of (security T4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.kernel import Refused
from mingbai.merkle import leaf_hash
from mingbai.translog import files, keys, notes
from mingbai.translog.models import Head, Leaf, Node
from mingbai.translog.queries import reader
from mingbai.translog.rules import WIDTH, fold, root_of
from mingbai.translog.services.appending import statement_of
from mingbai.translog.services.publishing import tile_files

_WITHDRAWN = "publication.withdrawn"
_REPEATED = ("id", "village", "number", "power", "case", "kind", "title", "supersedes")


@dataclass(frozen=True)
class Report:
    """The outcome of a check: one Chinese line for every finding, or one that says what was checked."""

    ok: bool
    lines: tuple[str, ...]


def check_log() -> Report:
    """Compare leaves, nodes, signed head, published files and publications, each with the others."""
    wrong = [*_leaves(), *_nodes(), *_head(), *_published(), *_publications()]
    if wrong:
        return Report(False, tuple(wrong))
    return Report(True, (f"日志共 {Leaf.objects.count()} 条：叶子、树、签名、公开文件、公示内容逐条相符",))


def _leaves() -> Iterator[str]:
    for place, leaf in enumerate(Leaf.objects.order_by("index").iterator()):
        if leaf.index != place:
            yield f"日志第 {place} 条不见了，接着的是第 {leaf.index} 条"
            return
        if leaf_hash(bytes(leaf.statement)) != bytes(leaf.hash):
            yield f"日志第 {place} 条（{leaf.publication}）被改过：内容和它的哈希对不上"


def _nodes() -> Iterator[str]:
    size, level = Leaf.objects.count(), 1
    while size >> (8 * level):
        for index in range(size >> (8 * level)):
            node = Node.objects.filter(level=level, index=index).first()
            if node is None or bytes(node.hash) != _recomputed(level, index):
                yield f"树的第 {level} 层第 {index} 个节点不见了或被改过"
        level += 1


def _recomputed(level: int, index: int) -> bytes | None:
    try:
        return fold(reader()(level - 1, index * WIDTH, (index + 1) * WIDTH))
    except LookupError:
        return None


def _head() -> Iterator[str]:
    head = Head.objects.filter(pk=1).exclude(note="").first()
    if head is None:
        return
    try:
        known = notes.opened(head.note.encode(), keys.load())
    except Refused as refused:
        yield str(refused)
        return
    if known != (head.size, bytes(head.root)):
        yield "库里存的日志头被改过：签名或数目不对"
    elif head.size > Leaf.objects.count() or not _has_root(head.size, bytes(head.root)):
        yield f"签发过 {head.size} 条的日志头，库里的叶子已经对不上"


def _has_root(size: int, root: bytes) -> bool:
    try:
        return root_of(size, reader()) == root
    except LookupError:
        return False


def _published() -> Iterator[str]:
    """Every file that the published head promises; a head that waits to be published is no fault."""
    head = Head.objects.filter(pk=1).exclude(note="").first()
    checkpoint = files.read("checkpoint")
    if head is None or checkpoint is None:
        if checkpoint is not None:
            yield "有公开的日志头，库里却没有"
        return
    try:
        known = notes.opened(checkpoint, keys.load())
        if known is None or known[0] > head.size or not _has_root(*known):
            yield "公开的日志头和库里的对不上：是不是恢复了旧备份，或者被改过？"
            return
        if files.read("vkey") != notes.vkey(keys.load()).encode() + b"\n":
            yield "公开的文件 vkey 不见了或被改过"
        for path, content in tile_files(0, known[0]):
            if files.read(path) != content:
                yield f"公开的文件 {path} 不见了或被改过"
    except (LookupError, Refused) as error:
        yield f"公开的文件无法核对：{error}"


def _publications() -> Iterator[str]:
    """Every publication against its leaf and every leaf against its publication."""
    seen = set()
    logged = dict(Leaf.objects.values_list("publication", "index"))
    last = Leaf.objects.order_by("-order").values_list("order", flat=True).first() or 0
    for order, publication in _all_publications():
        if publication is None:
            yield f"第 {order} 份公示读不出来，内容被改坏了"
            continue
        seen.add(publication.id)
        if publication.id in logged:
            yield from _differences(publication, logged[publication.id])
        elif order <= last:
            yield f"{publication.village} 的公示 {publication.id} 不在日志里"
    for name in sorted(logged.keys() - seen):
        yield f"{name.rpartition('-')[0]} 的公示 {name} 不见了，日志第 {logged[name]} 条还记着它"


def _differences(publication: Publication, index: int) -> Iterator[str]:
    where = f"{publication.village} 的公示 {publication.id}（日志第 {index} 条）"
    digest = hashlib.sha256(bytes.fromhex(publication.salt) + publication.body).hexdigest()
    document = json.loads(publication.body)
    if publication.withdrawn:
        yield from _unsaid(publication, where)
    elif digest != publication.digest:
        yield f"{where}被改过：正文和摘要对不上"
    for name in _REPEATED:
        if document.get(name) != getattr(publication, name):
            yield f"{where}被改过：{name} 一栏和正文对不上"
    if document.get("occurred_on") != publication.occurred_on.isoformat():
        yield f"{where}被改过：occurred_on 一栏和正文对不上"
    leaf = Leaf.objects.filter(index=index).first()
    if leaf is None or bytes(leaf.statement) != statement_of(publication):
        yield f"{where}和日志里的记载不一样"


def _unsaid(publication: Publication, where: str) -> Iterator[str]:
    """One that was taken down has no body to compare; the publication that says so must name it and its digest."""
    said = disclosure.publication(str((publication.withdrawn or {}).get("by")))
    named = (
        (said.data.get("publication"), said.data.get("digest")) if said and said.kind == _WITHDRAWN else None
    )
    if named != (publication.id, publication.digest):
        yield f"{where}没有内容，也没有撤下它的公布"


def _all_publications() -> Iterator[tuple[int, Publication | None]]:
    """Publications in order; None for one that cannot be read. Their orders have no gap."""
    after, newest = 0, disclosure.head()
    while after < newest:
        page = _page(after, 200) or _page(after, 1)
        if not page:
            yield after + 1, None
            after += 1
            continue
        for publication in page:
            yield publication.order, publication
        after = page[-1].order


def _page(after: int, limit: int) -> tuple[Publication, ...]:
    try:
        return disclosure.publications(since=after, limit=limit).items
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()
