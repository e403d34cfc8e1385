"""Acts of the electronic ballot: the box opens with a vote, codes are made once, each is spent once, the box closes.

For members of the collective who take part from afar (农村集体经济组织法 第27条). One row of the box is locked while
a ballot is counted; the code's row is gone when it is.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from mingbai.kernel import Refused, plain_code, printed_code
from mingbai.meetings.models import BallotBox, BallotCode, BallotReceipt
from mingbai.meetings.rules.entries import Counted, Method

CHOICES = ("agree", "against", "abstain")
RANDOM_BYTES = 10
"""80 bits a code: it cannot be found by trying, and sixteen letters can be read out on the telephone."""


@dataclass(frozen=True)
class Ballot:
    """A vote that a code opens: the meeting and the item; whether it may still be cast."""

    meeting: str
    item: int
    open: bool


@dataclass(frozen=True)
class Cast:
    """A ballot was counted. `receipt` is told once, here; it shows that it was counted, never how."""

    meeting: str
    item: int
    receipt: str


def open_box(meeting: str, item: int, *, voters: int) -> None:
    """Open the box of an item for so many members from afar. In the transaction of the vote's opening.

    Raises:
        Refused: nobody takes part from afar, so nobody would have a code.
    """
    if not voters:
        raise Refused("没有远程参加的人，用不着电子票", remedy="先登记谁远程参加，或者不选电子票")
    BallotBox.objects.create(meeting_id=meeting, item=item, voters=voters)


def make_codes(*, meeting: str, item: int) -> tuple[str, ...]:
    """The codes of a box, in the order of a lot, to be handed out face down; shown once and kept nowhere in clear.

    Raises:
        Refused: no such box, its codes were made already, or it is closed.
    """
    with transaction.atomic():
        box = _locked(meeting, item)
        if box.closed:
            raise Refused("这一项已经表决完，不再发票", remedy="没有投的计入“没有投的”")
        if box.issued:
            raise Refused(
                "票码已经发过，不能再看一次", remedy="票码只显示一回，照发出去的用；丢了的计入“没有投的”"
            )
        codes = [printed_code(secrets.token_bytes(RANDOM_BYTES)) for _ in range(box.voters)]
        # Sorted by digest: neither the order of rows nor the order of making says who was handed which.
        digests = sorted(_digest("code", code) for code in codes)
        BallotCode.objects.bulk_create(BallotCode(digest=one, box=box) for one in digests)
        box.issued = True
        box.save(update_fields=["issued"])
    return tuple(codes)


def ballot(code: str) -> Ballot:
    """The vote that a code opens.

    Raises:
        Refused: the code is none, was spent, or its vote is over; which of them is not told to a guesser.
    """
    row = BallotCode.objects.select_related("box").filter(digest=_digest("code", code)).first()
    if row is None:
        raise _unknown()
    return Ballot(row.box.meeting_id, row.box.item, not row.box.closed)


def cast(*, code: str, choice: str) -> Cast:
    """Count one ballot.

    Raises:
        Refused: no such choice, a code unknown or spent, or the vote closed meanwhile.
    """
    if choice not in CHOICES:
        raise Refused("没有选同意、反对还是弃权", remedy="选一个再投")
    digest = _digest("code", code)
    with transaction.atomic():
        row = BallotCode.objects.filter(digest=digest).values_list("box_id", flat=True).first()
        if row is None:
            raise _unknown()
        box = BallotBox.objects.select_for_update().get(pk=row)
        if box.closed:
            raise Refused("这一项已经表决完，票没有计入", remedy="问村里表决的结果；对结果有异议的，可以提出")
        if not BallotCode.objects.filter(digest=digest).delete()[0]:
            raise _unknown()
        setattr(box, choice, getattr(box, choice) + 1)
        box.save(update_fields=[choice])
        receipt = printed_code(secrets.token_bytes(RANDOM_BYTES))
        BallotReceipt.objects.create(digest=_digest("receipt", receipt), box=box)
    return Cast(box.meeting_id, box.item, receipt)


def counted(receipt: str) -> Ballot:
    """The vote in which the ballot of a receipt was counted.

    Raises:
        Refused: there is no such receipt.
    """
    row = BallotReceipt.objects.select_related("box").filter(digest=_digest("receipt", receipt)).first()
    if row is None:
        raise Refused(
            "没有找到这张回执", remedy="照投票以后显示的回执逐字输入；仍查不到的，向镇（街）纪（工）委反映"
        )
    return Ballot(row.box.meeting_id, row.box.item, not row.box.closed)


def close_box(meeting: str, item: int) -> Counted:
    """Close the box and tell what it holds. In the transaction that closes the vote; unspent codes are void."""
    box = _locked(meeting, item)
    box.closed = True
    box.save(update_fields=["closed"])
    cast_votes = box.agree + box.against + box.abstain
    return Counted(
        item=item, method=Method.electronic, agree=box.agree, against=box.against, abstain=box.abstain,
        not_cast=box.voters - cast_votes,
    )  # fmt: skip


def _locked(meeting: str, item: int) -> BallotBox:
    box = BallotBox.objects.select_for_update().filter(meeting_id=meeting, item=item).first()
    if box is None:
        raise Refused("这一项没有用电子票", remedy="核对是哪一项")
    return box


def _unknown() -> Refused:
    return Refused("票码不对，或者已经用过", remedy="照票上的字逐组输入；一张票只能投一次")


def _digest(use: str, code: str) -> str:
    """Keyed, so that a copy of the tables alone cannot try codes against them."""
    key = f"ballot-{use}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, plain_code(code).encode(), hashlib.sha256).hexdigest()
