"""When a law changes: what the file of the change says, what in a district it touches, and the renumbered text.

Only a renumbering is carried out by itself, since it changes no meaning. An amended or repealed article, and a law
cited without an article, is put before the office that keeps the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import yaml
from pydantic import Field

from mingbai.catalogue.rules.articles import Place, moved, places, rewrite
from mingbai.catalogue.rules.citing import Citing
from mingbai.catalogue.rules.law import Law, Text
from mingbai.kernel import BadFile, Refused, line_of, load_located, validate

What = Literal["amended", "repealed", "renumbered"]
WORDS: dict[str, str] = {
    "amended": "已修改",
    "repealed": "已废止",
    "renumbered": "改了条号",
    "unclear": "没有写到条",
}


class ArticleChange(Text):
    """What happens to one article or a row of them; `to` is where a renumbered one stands afterwards."""

    article: str = Field(min_length=1)
    change: What
    to: str = ""
    note: str = ""


class ChangeFile(Text):
    """The file of a change: which law, by whom, from when; the articles, or `change` for the law as a whole."""

    law: str
    authority: str = Field(min_length=1)
    effective: date
    source: str = ""
    change: Literal["", "amended", "repealed"] = ""
    articles: tuple[ArticleChange, ...] = ()


@dataclass(frozen=True)
class LawChange:
    """A change of a law as it works: moves all at one moment, places amended and repealed, each with its note."""

    law: str
    authority: str
    effective: date
    source: str
    whole: str
    moves: Mapping[Place, Place]
    amended: Mapping[Place, str]
    repealed: Mapping[Place, str]


@dataclass(frozen=True)
class Hit:
    """One cited place and what becomes of it: amended, repealed, renumbered or unclear."""

    place: str
    change: str
    to: str = ""
    note: str = ""

    def text(self) -> str:
        """第30条：改了条号，现为第35条."""
        to = f"，现为{self.to}" if self.to else ""
        note = f"（{self.note}）" if self.note else ""
        return f"{self.place or '整部法律'}：{WORDS[self.change]}{to}{note}"


@dataclass(frozen=True)
class Touched:
    """A citation that a change touches, and how."""

    citing: Citing
    hits: tuple[Hit, ...]

    @property
    def to_review(self) -> bool:
        """Whether somebody must decide; a pure renumbering is carried out by itself."""
        return any(one.change != "renumbered" for one in self.hits)


def read_change(text: str, filename: str, laws: Mapping[str, Law]) -> LawChange:
    """The file of a change.

    Raises:
        BadFile: naming file, line and reason: an unknown law, an article that cannot be read, two fates for one
            article, two articles that get one number.
    """
    file = validate(ChangeFile, text, filename)
    lines = load_located(text, filename)[1]
    if file.law not in laws:
        raise BadFile(filename, line_of(lines, ("law",)), f"laws.yaml 里没有“{file.law}”这部法律")
    if bool(file.change) == bool(file.articles):
        raise BadFile(filename, 1, "写明改了哪些条（articles），或者整部法律怎么了（change），两样写一样")
    moves: dict[Place, Place] = {}
    fates: dict[str, dict[Place, str]] = {"amended": {}, "repealed": {}}
    for index, one in enumerate(file.articles):
        try:
            _add(one, moves, fates)
        except ValueError as problem:
            raise BadFile(filename, line_of(lines, ("articles", index)), str(problem)) from problem
    return LawChange(
        file.law, file.authority, file.effective, file.source, file.change, moves,
        fates["amended"], fates["repealed"],
    )  # fmt: skip


def _add(one: ArticleChange, moves: dict[Place, Place], fates: dict[str, dict[Place, str]]) -> None:
    sources, targets = places(one.article), places(one.to)
    if not sources:
        raise ValueError(f"看不懂是哪一条：“{one.article}”，写成 第30条、第30至32条")
    if (one.change == "renumbered") != bool(one.to):
        raise ValueError("改条号的写明改成第几条（to），别的改法不写")
    if one.change == "renumbered":
        _add_moves(sources, targets, moves)
    for source in sources:
        other = "repealed" if one.change == "amended" else "amended"
        if one.change != "renumbered" and source in fates[other]:
            raise ValueError(f"{source.text()}又修改又废止")
        if one.change in fates:
            fates[one.change][source] = one.note
        if source in fates["repealed"] and source in moves:
            raise ValueError(f"{source.text()}又废止又改条号")


def _add_moves(sources: tuple[Place, ...], targets: tuple[Place, ...], moves: dict[Place, Place]) -> None:
    if len(sources) != len(targets):
        raise ValueError(f"原来 {len(sources)} 条，改成 {len(targets)} 条，对不上")
    for source, target in zip(sources, targets, strict=True):
        if (source.paragraph > 0, source.item > 0) != (target.paragraph > 0, target.item > 0):
            raise ValueError(f"{source.text()}和{target.text()}不是同一级")
        if source in moves:
            raise ValueError(f"{source.text()}写了两遍")
        if target in moves.values():
            raise ValueError(f"两条都改成了{target.text()}")
        if source == target:
            raise ValueError(f"{source.text()}没有改条号")
        moves[source] = target


def follows_already(change: LawChange, laws: Mapping[str, Law]) -> bool:
    """Whether the register says that this amendment is followed: it is carried out once."""
    return any(
        one.since == change.effective and one.authority == change.authority
        for one in laws[change.law].amendments
    )


def touched(change: LawChange, citings: Iterable[Citing]) -> tuple[Touched, ...]:
    """The citations that a change touches, in the order given.

    A law cited without a readable article is touched by an amendment or repeal, never by a renumbering.
    """
    found = ((one, tuple(_hits(change, one))) for one in citings if one.law == change.law)
    return tuple(Touched(one, hits) for one, hits in found if hits)


def _hits(change: LawChange, citing: Citing) -> Iterable[Hit]:
    if change.whole:
        yield Hit("、".join(one.text() for one in citing.places()), change.whole)
    elif not citing.found and (change.amended or change.repealed):
        yield Hit("", "unclear", note=citing.text)
    else:
        for place in citing.places():
            yield from _hits_of(change, place)


def _hits_of(change: LawChange, place: Place) -> Iterable[Hit]:
    for name, fates in (("repealed", change.repealed), ("amended", change.amended)):
        notes = [note for one, note in fates.items() if one.covers(place)]
        if notes:
            yield Hit(place.text(), name, note="；".join(dict.fromkeys(note for note in notes if note)))
    to = moved(place, change.moves)
    if to != place:
        yield Hit(place.text(), "renumbered", to.text())


def refuse_collisions(change: LawChange, citings: Iterable[Citing]) -> None:
    """Refuse a renumbering onto an article that is cited today and of which the file does not say where it went.

    Afterwards nobody could tell the old article of that number from the new one.

    Raises:
        Refused: naming the article and the place that cites it.
    """
    gone = {*change.moves, *change.repealed}
    for source, target in change.moves.items():
        for citing in citings:
            if citing.law != change.law or target in gone or target.whole() in gone:
                continue
            if any(target.covers(place) for place in citing.places()):
                raise Refused(
                    f"{source.text()}要改成{target.text()}，可是{citing.file}第{citing.line}行现在引用着原来的"
                    f"{target.text()}，没有写明它改成了第几条",
                    remedy=f"在文件里写上原{target.text()}的去向，再办",
                )


def renumbered(files: Mapping[str, str], change: LawChange, citings: Iterable[Citing]) -> dict[str, str]:
    """The files that a renumbering rewrites, whole; nothing but citations of that law changes in them."""
    found: dict[str, list[Citing]] = {}
    for one in citings:
        if one.law == change.law and one.found:
            found.setdefault(one.file, []).append(one)
    after = {
        file: rewrite(files[file], [mention for one in ours for mention in one.found], change.moves)
        for file, ours in found.items()
    }
    return {file: text for file, text in after.items() if text != files[file]}


def noted(text: str, change: LawChange) -> str:
    """laws.yaml with the amendment written under its law, so that it is never carried out twice.

    Raises:
        Refused: the register has no such law.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    for law in _held(root, "laws").value:
        if _held(law, "id").value == change.law:
            last = _held(law, "amendments") or law
            at = text.find("\n", _end(last)) + 1 or len(text)
            indent = " " * law.start_mark.column
            head = "" if _held(law, "amendments") else f"{indent}amendments:\n"
            who = json.dumps(change.authority, ensure_ascii=False)
            line = f"{indent}  - {{since: {change.effective}, authority: {who}}}\n"
            return text[:at] + ("" if text[:at].endswith("\n") else "\n") + head + line + text[at:]
    raise Refused(f"laws.yaml 里没有“{change.law}”这部法律", remedy="先把它登记进去")


def _held(node: Any, key: str) -> Any:
    return next((value for name, value in node.value if name.value == key), None)


def _end(node: yaml.Node) -> int:
    """Where the last word of a node ends; a block collection itself ends only on the next line."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)
