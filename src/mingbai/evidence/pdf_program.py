"""A program of its own: a PDF on standard input, its texts and their places as JSON on standard output.

It runs alone, with a bound on memory and on processor time, because a PDF from outside may be made to break its
reader. For every page: its size in points, its characters, and for each its rectangle (left, bottom, right, top).
Needs nothing of this package.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from typing import Any

MEMORY, SECONDS, MOST_PAGES, MOST_CHARACTERS = 1 << 30, 20, 12, 200_000
TOO_LARGE = 3
_ANNOTATED = (b"Contents", b"T", b"V", b"TU", b"Subj")


def _page(page: Any, raw: Any) -> dict[str, Any]:
    words = page.get_textpage()
    count = words.count_chars()
    if count > MOST_CHARACTERS:
        sys.exit(TOO_LARGE)
    letters = "".join(chr(raw.FPDFText_GetUnicode(words, at) or 32) for at in range(count))
    boxes = [words.get_charbox(at, loose=True) for at in range(count)]
    pictures = sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    said = {"text": letters, "boxes": boxes, "size": page.get_size(), "pictures": pictures}
    return {**said, "notes": list(_notes(page, raw))}


def _notes(page: Any, raw: Any) -> Any:
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        for key in _ANNOTATED:
            length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
            if length > 2:
                buffer = (ctypes.c_ushort * (length // 2))()
                raw.FPDFAnnot_GetStringValue(note, key, buffer, length)
                yield bytes(buffer)[:-2].decode("utf-16-le", "ignore")
        raw.FPDFPage_CloseAnnot(note)


def main() -> int:
    """Read every page; ends with 3 for a file that is too large, with another code for one that cannot be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    if len(document) > MOST_PAGES:
        return TOO_LARGE
    said = {
        "properties": document.get_metadata_dict(skip_empty=True),
        "outline": [one.get_title() for one in document.get_toc()],
        "attached": document.count_attachments(),
        "pages": [_page(page, raw) for page in document],
    }
    sys.stdout.buffer.write(json.dumps(said).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
