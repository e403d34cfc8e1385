"""The press: typst with a fixed template and the fonts that come with us. Content is data, never markup."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst

from mingbai.printing import fonts

# A compiler holds the fonts and serves one sheet at a time.
_ONE_AT_A_TIME = Lock()


def print_pdf(template: Path, content: Mapping[str, Any], made: datetime | None = None) -> bytes:
    """The template filled with `content`; with `made` as the document's date the same sheet has the same bytes.

    What the template includes stands in the same folder.

    Raises:
        Refused: a character is not in the print fonts; the reason names it.
    """
    fonts.refuse_missing("".join(sorted(_letters(content))))
    given = json.dumps(content, ensure_ascii=False)
    with _ONE_AT_A_TIME:
        return _compiler(template).compile(
            sys_inputs={"sheet": given}, timestamp=int(made.timestamp()) if made else None
        )


def code_image(url: str) -> str:
    """The address as a two-dimensional code, SVG."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode("utf-8")


def code_picture(url: str) -> str:
    """The same as the source of a picture on a page, of whatever size the page gives it."""
    return str(segno.make(url, error="m").svg_data_uri(border=2, omitsize=True))


@lru_cache(maxsize=12)
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(template, root=template.parent, font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Read once, and no others: a sheet looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=fonts.folders())


def _letters(value: Any) -> set[str]:
    """Every letter in the content, however deep."""
    if isinstance(value, str):
        return set(value)
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return set().union(*map(_letters, items))
