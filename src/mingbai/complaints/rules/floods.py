"""Bounds on floods that silence nobody: work in the browser or a short wait, and a queue (decision 0006)."""

from __future__ import annotations

import hashlib
import unicodedata

WORK_BITS = 16
"""About 65,000 SHA-256: under a second on a cheap telephone, while the person is still typing."""

TICKET_AGE = 20
"""Seconds for which a form must have been open when the browser did no work. Nobody types an objection faster."""

TICKET_LASTS = 24 * 3600
"""Seconds after which a form left open asks to be sent once more."""

PER_TARGET_AN_HOUR = 10
"""Objections from the web to one step or line that are entered in one hour; what comes beyond waits its turn."""

PER_HOUR = 120
"""Those to all of the district; the first that waits for an answer in a case is entered beyond it as well."""

PHOTOS_AN_HOUR = 500 * 1024
"""KiB of photographs from the web in one hour for all of the district: a day of flood fills 12 GB, not the disk."""


def proves_work(ticket: str, work: str) -> bool:
    """Whether `work` makes the SHA-256 of `ticket:work` begin with 16 zero bits."""
    if not ticket or not work or len(work) > 20:
        return False
    digest = hashlib.sha256(f"{ticket}:{work}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - WORK_BITS) == 0


def same_words(text: str, remedy: str) -> str:
    """A digest that two texts share when they differ only in spaces, punctuation, width or case."""
    folded = unicodedata.normalize("NFKC", f"{text}\n{remedy}").casefold()
    letters = "".join(one for one in folded if unicodedata.category(one)[0] in "LNM")
    return hashlib.sha256(letters.encode()).hexdigest()


def may_enter(to_target: int, to_all: int, first_of_case: bool) -> bool:
    """Whether one more may be entered in this hour, after so many to its target and to the whole district."""
    return to_target < PER_TARGET_AN_HOUR and (to_all < PER_HOUR or first_of_case)
