"""Word and Excel files (ECMA-376) as parts of XML: every text in them, seen or not, and the same file with texts covered.

Nothing is left out because a program would not show it: deleted and tracked text, comments, hidden sheets, headers,
properties, link targets. The package is looked at before it is unpacked; XML has no document types and no entities.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from mingbai.kernel import Refused

MOST_PARTS, MOST_UNPACKED = 2000, 64 << 20
_DAMAGED = Refused(
    "这个 Word 或 Excel 文件打不开", remedy="用 Word、Excel 或 WPS 打开，另存为 docx 或 xlsx 再查"
)
_BLOCKS = frozenset({"p", "si", "c", "comment"})
_SPOKEN = frozenset({"author", "descr", "title", "Target", "initials", "tooltip", "alt", "name"})
_PICTURES = (".png", ".jpg", ".jpeg")
_MARKUP = (".xml", ".rels", ".vml")
_NAMES = {
    "word/document.xml": "正文", "word/comments.xml": "批注", "word/footnotes.xml": "脚注", "xl/sharedStrings.xml": "表格文字",
    "docProps/core.xml": "文档属性", "docProps/app.xml": "文档属性", "docProps/custom.xml": "文档属性",
}  # fmt: skip


@dataclass
class Block:
    """Pieces of text that a reader sees as one: a paragraph, a cell. `where` names it for a clerk."""

    where: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The pieces one after the other."""
        return "".join(piece.get() for piece in self.pieces)

    def put(self, text: str) -> None:
        """Write back a text of the same length, each piece its own share."""
        at = 0
        for piece in self.pieces:
            length = len(piece.get())
            piece.put(text[at : at + length])
            at += length


@dataclass
class Piece:
    """A text of one element, or one of its attributes."""

    element: etree._Element
    attribute: str = ""

    def get(self) -> str:
        """The text as it stands."""
        return (self.element.get(self.attribute) if self.attribute else self.element.text) or ""

    def put(self, text: str) -> None:
        """Another text in its place. A number of a cell that is covered is a text from then on."""
        if text == self.get():
            return
        if self.attribute:
            self.element.set(self.attribute, text)
            return
        self.element.text = text
        cell = self.element.getparent()
        if cell is not None and _local(self.element) == "v" and cell.get("t") in (None, "n"):
            cell.set("t", "str")


class OfficeFile:
    """A file taken apart. `kind` is docx or xlsx; `pictures` and `foreign` are parts that hold no text to read."""

    def __init__(self, content: bytes) -> None:
        """Raises `Refused`: damaged, no Word or Excel file, too large, or made to break its reader."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                _refuse_hostile(packed)
                self._parts = {
                    one.filename: packed.read(one) for one in packed.infolist() if not one.is_dir()
                }
            self._roots = {
                name: _parsed(part) for name, part in self._parts.items() if name.endswith(_MARKUP)
            }
        except (
            zipfile.BadZipFile,
            etree.XMLSyntaxError,
            RuntimeError,
            NotImplementedError,
            EOFError,
        ) as error:
            raise _DAMAGED from error
        self.kind = (
            "docx"
            if "word/document.xml" in self._parts
            else "xlsx"
            if "xl/workbook.xml" in self._parts
            else ""
        )
        if not self.kind:
            raise _DAMAGED
        others = [name for name in self._parts if name not in self._roots]
        self.pictures = tuple(name for name in others if name.lower().endswith(_PICTURES))
        self.foreign = tuple(name for name in others if name not in self.pictures)

    def blocks(self) -> Iterator[Block]:
        """Every text with its place, in the order of the parts."""
        cells = _cells(self._roots)
        for name, root in self._roots.items():
            if name != "[Content_Types].xml":
                yield from _blocks(name, root, cells)

    def packed(self, replaced: Mapping[str, bytes]) -> bytes:
        """The file again, with what was covered, without properties of the document, with these parts replaced."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name, part in self._parts.items():
                root = self._roots.get(name)
                if root is not None:
                    part = etree.tostring(
                        _unsigned(root, name), xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                target.writestr(zipfile.ZipInfo(name), replaced.get(name, part), zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def part(self, name: str) -> bytes:
        """The bytes of one part."""
        return self._parts[name]


def _refuse_hostile(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = {one.filename for one in parts}
    if (
        len(parts) > MOST_PARTS
        or len(names) < len(parts)
        or sum(one.file_size for one in parts) > MOST_UNPACKED
    ):
        raise Refused("这个文件解开以后太大，或者有重名的部分", remedy="新建一个文件，把内容粘贴进去再查")


def _parsed(part: bytes) -> etree._Element:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused("这个文件里有不该有的声明", remedy="新建一个文件，把内容粘贴进去再查")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(part, parser)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _unsigned(root: etree._Element, name: str) -> etree._Element:
    """A part that does not say who wrote it: properties empty, authors of comments and of changes without a name."""
    for element in root.iter("{*}*"):
        if len(element) == 0 and (name.startswith("docProps/") or _local(element) == "author"):
            element.text = ""
        for attribute in element.attrib:
            if etree.QName(str(attribute)).localname in ("author", "initials"):
                element.set(str(attribute), "")
    return root


def _cells(roots: Mapping[str, etree._Element]) -> dict[int, str]:
    """The first cell that shows each shared string of a workbook: a clerk looks for a cell, not for a number."""
    found: dict[int, str] = {}
    for name, root in roots.items():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            for cell in root.iter("{*}c"):
                value = cell.find("{*}v")
                if cell.get("t") == "s" and value is not None and (value.text or "").isdigit():
                    found.setdefault(int(value.text or 0), f"{_sheet(name)} {cell.get('r', '')}")
    return found


def _sheet(name: str) -> str:
    number = re.sub(r"\D", "", name.rpartition("/")[2])
    return f"第 {number} 张表" if number else name


def _blocks(name: str, root: etree._Element, cells: Mapping[int, str]) -> Iterator[Block]:
    holders: dict[etree._Element, Block] = {}
    for element in root.iter():
        block = _holder(element)
        for piece in _pieces(element):
            where = holders.setdefault(block, Block(""))
            where.pieces.append(piece)
    for at, (element, block) in enumerate(holders.items()):
        block.where = _where(name, element, at, cells)
        yield block


def _pieces(element: etree._Element) -> Iterator[Piece]:
    shared = (
        _local(element) == "v"
        and (parent := element.getparent()) is not None
        and parent.get("t") in ("s", "b", "e")
    )
    if isinstance(element.tag, str) and (element.text or "").strip() and not shared:
        yield Piece(element)
    for attribute in element.attrib if isinstance(element.tag, str) else ():
        if etree.QName(str(attribute)).localname in _SPOKEN:
            yield Piece(element, str(attribute))


def _holder(element: etree._Element) -> etree._Element:
    """The nearest paragraph, cell or string that an element belongs to, else the element."""
    one: etree._Element | None = element
    while one is not None:
        if _local(one) in _BLOCKS:
            return one
        one = one.getparent()
    return element


def _where(name: str, element: etree._Element, at: int, cells: Mapping[int, str]) -> str:
    if _local(element) == "c":
        return f"{_sheet(name)} {element.get('r', '')}"
    if (
        _local(element) == "si"
        and (parent := element.getparent()) is not None
        and parent.index(element) in cells
    ):
        return cells[parent.index(element)]
    return f"{_NAMES.get(name, name)}第 {at + 1} 段"
