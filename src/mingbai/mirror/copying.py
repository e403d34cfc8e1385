"""Making and going on with a copy: from the first page along every link, anew only where something changed.

Everything is read in one transaction, so that a copy shows one position of the records.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string

import mingbai
from mingbai.api.bulk.exporting import export
from mingbai.disclosure import queries as disclosure
from mingbai.kernel import Refused
from mingbai.mirror.folder import Folder
from mingbai.mirror.rules.addresses import ASKED_OF_SCRIPT, file_of, root_of
from mingbai.mirror.rules.freshness import Position, Since, is_fresh
from mingbai.mirror.rules.pages import data_until, rewritten
from mingbai.mirror.searching import put_search_files
from mingbai.mirror.site import Site
from mingbai.translog import queries as translog
from mingbai.translog.position import one_position

FIRST = ("/", "/find/", "/verify/", "/words/", "/powers/", "/log/vkey")
SCRIPT = "mingbai/copy.js"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Copied:
    """What was done: pages looked at anew, files written, files removed, and the position of the copy."""

    made: int
    written: int
    removed: int
    position: Position


def copy_site(
    root: Path, *, today: date, since_size: int | None = None, progress: Progress = lambda *_: None
) -> Copied:
    """Make the copy in a folder, or bring it up to date; with `since_size` only what changed after that size of the log.

    Raises:
        Refused: the folder holds something else, or the log never had that size.
    """
    with one_position():
        return _Copying(root, today, since_size, progress).run()


class _Copying:
    def __init__(self, root: Path, today: date, since_size: int | None, progress: Progress) -> None:
        self.folder = Folder(root, _program())
        self.site = Site(settings.MINGBAI_BASE_URL)
        self.progress = progress
        head = translog.head()
        self.position = Position(disclosure.head(), head.size if head else 0, today.isoformat())
        self.checkpoint = head.checkpoint if head else ""
        self.delta = since_size is not None
        self.before = _at(since_size) if since_size is not None else self.folder.position
        self.since = _since(self.before, self.position)
        self.gone = disclosure.taken_down_since(self.before.head) if self.before else ()
        self.over: Collection[str] = frozenset()
        if self.before and self.since.another_day:
            self.over = {f"/cases/{number}/" for number in disclosure.ended_cases()}
        self.waiting = list(FIRST)
        self.seen = set(self.waiting)
        self.made = 0
        self.until = ""

    def run(self) -> Copied:
        """Every page that can be reached, then the files that no page is."""
        self._need(*self._changed())
        while self.waiting:
            self._do(self.waiting.pop())
            self.progress(self.made, len(self.seen))
        self._put_others()
        if self.delta:
            self._bury()
        if self.position.size:
            export(self.folder.root / "data", since=self.before.head if self.delta and self.before else None)
        removed = 0 if self.delta else self.folder.leave_only(self.seen)
        self.folder.finish(self.position)
        if self.delta:
            self.folder.leave_no_note()
        return Copied(self.made, self.folder.written, removed, self.position)

    def _changed(self) -> list[str]:
        """Where a copy of changes begins: it cannot follow pages that it does not make."""
        if not self.delta or not self.before:
            return []
        newer = [*disclosure.ids_since(self.before.head), *(one.id for one in self.gone)]
        return [*(f"/v/{place}/" for place in sorted(self.since.places)), *(f"/p/{id}/" for id in newer)]

    def _bury(self) -> None:
        """Changes are only laid over an older copy and can remove nothing there: what was taken down becomes empty."""
        for one in self.gone:
            address = f"/p/{one.id}"
            lost = {f"{address}/papers/{digest}": kind for digest, kind in one.papers}
            for paper, kind in {**lost, f"{address}.json": "application/json"}.items():
                if not self.site.ask(paper).there:
                    self.folder.put(paper, file_of(paper, kind), b"")

    def _need(self, *addresses: str) -> None:
        for one in addresses:
            if one not in self.seen:
                self.seen.add(one)
                self.waiting.append(one)

    def _do(self, address: str) -> None:
        # The first page is always made: it says until when the data go.
        if self.before and address != "/" and is_fresh(address, self.since, self.over):
            known = self.folder.held.get(address)
            if known or self.delta:
                self._need(*(known.links if known else ()))
                return
        self._make(address)

    def _make(self, address: str) -> None:
        answer = self.site.ask(address)
        if not answer.there:
            self.seen.discard(address)
            return
        self.made += 1
        path = file_of(address, answer.kind)
        if not answer.kind.startswith("text/html"):
            self.folder.put(address, path, answer.body)
            return
        text = answer.body.decode()
        self.until = data_until(text) if address == "/" else self.until
        page, links = rewritten(text, address, path, self._file_of, settings.MINGBAI_BASE_URL.rstrip("/"))
        if address in ASKED_OF_SCRIPT:
            page, links = _with_script(page, path, address), [*links, staticfiles_storage.url(SCRIPT)]
        self._need(*links)
        self.folder.put(address, path, page.encode(), links)

    def _file_of(self, address: str) -> str:
        """The file of an address that a page leads to; a paper's depends on what it is."""
        known = self.folder.held.get(address)
        return known.path if known else file_of(address, _kind(address))

    def _put_others(self) -> None:
        """Style, scripts, the log, the index of words, and what the folder is."""
        for path in translog.paths():
            self._put(f"/log/{path}", translog.read(path) or b"")
        self._put("/log/checkpoint", self.checkpoint.encode())
        for path, content in put_search_files(self.before.head if self.before else 0, self.position.head):
            self._put(f"/{path}", content)
        if not self.delta:
            self.seen |= {one for one in self.folder.held if one.startswith("/find/b")}
        read_me = render_to_string(
            "mirror/read_me.txt", {"position": self.position, "site": settings.MINGBAI_BASE_URL}
        )
        self._put("/README.txt", read_me.encode())
        self._put("/about.js", f"mingbaiCopy({json.dumps(self.until)});\n".encode())
        self._put("/about.json", json.dumps(vars(self.position)).encode() + b"\n")

    def _put(self, address: str, content: bytes) -> None:
        self.seen.add(address)
        self.folder.put(address, address.lstrip("/"), content)


def _program() -> str:
    """The digest of what makes pages: code, templates, style."""
    root = Path(mingbai.__file__).parent
    made_of = hashlib.sha256()
    for one in sorted(root.rglob("*")):
        if one.suffix in (".py", ".html", ".txt", ".css", ".js", ".svg", ".mo"):
            made_of.update(one.relative_to(root).as_posix().encode() + b"\0" + one.read_bytes())
    return made_of.hexdigest()


def _kind(address: str) -> str:
    if "/papers/" not in address:
        return "text/html"
    _empty, _p, id, _papers, digest = address.split("/")
    found = disclosure.file(id, digest)
    return found[1] if found else "text/html"


def _with_script(page: str, path: str, address: str) -> str:
    """The page of searching or verifying with the script that answers in a copy."""
    script = root_of(path) + staticfiles_storage.url(SCRIPT).lstrip("/")
    answer = render_to_string("mirror/answer.html", {"script": script, "searching": address == "/find/"})
    return page.replace("</main>", f"{answer}</main>", 1)


def _at(size: int) -> Position:
    """The position at which the log had that size; of the day nothing is known."""
    head = translog.head()
    if size < 0 or head is None or size > head.size:
        raise Refused(f"日志没有到过 {size} 条", remedy=f"写 0 到 {head.size if head else 0} 之间的数")
    return Position(translog.order_at(size), size, "")


def _since(before: Position | None, now: Position) -> Since:
    if before is None:
        return Since(frozenset(), district=True, another_day=True)
    places = disclosure.places_since(before.head)
    villages = frozenset(one for one in places if len(one) == 12)
    return Since(villages, district=len(villages) < len(places), another_day=before.day != now.day)
