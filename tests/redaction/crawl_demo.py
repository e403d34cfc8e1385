"""`python tests/redaction/crawl_demo.py DIR`: follow every public link of a data directory, list what looks personal.

Ends with 1 when anything does. Run it on a demo before a release; what it read is counted at the end.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from mingbai.config.serving import open_data

_PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def main(folder: Path) -> int:
    open_data(folder)
    sys.path.insert(0, str(Path(__file__).parent))
    from django.test import Client
    from django.test.utils import override_settings
    from redaction_crawl import crawl, without_digests

    from mingbai.evidence.recognising import recognise

    kinds, size, found = Counter[str](), 0, set[tuple[str, str]]()
    with override_settings(ALLOWED_HOSTS=["*"], STORAGES=_PLAIN):
        for one in crawl(Client(), most=20_000):
            kinds[one.media_type] += 1
            size += len(one.text)
            text = (
                without_digests(one.text)
                if one.media_type not in ("image/jpeg", "application/octet-stream")
                else ""
            )
            for hit in recognise(text):
                said = (str(hit.kind), text[hit.start : hit.end])
                if said not in found:
                    found.add(said)
                    print(one.address, hit.kind, repr(text[max(0, hit.start - 20) : hit.end + 20]))
    print(f"{sum(kinds.values())} answers, {size} characters, {dict(kinds)}; {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
