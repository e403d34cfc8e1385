"""A catalogue on its way to another district: powers, charts, the laws and figures they stand on; nothing of a place.

The document carries the files word by word, and beside them the powers in the words of the national standards
(`data/vocabulary.yaml`, where each term says how sure it is). Formats: JSON, or the same as a ZIP of files.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from mingbai.catalogue.rules.folder import Catalogue
from mingbai.catalogue.rules.powers import Fact, Power
from mingbai.kernel import BadFile, load_located
from mingbai.organisations.rules import read_offices

FORMAT = "mingbai-catalogue/1"
MANIFEST = "manifest.json"
LARGEST = 200_000_000
MOST_FILES = 20_000
TAKEN = ("laws.yaml", "parameters.yaml")
_FOLDERS = ("powers/", "procedures/", "crosswalk/")
_NAME = re.compile(r"(?:laws|parameters)\.yaml|(?:powers|procedures|crosswalk)/[a-z0-9][a-z0-9_-]*\.yaml")
VOCABULARY = "vocabulary.yaml"


class OfficeOut(BaseModel):
    """An office as the exporting district calls it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    title: str
    level: str


class Document(BaseModel):
    """The whole document; `items` are for reading by others, `files` are what is imported."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: str
    district: dict[str, str]
    digest: str
    vocabulary: dict[str, Any]
    offices: tuple[OfficeOut, ...]
    items: tuple[dict[str, Any], ...]
    files: dict[str, str]


@dataclass(frozen=True)
class _Words:
    """Our field → the term of the standard."""

    terms: Mapping[str, str]

    def of(self, ours: str) -> str:
        """The term, or our own word where there is none."""
        return self.terms.get(ours, ours)


def export(files: Mapping[str, str], said: Catalogue, digest: str, vocabulary: str) -> Document:
    """The catalogue of a district as a document; `vocabulary` is the text of `data/vocabulary.yaml`."""
    table = load_located(vocabulary, VOCABULARY)[0]
    standards = [{**one, "since": str(one["since"])} for one in table["standards"]]
    words = _Words({one["ours"]: one["term"] for one in table["terms"]})
    offices = read_offices(files["offices.yaml"], "offices.yaml").offices
    return Document(
        format=FORMAT,
        district={"code": said.district.code, "name": said.district.name},
        digest=digest,
        vocabulary={**table, "standards": standards},
        offices=tuple(OfficeOut(id=one.id, title=one.title, level=one.level) for one in offices),
        items=tuple(_item(power, said, words) for power in said.powers),
        files={name: text for name, text in sorted(files.items()) if _leaves(name)},
    )


def _leaves(name: str) -> bool:
    return name in TAKEN or (name.startswith(_FOLDERS) and name.endswith(".yaml"))


def _item(power: Power, said: Catalogue, words: _Words) -> dict[str, Any]:
    bases = [
        f"{said.laws[one.law].title}{'、'.join(one.articles)}" for one in power.bases if one.law in said.laws
    ]
    found: dict[str, Any] = {
        words.of("number"): power.number,
        words.of("name"): power.name,
        words.of("category"): power.category,
        words.of("nature"): power.nature_title,
        words.of("bases"): bases,
        words.of("handling_body"): power.handling_body.text,
        words.of("method"): power.method.text,
        words.of("procedure"): power.procedure or "",
    }
    lists = ("scope", "compiling_departments", "materials", "time_limits", "publicity", "discipline", "risks")
    facts: Mapping[str, tuple[Fact, ...]] = {name: getattr(power, name) for name in lists}
    return found | {words.of(name): [one.text for one in ours] for name, ours in facts.items()}


def to_json(document: Document) -> bytes:
    """The document as JSON."""
    return (json.dumps(document.model_dump(), ensure_ascii=False, indent=1) + "\n").encode()


def to_zip(document: Document) -> bytes:
    """The same as a ZIP: the files, and everything else in `manifest.json`. Same content, same bytes."""
    out = io.BytesIO()
    rest = document.model_dump(exclude={"files"})
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        held = {MANIFEST: json.dumps(rest, ensure_ascii=False, indent=1) + "\n", **document.files}
        for name, text in held.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return out.getvalue()


def read_document(content: bytes, filename: str) -> Document:
    """A document in either form.

    Raises:
        BadFile: too large, not JSON or ZIP, not this format, a name that is no file of a catalogue.
    """
    if len(content) > LARGEST:
        raise BadFile(filename, 1, "文件太大")
    data = _unzipped(content, filename) if content[:2] == b"PK" else _json(content, filename)
    try:
        document = Document.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadFile(filename, 1, f"{'.'.join(map(str, first['loc']))}：缺少或者写法不对") from error
    if document.format != FORMAT:
        raise BadFile(filename, 1, f"不认识的格式“{document.format}”，要 {FORMAT}")
    for name in document.files:
        if not _NAME.fullmatch(name):
            raise BadFile(filename, 1, f"里面有不该有的文件 {name}")
    if any(name not in document.files for name in TAKEN):
        raise BadFile(filename, 1, "缺少 laws.yaml 或者 parameters.yaml")
    return document


def _json(content: bytes, filename: str) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadFile(filename, 1, "不是 JSON，也不是 ZIP") from error


def _unzipped(content: bytes, filename: str) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > LARGEST:
                raise BadFile(filename, 1, "压缩包里的文件太多或者太大")
            held = {one.filename: archive.read(one).decode("utf-8-sig") for one in entries}
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, NotImplementedError) as error:
        raise BadFile(filename, 1, "压缩包打不开") from error
    if MANIFEST not in held:
        raise BadFile(filename, 1, f"压缩包里没有 {MANIFEST}")
    rest = _json(held.pop(MANIFEST).encode(), filename)
    return {**rest, "files": held} if isinstance(rest, dict) else rest
