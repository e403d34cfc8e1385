"""Writing all bulk files into a folder, or bringing it up to date: only years in which something changed are read."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from django.conf import settings

import mingbai
from mingbai.api.bulk import describing, lists, tables
from mingbai.api.bulk.tables import BY_YEAR, MONEY, Table, Told
from mingbai.api.bulk.writing import SUFFIXES, TableFiles
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import bulk, contracting
from mingbai.disclosure.rules.values import legal_day
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.translog import queries as translog
from mingbai.translog.position import one_position

NOTE = "export.json"
FORMAT = 1
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Exported:
    """What was done: rows written, files written, files removed, and how much of the log is in the folder."""

    rows: int
    written: int
    removed: int
    size: int


def export(root: Path, progress: Progress = lambda *_: None, since: int | None = None) -> Exported:
    """Write everything disclosed and logged into a folder of files; a folder of before is brought up to date.

    since: the order of a publication; only what changed after it is written, to be laid over an older folder.

    Raises:
        Refused: nothing is in the log yet, something published is not in the log yet, or the folder holds
            something else.
    """
    with one_position():
        return _Export(root, progress, since).run()


class _Export:
    def __init__(self, root: Path, progress: Progress, since: int | None) -> None:
        head = translog.head()
        if head is None:
            raise Refused("公开总账里还没有东西", remedy="先运行 mingbai work --once")
        self.order = translog.order_at(head.size)
        if disclosure.head() > self.order:
            raise Refused("刚公布的还没有进公开总账", remedy="过几秒再导")
        self.size, self.checkpoint = head.size, head.checkpoint
        self.root, self.progress = root, progress
        self.base = settings.MINGBAI_BASE_URL.rstrip("/")
        self.delta = since is not None
        self.before = _note(root)
        if since is not None:
            self.before = {"order": since, "files": {}}
        self.files: dict[str, str] = {}
        self.rows = self.written = 0
        if not self.before or self.delta:
            # A run that breaks off leaves a folder that the next one knows as its own.
            self._note({"format": FORMAT, "program": "", "files": {}})

    def run(self) -> Exported:
        """Years, lists, purchases, the log, the description; then what is no longer part of it goes."""
        if self.before.get("size") == self.size:
            return Exported(0, 0, 0, self.size)
        years = bulk.years(self.order)
        touched, earlier = bulk.years_touched(self.before.get("order", 0), self.order)
        for year in years:
            if earlier or year in touched:
                self._year(year)
            else:
                self._keep(f"{year}/")
        self._lists()
        self._purchases()
        self._log()
        self._describe(years)
        removed = self._leave_only()
        self._finish()
        return Exported(self.rows, self.written, removed, self.size)

    def _year(self, year: int) -> None:
        with self._tables(f"{year}/", BY_YEAR) as files:
            for portion in bulk.of_year(year, self.order):
                places = translog.places([one.order for one in portion])
                for one in portion:
                    for name, row in tables.rows_of(Told(one, places[one.order], self.base)):
                        files[name].add(row)
                self.progress(f"{year} 年", files["publications"].rows)

    def _lists(self) -> None:
        newest = disclosure.by_order([self.order])[0]
        on = legal_day(newest.published_at)
        with self._tables("", lists.WHOLE) as files:
            for table in lists.WHOLE:
                for row in lists.rows_of(table, on, self.base):
                    files[table.name].add(row)

    def _purchases(self) -> None:
        """Open contracting data of every village that has published purchases; unchanged villages are not read."""
        since = self.before.get("order", 0)
        touched = disclosure.places_since(since)
        for village in organisations.villages():
            path = f"ocds/{village.code}.json"
            if since and village.code not in touched:
                self._keep(path)
            elif package := contracting.contracting(village.code, base_url=self.base):
                self._put(path, _json(package))

    def _log(self) -> None:
        """The log itself, so that everything can be checked without the site."""
        for path in translog.paths_at(self.size):
            content = translog.read(path)
            if content is None:
                raise Refused("公开总账的文件还没有写全", remedy="过几秒再导")
            self._put(f"log/{path}", content)
        self._put("log/checkpoint", self.checkpoint.encode())

    def _describe(self, years: Iterable[int]) -> None:
        newest = disclosure.by_order([self.order])[0].published_at.astimezone(UTC)
        said = {"homepage": self.base, "created": newest.isoformat().replace("+00:00", "Z")}
        yearly = [
            describing.resource(table, [f"{year}/{table.name}.csv" for year in years]) for table in BY_YEAR
        ]
        whole = [describing.resource(table, [f"{table.name}.csv"]) for table in lists.WHOLE]
        self._put(
            "datapackage.json", _json(describing.package([*whole, *yearly], title="明白开放数据", **said))
        )
        self._put("dictionary.md", describing.dictionary((*lists.WHOLE, *BY_YEAR)).encode())
        money = [f"{year}/{MONEY.name}.csv" for year in years]
        self._put("fiscal.datapackage.json", _json(describing.fiscal(money, title="明白：村的账", **said)))

    @contextmanager
    def _tables(self, below: str, wanted: Iterable[Table]) -> Iterator[dict[str, TableFiles]]:
        """The files of some tables, written beside and put into place when all are whole."""
        with tempfile.TemporaryDirectory(dir=self.root) as beside:
            with ExitStack() as opened:
                files = {
                    table.name: opened.enter_context(TableFiles(table, Path(beside))) for table in wanted
                }
                yield files
            self.rows += sum(one.rows for one in files.values())
            for name in files:
                for suffix in SUFFIXES:
                    self._place(f"{below}{name}{suffix}", Path(beside) / f"{name}{suffix}")

    def _put(self, path: str, content: bytes) -> None:
        with tempfile.TemporaryDirectory(dir=self.root) as beside:
            made = Path(beside) / "file"
            made.write_bytes(content)
            self._place(path, made)

    def _place(self, path: str, made: Path) -> None:
        """Put a finished file into its place, unless what lies there is the same."""
        with made.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        self.files[path] = digest
        place = self.root / path
        if self.before.get("files", {}).get(path) == digest and place.exists():
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        made.replace(place)
        self.written += 1

    def _keep(self, beginning: str) -> None:
        known = self.before.get("files", {}).items()
        self.files |= {path: digest for path, digest in known if path.startswith(beginning)}

    def _leave_only(self) -> int:
        gone = [path for path in self.before.get("files", {}) if path not in self.files]
        for path in gone:
            (self.root / path).unlink(missing_ok=True)
        return len(gone)

    def _finish(self) -> None:
        if self.delta:
            # The folder over which it is laid has a note of its own.
            (self.root / NOTE).unlink()
            return
        said = {"format": FORMAT, "program": _program(), "size": self.size, "order": self.order}
        self._note({**said, "files": dict(sorted(self.files.items()))})

    def _note(self, said: dict[str, Any]) -> None:
        made = self.root / f"{NOTE}.new"
        made.write_bytes(_json(said))
        made.replace(self.root / NOTE)


def _json(said: object) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _note(root: Path) -> dict[str, Any]:
    """What the folder holds by its own note; empty for a new folder, or one that another program wrote.

    Raises:
        Refused: it holds something else.
    """
    root.mkdir(parents=True, exist_ok=True)
    place = root / NOTE
    if not place.exists():
        if any(root.iterdir()):
            raise Refused(f"{root} 里有别的东西，不是以前导出的数据", remedy="换一个空文件夹")
        return {}
    try:
        said: dict[str, Any] = json.loads(place.read_text("utf-8"))
        known = said["format"] == FORMAT and said["program"] == _program()
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{place} 读不懂，不知道上次导到哪里", remedy="导到一个新的空文件夹") from error
    return said if known else {"files": said["files"]}


def _program() -> str:
    """The digest of what makes the files."""
    made_of = hashlib.sha256()
    for one in sorted(Path(mingbai.__file__).parent.rglob("*.py")):
        made_of.update(one.read_bytes())
    return made_of.hexdigest()
