"""Bring the English catalogue up to date with the sources: `python tests/i18n/update.py`.

New messages are added empty, those no longer said are dropped, what is translated stays; then the compiled file is
written. Whoever translated fills in the empty ones and runs it again.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import polib

HERE = Path(__file__).resolve().parent
FILE = HERE.parents[1] / "src" / "mingbai" / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "mingbai", "Language": "en", "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}  # fmt: skip


def merged() -> polib.POFile:
    """The catalogue with exactly the messages that the sources say now."""
    from wording import messages

    known = {(one.msgid, one.msgid_plural): one for one in polib.pofile(str(FILE))} if FILE.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = HEADER
    for message, place in messages().items():
        single, plural = message[0], message[1] if len(message) > 1 else ""
        entry = known.get((single, plural)) or polib.POEntry(msgid=single, msgid_plural=plural)
        if plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.occurrences = [(place.rpartition(":")[0], "")]
        catalogue.append(entry)
    return catalogue


def main() -> int:
    """Write both files and say what is still to be translated."""
    os.environ.update(DJANGO_SETTINGS_MODULE="mingbai.config.settings", MINGBAI_TESTING="1")
    sys.path[:0] = [str(HERE), str(HERE.parents[1] / "src")]
    import django

    django.setup()
    catalogue = merged()
    FILE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(FILE))
    catalogue.save_as_mofile(str(FILE.with_suffix(".mo")))
    missing = catalogue.untranslated_entries()
    print(f"{len(catalogue)} messages, {len(missing)} still to be translated.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
