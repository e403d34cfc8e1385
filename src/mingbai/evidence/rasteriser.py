"""A program of its own: a PDF on standard input, pictures of its pages on standard output.

It runs alone, with a bound on memory and on processor time, because a PDF from outside may be made to break
its reader. Each page is written as a JPEG after its length in four bytes. Needs nothing of this package.
"""

from __future__ import annotations

import io
import resource
import sys

MAX_PAGES = 12
WIDTH, MAX_HEIGHT = 1240, 2600  # A4 at 150 dots an inch
MEMORY, SECONDS = 1 << 30, 20
TOO_MANY_PAGES = 3


def main() -> int:
    """Draw every page; ends with 3 when there are more than 12 of them, with another code when it cannot."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    if len(document) > MAX_PAGES:
        return TOO_MANY_PAGES
    for page in document:
        width, height = page.get_size()
        picture = page.render(scale=min(WIDTH / width, MAX_HEIGHT / height), may_draw_forms=False).to_pil()
        out = io.BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=90)
        sys.stdout.buffer.write(len(out.getvalue()).to_bytes(4, "big") + out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
