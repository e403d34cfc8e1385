"""Acts of the electronic ballot: the box opens with a vote, codes are made, each is spent once, the box closes.

For members of the collective who take part from afar (农村集体经济组织法 第27条). One row of the box is locked while
a ballot is counted, and the ballot goes in only if nobody else changed the box meanwhile. Nothing here writes a log
or the journal: docs/ballots.md says what a copy of the tables can tell, and what it cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from mingbai.kernel import Refused, plain_code, printed_code
from mingbai.meetings import queries
from mingbai.meetings.models import BallotBox, BallotCode, BallotReceipt
from mingbai.meetings.rules.entries import Counted, Method
from mingbai.meetings.services.ballot_box import DIGEST, Inside, seal, unseal
from mingbai.meetings.services.writing import writing_office
from mingbai.organisations.rules import Actor

CHOICES = ("agree", "against", "abstain")
RANDOM_BYTES = 10
"""80 bits a code: it cannot be found by trying, and sixteen letters can be read out on the telephone."""


@dataclass(frozen=True)
class Ballot:
    """A vote that a code opens: the meeting and the item, whether it may still be cast, whether it was."""

    meeting: str
    item: int
    open: bool
    spent: bool = False


@dataclass(frozen=True)
class Cast:
    """A ballot was counted. `receipt` is told once, here; it shows that it was counted, never how."""

    meeting: str
    item: int
    receipt: str


@dataclass(frozen=True)
class Issue:
    """How it stands with the codes of a box: for how many, made how often, by whom and when last; whether over.

    untouched: codes are out, and no ballot has been cast with them; new ones may still take their place.
    """

    voters: int
    times: int
    person: str
    at: datetime | None
    closed: bool
    untouched: bool


def open_box(meeting: str, item: int, *, voters: int) -> None:
    """Open the box of an item for so many members from afar. In the transaction of the vote's opening.

    Raises:
        Refused: nobody takes part from afar, so nobody would have a code.
    """
    if not voters:
        raise Refused("没有远程参加的人，用不着电子票", remedy="先登记谁远程参加，或者不选电子票")
    BallotBox.objects.create(meeting_id=meeting, item=item, voters=voters)


def issue(meeting: str, item: int) -> Issue | None:
    """How it stands with the codes of an item; None when it has no box."""
    box = BallotBox.objects.filter(meeting_id=meeting, item=item).first()
    if box is None:
        return None
    untouched = box.issued and not box.closed and not unseal(box.sealed, box.pk).spent
    return Issue(box.voters, box.batch, box.issued_by, box.issued_at, box.closed, untouched)


def make_codes(*, meeting: str, item: int, by: Actor, at: datetime, again: bool = False) -> tuple[str, ...]:
    """The codes of a box, in the order of a lot, to be handed out face down; shown once and kept nowhere in clear.

    again: the sheet was spoilt or got lost on its way; new codes, and those made before are void.

    Raises:
        Refused: no such box, an office that may not write at the meeting, codes made already (or, made again, a
            ballot already cast), or the vote is over.
    """
    with transaction.atomic():
        box = _locked(meeting, item)
        writing_office(queries.meeting(meeting), by, at)
        _refuse_codes(box, again)
        codes = [printed_code(secrets.token_bytes(RANDOM_BYTES)) for _ in range(box.voters)]
        box.issued, box.batch, box.issued_by, box.issued_at = True, box.batch + 1, by.person, at
        box.save(update_fields=["issued", "batch", "issued_by", "issued_at"])
        # Sorted by digest: neither the order of rows nor the order of making says who was handed which.
        digests = sorted(_digest("code", code) for code in codes)
        BallotCode.objects.bulk_create(BallotCode(digest=one, box=box, batch=box.batch) for one in digests)
    return tuple(codes)


def _refuse_codes(box: BallotBox, again: bool) -> None:
    if box.closed:
        raise Refused("这一项已经表决完，不再发票", remedy="没有投的计入“没有投的”")
    if box.issued and not again:
        raise Refused(
            "票码已经发过，不能再看一次", remedy="票码只显示一回，照发出去的用；丢了的计入“没有投的”"
        )
    if again and unseal(box.sealed, box.pk).spent:
        raise Refused("已经有人投了票，不能换票码", remedy="照发出去的用；丢了的计入“没有投的”")


def ballot(code: str) -> Ballot:
    """The vote that a code opens.

    Raises:
        Refused: there is no such code; a voided one is none.
    """
    digest = _digest("code", code)
    box = _box_of(digest)
    return Ballot(box.meeting_id, box.item, not box.closed, digest in unseal(box.sealed, box.pk).spent)


def cast(*, code: str, choice: str) -> Cast:
    """Count one ballot.

    Raises:
        Refused: no such choice, a code unknown or spent, or the vote closed meanwhile.
    """
    if choice not in CHOICES:
        raise Refused("没有选同意、反对还是弃权", remedy="选一个再投")
    digest, receipt = _digest("code", code), printed_code(secrets.token_bytes(RANDOM_BYTES))
    with transaction.atomic():
        box = BallotBox.objects.select_for_update().get(pk=_box_of(digest).pk)
        inside = unseal(box.sealed, box.pk)
        _refuse_ballot(box, digest, inside)
        inside = inside.with_ballot(choice, digest, _digest("receipt", receipt))
        _put(box, seal(inside, box.pk, box.voters))
    return Cast(box.meeting_id, box.item, receipt)


def _refuse_ballot(box: BallotBox, digest: str, inside: Inside) -> None:
    if box.closed:
        raise Refused("这一项已经表决完，票没有计入", remedy="问村里表决的结果；对结果有异议的，可以提出")
    if digest in inside.spent:
        raise Refused(
            "这张票已经投过了，计过一次",
            remedy="一张票只能投一次；不是您投的，马上告诉主持人，并向镇（街）纪（工）委反映",
        )
    if not BallotCode.objects.filter(digest=digest, batch=box.batch).exists():
        raise _unknown()


def _put(box: BallotBox, sealed: str) -> None:
    """Put the new inside in the place of the one that was read, and of no other: the row lock, proved."""
    changed = BallotBox.objects.filter(pk=box.pk, closed=False, sealed=box.sealed).update(sealed=sealed)
    if changed != 1:
        raise Refused("同一时刻有别人在投票，您的票没有计入", remedy="再投一次")


def counted(receipt: str) -> Ballot:
    """The vote in which the ballot of a receipt was counted: while it runs, or afterwards.

    Raises:
        Refused: there is no such receipt.
    """
    digest = _digest("receipt", receipt)
    row = BallotReceipt.objects.select_related("box").filter(digest=digest).first()
    boxes = [row.box] if row else BallotBox.objects.filter(closed=False).exclude(sealed="")
    for box in boxes:
        if row or digest in unseal(box.sealed, box.pk).receipts:
            return Ballot(box.meeting_id, box.item, not box.closed, spent=True)
    raise Refused(
        "没有找到这张回执", remedy="照投票以后显示的回执逐字输入；仍查不到的，向镇（街）纪（工）委反映"
    )


def close_box(meeting: str, item: int) -> Counted:
    """Close the box and tell what it holds. In the transaction that closes the vote; unspent codes are void."""
    box = _locked(meeting, item)
    inside = unseal(box.sealed, box.pk)
    box.closed, box.sealed = True, ""
    box.agree, box.against, box.abstain = inside.agree, inside.against, inside.abstain
    box.save(update_fields=["closed", "sealed", "agree", "against", "abstain"])
    BallotReceipt.objects.bulk_create(BallotReceipt(digest=one, box=box) for one in inside.receipts)
    return Counted(
        item=item, method=Method.electronic, agree=box.agree, against=box.against, abstain=box.abstain,
        not_cast=box.voters - len(inside.spent),
    )  # fmt: skip


def _locked(meeting: str, item: int) -> BallotBox:
    box = BallotBox.objects.select_for_update().filter(meeting_id=meeting, item=item).first()
    if box is None:
        raise Refused("这一项没有用电子票", remedy="核对是哪一项")
    return box


def _box_of(digest: str) -> BallotBox:
    """The box of a code; codes of an earlier batch are as unknown as any."""
    code = BallotCode.objects.select_related("box").filter(digest=digest, batch=F("box__batch")).first()
    if code is None:
        raise _unknown()
    box: BallotBox = code.box
    return box


def _unknown() -> Refused:
    return Refused(
        "没有这个票码", remedy="照票上的字逐组输入；没有宣布开始表决以前还没有票码，换过票的，照新票输入"
    )


def _digest(use: str, code: str) -> str:
    """Keyed, so that a copy of the tables alone cannot try codes against them."""
    key = f"ballot-{use}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, plain_code(code).encode(), hashlib.sha256).hexdigest()[:DIGEST]
