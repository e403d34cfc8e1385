"""What an edition says. What was read once stays in the process: an edition never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from mingbai.catalogue.models import EditionRow
from mingbai.catalogue.rules import Catalogue, DistrictInfo, Law, Parameter, Power, read_folder
from mingbai.catalogue.rules.publicity import PublicityRow
from mingbai.kernel import BadFile, Refused, WorkingCalendar

SUFFIXES = (".yaml", ".csv")
LARGEST_FILE = 2_000_000
MOST_FILES = 20_000


@dataclass(frozen=True, eq=False)
class Edition:
    """The frozen district folder number `number`, in force from `since`."""

    number: int
    since: date
    confirmed_at: datetime
    files: Mapping[str, str]
    digest: str


_Key = tuple[int, str, date]
_editions: dict[_Key, Edition] = {}
_catalogues: dict[str, Catalogue] = {}
_reading: ContextVar[list[_Key] | None] = ContextVar("reading", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Within it the list of editions is asked for once: for a page that only reads, however often it asks.

    Nothing that confirms an edition may run within it.
    """
    token = _reading.set([])
    try:
        yield
    finally:
        _reading.reset(token)


def current(on: date) -> Edition:
    """The edition in force that day.

    Raises:
        Refused: none was yet.
    """
    key = next((one for one in _keys(since__lte=on) if one[2] <= on), None)
    return _held(key, f"{on}还没有生效的权力清单")


def latest() -> Edition:
    """The edition confirmed last, in force already or not.

    Raises:
        Refused: there is none.
    """
    return _held(next(iter(_keys()), None), "还没有确认过权力清单")


def edition(number: int) -> Edition:
    """The edition of that number.

    Raises:
        Refused: there is none.
    """
    key = next((one for one in _keys(pk=number) if one[0] == number), None)
    return _held(key, f"没有第 {number} 版权力清单")


def together(numbers: Iterable[int]) -> dict[int, Edition]:
    """These editions by number, those that do not exist left out; at most two queries."""
    keys = list(EditionRow.objects.filter(pk__in=sorted(numbers)).values_list("number", "digest", "since"))
    missing = [key[0] for key in keys if key not in _editions]
    for row in EditionRow.objects.filter(pk__in=missing) if missing else ():
        _keep(row)
    return {key[0]: _editions[key] for key in keys}


def coming(on: date) -> tuple[Edition, ...]:
    """Editions that are confirmed and not yet in force that day, the first to come first."""
    numbers = list(EditionRow.objects.filter(since__gt=on).values_list("number", flat=True))
    held = together(numbers) if numbers else {}
    return tuple(held[number] for number in sorted(held))


def _keys(**wanted: object) -> list[_Key]:
    """The newest edition that is wanted; within `one_reading` every edition, the newest first. One small query."""
    rows = EditionRow.objects.order_by("-number").values_list("number", "digest", "since")
    held = _reading.get()
    if held is None:
        return list(rows.filter(**wanted)[:1])
    if not held:
        held.extend(rows)
    return held


def _held(key: _Key | None, missing: str) -> Edition:
    """The edition of a key, read whole only once a process."""
    if key is None:
        raise Refused(missing, remedy="请区里先确认清单")
    if key not in _editions:
        _keep(EditionRow.objects.get(pk=key[0]))
    return _editions[key]


def _keep(row: EditionRow) -> None:
    held = Edition(row.number, row.since, row.confirmed_at, row.files, row.digest)
    _editions[row.number, row.digest, row.since] = held


def catalogue(edition: Edition) -> Catalogue:
    """Everything the edition says, read once a process."""
    return catalogue_of(edition.files, edition.digest)


def catalogue_of(files: Mapping[str, str], digest: str) -> Catalogue:
    """Everything files of that digest say; the same files are read once a process.

    Raises:
        BadFile: a file is wrong.
    """
    if digest not in _catalogues:
        _catalogues[digest] = read_folder(files)
    return _catalogues[digest]


def powers(edition: Edition) -> tuple[Power, ...]:
    """The powers by number."""
    return catalogue(edition).powers


def power(edition: Edition, id: str) -> Power:
    """The power with that id.

    Raises:
        Refused: the edition does not list it.
    """
    for one in powers(edition):
        if one.id == id:
            return one
    raise Refused(
        f"第 {edition.number} 版清单里没有“{id}”这项权力", remedy="清单外的权力不能行使，请从清单里选"
    )


def laws(edition: Edition) -> Mapping[str, Law]:
    """The legal register by id."""
    return catalogue(edition).laws


def parameters(edition: Edition) -> Mapping[str, Parameter]:
    """The parameters by id, those without a value too."""
    return catalogue(edition).parameters


def parameter_values(edition: Edition, on: date) -> Mapping[str, int]:
    """The figures in force that day, amounts in fen. A parameter that is not set is not there."""
    found: dict[str, int] = {}
    for id, parameter in parameters(edition).items():
        value = parameter.on(on)
        number = parameter.number(value) if value else None
        if number is not None:
            found[id] = number
    return found


def publicity(edition: Edition, place: str) -> PublicityRow | None:
    """What the edition's publicity table says of a step, named `chart.step`; None when it says nothing."""
    table = catalogue(edition).publicity
    return table.of(place) if table else None


def calendar(edition: Edition) -> WorkingCalendar:
    """Working days and holidays."""
    return catalogue(edition).calendar


def district(edition: Edition) -> DistrictInfo:
    """The district's name, code and what its site says of itself."""
    return catalogue(edition).district


def read_district(path: Path) -> Mapping[str, str]:
    """The files of a district folder: relative path → text, in order of path.

    Raises:
        BadFile: no folder, a link, a file too large or not UTF-8, or too many files.
    """
    if not path.is_dir():
        raise BadFile(str(path), 1, "没有这个区县数据目录")
    found = sorted(one for one in path.rglob("*") if one.suffix in SUFFIXES)
    if len(found) > MOST_FILES:
        raise BadFile(str(path), 1, f"文件多于 {MOST_FILES} 个")
    return {one.relative_to(path).as_posix(): _read(one, path) for one in found}


def _read(file: Path, folder: Path) -> str:
    name = file.relative_to(folder).as_posix()
    if file.is_symlink() or not file.resolve().is_relative_to(folder.resolve()):
        raise BadFile(name, 1, "不能是链接")
    if file.stat().st_size > LARGEST_FILE:
        raise BadFile(name, 1, "文件太大")
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadFile(name, 1, "不是 UTF-8 编码") from None
