"""Reading XML that a stranger sent: no DTD, no entities, nothing fetched, neither large nor deep, every fault with its line."""

from __future__ import annotations

from lxml import etree

from mingbai.kernel import BadFile
from mingbai.procedures.rules.bpmn.spaces import Element, said

MAX_BYTES = 5_000_000
MAX_DEPTH = 12
MAX_ELEMENTS = 50_000
_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY", "<!ELEMENT", "<!ATTLIST", "<!NOTATION")


def parse(data: bytes, filename: str) -> Element:
    """The root of an XML file in UTF-8, comments left out.

    What is scanned is what is parsed: the parser is told the encoding, whatever the file declares.

    Raises:
        BadFile: not XML in UTF-8; a DTD or entity; a processing instruction; too large, too deep, too many elements.
    """
    if len(data) > MAX_BYTES:
        raise BadFile(filename, 1, f"文件太大，最多 {MAX_BYTES // 1_000_000} MB")
    _refuse_dtd(data, filename)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        attribute_defaults=False, huge_tree=False, remove_comments=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = "套得太深" if "depth" in str(error.msg) else "不是合格的 XML"
        raise BadFile(filename, error.lineno or 1, reason) from error
    _refuse_shape(root, filename)
    return root


def _refuse_dtd(data: bytes, filename: str) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(filename, data[: error.start].count(b"\n") + 1, "不是 UTF-8 编码") from error
    for word in _FORBIDDEN:
        at = text.find(word)
        if at >= 0:
            raise BadFile(filename, text.count("\n", 0, at) + 1, "不许有 DTD 和实体")


def _refuse_shape(root: Element, filename: str) -> None:
    """Refuse what is deeper or more than any chart, and everything that is neither element nor text."""
    if root.getprevious() is not None or root.getnext() is not None:
        raise BadFile(filename, 1, "不许有处理指令")
    depth = 0
    for count, (event, one) in enumerate(etree.iterwalk(root, events=("start", "end", "pi")), 1):
        depth += {"start": 1, "end": -1}.get(event, 0)
        line = one.sourceline or 1
        if event == "pi" or not isinstance(one.tag, str):
            raise BadFile(filename, line, "不许有处理指令和实体")
        if depth > MAX_DEPTH:
            raise BadFile(filename, line, f"{said(one)} 套得太深，最多 {MAX_DEPTH} 层")
        if count > 2 * MAX_ELEMENTS:
            raise BadFile(filename, line, f"元素太多，最多 {MAX_ELEMENTS} 个")
