"""Every sentence marked for translation, read from the sources: templates through Django's own reader, Python by Babel."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src" / "mingbai"
KEYWORDS = {
    **DEFAULT_KEYWORDS, "_": None, "gettext_lazy": None, "gettext_noop": None, "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
}  # fmt: skip
Message = tuple[str, ...]


def messages() -> dict[Message, str]:
    """Each message (singular, and plural where it has one) with the place where it stands first."""
    found: dict[Message, str] = {}
    for file in sorted(SOURCE.rglob("*")):
        if file.suffix in (".py", ".html", ".txt", ".xml") and "migrations" not in file.parts:
            for line, message in _in(file):
                found.setdefault(message, f"{file.relative_to(SOURCE)}:{line}")
    return found


def _in(file: Path) -> Iterator[tuple[int, Message]]:
    text = file.read_text("utf-8")
    if file.suffix != ".py":
        if "{%" not in text:
            return
        text = templatize(text, origin=file.name)
    for line, message, _comments, _context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        yield line, (message,) if isinstance(message, str) else tuple(one for one in message if one)
