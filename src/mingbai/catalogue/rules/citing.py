"""Where the files of a district cite a law: by `law:` and `article:`, or in the words of a source.

Every place is known by file, line, path and offset, so that a citation can be listed, and rewritten letter by letter
without touching the rest of the file, its comments and its layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from mingbai.catalogue.rules.articles import Mention, Place, mentions
from mingbai.catalogue.rules.law import Law

Path = tuple[str | int, ...]
_BESIDE = re.compile(r"[\s》、（）()\d年修正订第次版]*")
_STATE = "中华人民共和国"
_VERSION = re.compile(r"[（(][^（()）]*[)）]$")
_COMMENT = re.compile(r"^ *#.*$", re.MULTILINE)
_STOP = re.compile(r"[；;。\n]")


@dataclass(frozen=True)
class Citing:
    """One text that cites a law: `typed` when its law is a coded id, else found by the law's name in words.

    `found` is empty when the law is cited without an article that can be read. Offsets are in the file's text.
    """

    file: str
    line: int
    path: Path
    law: str
    text: str
    found: tuple[Mention, ...]
    typed: bool

    def places(self) -> tuple[Place, ...]:
        """The places of the law that it names."""
        return tuple(one for mention in self.found for one in mention.places)

    def where(self) -> str:
        """The path in one word: bases.3.articles.0."""
        return ".".join(str(one) for one in self.path)


def citings(files: Mapping[str, str], laws: Mapping[str, Law]) -> tuple[Citing, ...]:
    """Every citation of every law of the register in the YAML files, but in laws.yaml itself; by file and line."""
    names = law_names(laws)
    pattern = re.compile("|".join(re.escape(one) for one in sorted(names, key=len, reverse=True)) or r"(?!)")
    found: list[Citing] = []
    for file, text in sorted(files.items()):
        if file.endswith(".yaml") and file != "laws.yaml":
            found += _Reader(file, text, names, pattern).read()
    return tuple(found)


def law_names(laws: Mapping[str, Law]) -> dict[str, str]:
    """Every name by which sources call a law, to its id.

    A name without version means the law in force; one that two laws in force could mean is no name.
    """
    exact = {name: law.id for law in laws.values() for name in (law.title, law.short)}
    shorter: dict[str, set[str]] = {}
    for name, id in exact.items():
        for plain in _plainer(name):
            shorter.setdefault(plain, set()).add(id)
    found = dict(exact)
    for name, ids in shorter.items():
        meant = {id for id in ids if laws[id].status == "in_force"} or ids
        if len(meant) == 1:
            found.setdefault(name, meant.pop())
    return {name: id for name, id in found.items() if len(name) > 2}


def _plainer(name: str) -> Iterator[str]:
    plain = _VERSION.sub("", name)
    yield plain
    yield plain.removeprefix(_STATE)


class _Reader:
    """One file: its tree with the offset of every scalar."""

    def __init__(self, file: str, text: str, names: Mapping[str, str], pattern: re.Pattern[str]) -> None:
        self.file, self.text, self.names, self.pattern = file, text, names, pattern

    def read(self) -> list[Citing]:
        """Every citation of the file, in order."""
        root = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        found = list(self._walk(root, (), "")) if root is not None else []
        found += self._comments()
        return sorted(found, key=lambda one: (one.line, one.found[0].start if one.found else 0))

    def _comments(self) -> Iterator[Citing]:
        """Lines that are a comment may cite as well."""
        for comment in _COMMENT.finditer(self.text):
            line = self.text.count("\n", 0, comment.start()) + 1
            yield from self._named(comment.start(), comment[0], line, ("#",))

    def _walk(self, node: yaml.Node, path: Path, law: str) -> Iterator[Citing]:
        if isinstance(node, yaml.MappingNode):
            yield from self._mapping(node, path)
        elif isinstance(node, yaml.SequenceNode):
            for index, one in enumerate(node.value):
                yield from self._walk(one, (*path, index), law)
        elif law:
            yield self._typed(node, path, law)
        else:
            start, end = node.start_mark.index, node.end_mark.index
            yield from self._named(start, self.text[start:end], node.start_mark.line + 1, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Iterator[Citing]:
        held = {key.value: value for key, value in node.value}
        law = held["law"].value if isinstance(held.get("law"), yaml.ScalarNode) else ""
        articles = [held[key] for key in ("article", "articles") if key in held]
        if law and not any(one.value for one in articles):
            yield self._typed(held["law"], (*path, "law"), law, whole=True)
        for key, value in node.value:
            coded = law if key.value in ("article", "articles") and value.value else ""
            if key.value != "law" and (coded or key.value not in ("article", "articles")):
                yield from self._walk(value, (*path, key.value), coded)

    def _typed(self, node: yaml.Node, path: Path, law: str, *, whole: bool = False) -> Citing:
        start, end = node.start_mark.index, node.end_mark.index
        found = () if whole else mentions(self.text[start:end])
        text, line = "" if whole else str(node.value), node.start_mark.line + 1
        return Citing(self.file, line, path, law, text, tuple(_shifted(one, start) for one in found), True)

    def _named(self, start: int, raw: str, line: int, path: Path) -> Iterator[Citing]:
        """Laws called by name in a text, each with the articles that stand right behind it."""
        names = list(self.pattern.finditer(raw)) if "第" in raw else []
        for index, name in enumerate(names):
            until = names[index + 1].start() if index + 1 < len(names) else len(raw)
            found = tuple(_shifted(one, start + name.end()) for one in _behind(raw[name.end() : until]))
            if found:
                said = raw[name.start() : found[-1].end - start]
                yield Citing(self.file, line, path, self.names[name[0]], said, found, False)


def _shifted(one: Mention, by: int) -> Mention:
    return Mention(one.start + by, one.head + by, one.end + by, one.places, one.between, one.in_chinese)


def _behind(text: str) -> Iterator[Mention]:
    """The citations that follow a law's name without other words between."""
    stop = _STOP.search(text)
    text = text[: stop.start()] if stop else text
    at = 0
    for one in mentions(text):
        between = text[at : one.start]
        if not _BESIDE.fullmatch(between):
            return
        yield one
        at = one.end
