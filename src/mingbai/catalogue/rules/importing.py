"""Taking over another district's catalogue: powers behind one's own, offices by one's own names, local figures unset.

Nothing of the other place comes along: a figure that its own documents set is left to be decided here, a fact that rests
on them is 待确认 here, and an id that means something else here refuses the whole import, saying where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from mingbai.catalogue.rules.exchange import Document
from mingbai.catalogue.rules.folder import Catalogue, read_folder
from mingbai.catalogue.rules.law import Law, LawsFile, ParametersFile
from mingbai.kernel import BadFile, load_located, validate
from mingbai.organisations.rules import read_offices

_PLACE = ("local", "placeholder")
Change = tuple[int, int, str]


@dataclass(frozen=True)
class Imported:
    """The files that an import adds or changes, the ids of the powers that came, what must be decided here."""

    files: Mapping[str, str]
    powers: tuple[str, ...]
    offices: Mapping[str, str]
    undecided: tuple[str, ...]


def import_catalogue(document: Document, files: Mapping[str, str], offices: Mapping[str, str]) -> Imported:
    """The files of a district with another's catalogue behind its own; `offices` maps their ids to ours.

    Raises:
        BadFile: an id that is taken here, an office or a body unknown here, or a folder that would be unsound.
    """
    said = read_folder(files)
    work = _Import(document, files, said, offices)
    new = work.files_to_write()
    read_folder({**files, **new})
    return Imported(new, work.powers, work.mapped, tuple(work.undecided))


class _Import:
    """One import, file by file."""

    def __init__(
        self, document: Document, files: Mapping[str, str], said: Catalogue, offices: Mapping[str, str]
    ) -> None:
        self.document, self.files, self.said, self.given = document, files, said, offices
        self.mapped: dict[str, str] = {}
        self.undecided: list[str] = []
        self.powers: tuple[str, ...] = ()
        self.theirs = {
            one.id: one for one in validate(LawsFile, document.files["laws.yaml"], "laws.yaml").laws
        }
        self.local = {id for id, law in self.theirs.items() if law.kind.startswith(_PLACE)}
        self.titles = [name for id in self.local for name in (self.theirs[id].title, self.theirs[id].short)]

    def files_to_write(self) -> dict[str, str]:
        """Every file that is added or changed."""
        new = self._renamed()
        cited = {law for text in new.values() for law in re.findall(r"\blaw: [\"']?([a-z0-9-]+)", text)}
        new["parameters.yaml"] = self._parameters()
        cited |= set(re.findall(r"\blaw: [\"']?([a-z0-9-]+)", new["parameters.yaml"]))
        new["laws.yaml"] = self._laws(cited)
        return {name: text for name, text in new.items() if text != self.files.get(name)}

    def _renamed(self) -> dict[str, str]:
        """Powers numbered behind ours, crosswalks with them, charts under their own names."""
        found: dict[str, str] = {}
        ids: list[str] = []
        ours = {one.id for one in self.said.powers}
        for name in sorted(one for one in self.document.files if one.startswith("powers/")):
            data = load_located(self.document.files[name], name)[0]
            id = str(data.get("id")) if isinstance(data, dict) else ""
            if id in ours:
                raise BadFile(name, 1, f"本区的清单里已经有“{id}”这项权力")
            ids.append(id)
            number = len(self.said.powers) + len(ids)
            text = self._adapted(name)
            found[f"powers/{number:02d}-{id}.yaml"] = re.sub(
                r"^number: \d+", f"number: {number}", text, count=1, flags=re.MULTILINE
            )
            found |= self._crosswalk(name, f"{number:02d}-{id}")
        self.powers = tuple(ids)
        return found | self._charts()

    def _crosswalk(self, power: str, new: str) -> dict[str, str]:
        name = power.replace("powers/", "crosswalk/")
        return {f"crosswalk/{new}.yaml": self._adapted(name)} if name in self.document.files else {}

    def _charts(self) -> dict[str, str]:
        found = {}
        for name in sorted(one for one in self.document.files if one.startswith("procedures/")):
            text = self._adapted(name)
            if self.files.get(name, text) != text:
                raise BadFile(name, 1, "本区已经有同名的流程图，内容不一样")
            self._refuse_bodies(name)
            found[name] = text
        return found

    def _refuse_bodies(self, name: str) -> None:
        bodies = load_located(self.files.get("meetings.yaml", "bodies: []"), "meetings.yaml")[0]["bodies"]
        held = {one["id"] for one in bodies}
        for path, node in _scalars(yaml.compose(self.document.files[name], Loader=yaml.CSafeLoader), ()):
            if path[-1:] == ("body",) and node.value and node.value not in held:
                raise BadFile(
                    name, node.start_mark.line + 1, f"本区 meetings.yaml 里没有“{node.value}”这种会"
                )

    def _adapted(self, name: str) -> str:
        """A file with our offices, and with what rests on the other place marked as 待确认."""
        text = self.document.files[name]
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        changes = [*self._office_changes(name, root), *self._doubts(root)]
        for start, end, word in sorted(changes, reverse=True):
            text = text[:start] + word + text[end:]
        return text

    def _office_changes(self, name: str, root: yaml.Node | None) -> Iterator[Change]:
        for path, node in _scalars(root, ()):
            if path[-1:] == ("office",) or (len(path) > 1 and path[-2] == "offices"):
                ours = self._office(str(node.value), name, node.start_mark.line + 1)
                if ours != node.value:
                    yield node.start_mark.index, node.end_mark.index, ours

    def _office(self, theirs: str, name: str, line: int) -> str:
        if theirs not in self.mapped:
            ours = {one.id: one for one in read_offices(self.files["offices.yaml"], "offices.yaml").offices}
            there = {one.id: one for one in self.document.offices}
            to = self.given.get(theirs) or (theirs if theirs in ours else "")
            title = there[theirs].title if theirs in there else theirs
            if not to:
                to = next((one.id for one in ours.values() if one.title == title), "")
            if to not in ours:
                raise BadFile(name, line, f"本区没有对应“{title}”（{theirs}）的职务，请在对照表里写明")
            if theirs in there and there[theirs].level != ours[to].level:
                raise BadFile(name, line, f"“{title}”和本区的“{ours[to].title}”不是同一级")
            self.mapped[theirs] = to
        return self.mapped[theirs]

    def _doubts(self, root: yaml.Node | None) -> Iterator[Change]:
        """The confidence of every fact that rests on a document of the other place."""
        for node in _mappings(root):
            held = {key.value: value for key, value in node.value}
            law, source, confidence = held.get("law"), held.get("source"), held.get("confidence")
            local = law is not None and law.value in self.local
            local |= isinstance(source, yaml.ScalarNode) and any(one in source.value for one in self.titles)
            if local and confidence is not None and confidence.value != "assumed":
                yield confidence.start_mark.index, confidence.end_mark.index, "assumed"

    def _laws(self, cited: set[str]) -> str:
        """Our register with the laws behind it that the imported files cite."""
        text = self.files["laws.yaml"]
        added = []
        for id in sorted(cited):
            theirs, ours = self.theirs.get(id), self.said.laws.get(id)
            if theirs is None and ours is None:
                raise BadFile("laws.yaml", 1, f"导出的文件里没有“{id}”这部法律")
            if (
                theirs is not None
                and ours is not None
                and theirs.title != ours.title
                and id not in self.local
            ):
                raise BadFile("laws.yaml", 1, f"“{id}”在本区是《{ours.title}》，导出的是《{theirs.title}》")
            if theirs is not None and ours is None:
                added.append(self._law(theirs))
        return _with_entries(text, "laws.yaml", added)

    def _law(self, law: Law) -> dict[str, Any]:
        data: dict[str, Any] = law.model_dump(mode="json", exclude_defaults=True)
        if law.id in self.local:
            data["confidence"] = "assumed"
            data["note"] = f"{self.document.district.get('name', '')}的文件，本区要换成自己的"
        return data

    def _parameters(self) -> str:
        """Our figures with those behind them that came: of a national law with its value, of a local one unset."""
        text = self.files["parameters.yaml"]
        added: list[dict[str, Any]] = []
        for one in validate(
            ParametersFile, self.document.files["parameters.yaml"], "parameters.yaml"
        ).parameters:
            ours = self.said.parameters.get(one.id)
            if ours is not None and ours.unit != one.unit:
                raise BadFile(
                    "parameters.yaml", 1, f"“{one.id}”在本区的单位是{ours.unit}，导出的是{one.unit}"
                )
            if ours is None:
                added.append(self._parameter(one.model_dump(mode="json", exclude_defaults=True)))
        return _with_entries(text, "parameters.yaml", added)

    def _parameter(self, data: dict[str, Any]) -> dict[str, Any]:
        kept = [one for one in data.pop("values", []) if one["citation"]["law"] not in self.local]
        powers = {*self.powers, *(one.id for one in self.said.powers)}
        data["powers"] = [one for one in data.get("powers", []) if one in powers]
        if kept:
            data["values"] = kept
        else:
            data["reason"] = f"自{self.document.district.get('name', '')}导入，本区还没有定"
            self.undecided.append(str(data["id"]))
        return data


def _with_entries(text: str, name: str, entries: list[dict[str, Any]]) -> str:
    """A file that is one list under one key, with more entries behind those it has."""
    if not entries:
        return text
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    held = root.value[0][1] if isinstance(root, yaml.MappingNode) and len(root.value) == 1 else None
    if not isinstance(held, yaml.SequenceNode) or (held.flow_style and held.value):
        raise BadFile(name, 1, "要写成一个列表，一项一项分行写")
    if not held.value:
        text = text[: held.start_mark.index] + "\n"
    column = held.value[0].start_mark.column - 2 if held.value else 2
    said = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=4000)
    indented = "".join(f"{' ' * column}{line}\n" if line else "\n" for line in said.splitlines())
    return text + ("" if text.endswith("\n") else "\n") + indented


def _scalars(
    node: yaml.Node | None, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], yaml.ScalarNode]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for place, one in enumerate(node.value):
            yield from _scalars(one, (*path, place))
    elif isinstance(node, yaml.ScalarNode):
        yield path, node


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _mappings(one)
