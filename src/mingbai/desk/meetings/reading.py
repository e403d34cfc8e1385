"""From a form or from the tablet's queue to entries as meetings take them.

Static file `meeting.js` turns the same forms into the same entries: fields carry the names of the entry's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, QueryDict

from mingbai.kernel import Refused
from mingbai.meetings.services import Sent

COUNTS = ("agree", "against", "abstain", "spoilt", "not_cast")
WHOLE = frozenset({"item", *COUNTS})
LISTS = frozenset({"people", "methods"})
PAIR = "pair"
"""One field for two people: who is absent, and who speaks for him, with a stroke between."""
NOT_ENTRY = frozenset({"csrfmiddlewaretoken", "key", "form"})
LONGEST_DIGITS = 6
LONGEST_KEY = 40


def entry_of(form: QueryDict) -> dict[str, Any]:
    """What a form says, as an entry; what was left empty is left out. Whether it fits is for meetings to say."""
    said: dict[str, Any] = {}
    for name in form:
        values = [one.strip() for one in form.getlist(name) if one.strip()]
        if name in NOT_ENTRY or not values:
            continue
        if name == PAIR:
            absent, _stroke, proxy = values[0].partition("|")
            said |= {"people": [absent], "proxy": proxy}
        elif name in LISTS:
            said[name] = values
        else:
            said[name] = _whole(values[-1]) if name in WHOLE else values[-1]
    return said


def _whole(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_DIGITS else text


def sent_by_form(form: QueryDict) -> Sent:
    """The one entry of a plain form.

    Its key is that of the page with a digest of what was said: the same button pressed twice says it once, two buttons
    of one page say two things.
    """
    said = entry_of(form)
    digest = sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    page = "".join(one for one in form.get("key", "") if one.isalnum())[:LONGEST_KEY]
    return Sent(f"{page}-{digest[:16]}" if page else "", said)


def sent_by_tablet(request: HttpRequest) -> tuple[Sequence[Sent], int]:
    """The entries of a tablet's queue, and the number of the last entry of which its page knows.

    Raises:
        Refused: this is no queue.
    """
    try:
        queue = json.loads(request.body)
        entries, seen = queue["entries"], queue["seen"]
        sent = [Sent(_text(one["key"]), _mapping(one["data"])) for one in entries]
    except (ValueError, TypeError, KeyError, RecursionError) as bad:
        raise Refused("看不懂平板发来的登记", remedy="刷新页面再发，存在本机的都还在") from bad
    return sent, seen if isinstance(seen, int) else 0


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value
