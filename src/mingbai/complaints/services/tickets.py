"""The form's ticket: signed by us, good for one objection, and the seed of its receipt. It names nobody."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.core import signing
from django.utils.crypto import salted_hmac

from mingbai.complaints import rules
from mingbai.kernel import Refused

_SALT = "mingbai.complaints.ticket"


def issue_ticket(at: datetime) -> str:
    """A ticket for a form shown at this instant. Nothing is kept of it."""
    return signing.dumps([secrets.token_urlsafe(16), int(at.timestamp())], salt=_SALT)


def receipt_of(ticket: str) -> str:
    """The receipt that a form with this ticket gets: sent twice, it is the same one. Only we can compute it."""
    return rules.receipt_code(salted_hmac(_SALT, ticket, algorithm="sha256").digest()[:13])


def require_ticket(ticket: str, work: str, at: datetime) -> None:
    """Let a form pass whose browser did its work, or that has been open for 20 seconds.

    Raises:
        Refused: not a ticket of ours, too old, or sent at once without the work. Nothing typed is lost.
    """
    try:
        _nonce, issued = signing.loads(ticket, salt=_SALT)
    except (signing.BadSignature, ValueError) as bad:
        raise Refused("这一页要再交一次", remedy="写的字都还在，过二十秒再点一次“交上去”") from bad
    age = int(at.timestamp()) - issued
    if age > rules.TICKET_LASTS:
        raise Refused("这一页打开得太久了", remedy="写的字都还在，过二十秒再点一次“交上去”")
    if age < rules.TICKET_AGE and not rules.proves_work(ticket, work):
        raise Refused("交得太快了，为了挡住机器，要等二十秒", remedy="写的字都还在，过二十秒再点一次“交上去”")
