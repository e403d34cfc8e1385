"""Taking down what should not have been published: asked by one person, confirmed by another; copies of papers removed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mingbai.evidence import store
from mingbai.evidence.masking import refuse_personal
from mingbai.evidence.models import WithdrawalAsked, WithdrawalConfirmed, WithdrawnCopy
from mingbai.kernel import Refused

LONGEST, SHORTEST = 240, 4


def ask_withdrawal(
    *, publication: str, copy: str, village: str, reason: str, person: str, office: str, at: datetime
) -> int:
    """Ask for a publication, or for one copy of it, to be taken down; whoever asks has checked that it exists.

    Raises:
        Refused: no reason or one that says what is personal itself (the public reads it), or it was asked already.
    """
    reason = reason.strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Refused(
            f"撤下的原因要写 {SHORTEST} 到 {LONGEST} 个字",
            remedy="写清公开了哪一类不该公开的信息，不要写出信息本身",
        )
    refuse_personal("原因", reason)
    with transaction.atomic():
        standing = WithdrawalAsked.objects.filter(publication=publication, copy=copy)
        if (
            standing.filter(confirmed__isnull=True).exists()
            or standing.filter(confirmed__taken_down=True).exists()
        ):
            raise Refused("这一份已经有人提出撤下", remedy="等第二个人核对，或者看撤下的记录")
        row = WithdrawalAsked.objects.create(
            publication=publication,
            copy=copy,
            village=village,
            reason=reason,
            person=person,
            office=office,
            recorded_at=at,
        )
    return row.pk


def settle_withdrawal(
    *, asked: int, taken_down: bool, person: str, office: str, at: datetime
) -> WithdrawalAsked:
    """The second person's word on what was asked.

    Raises:
        Refused: nothing such was asked, it was settled before, or it is the person who asked.
    """
    row = WithdrawalAsked.objects.filter(pk=asked).first()
    if row is None:
        raise Refused("没有这一条撤下的申请", remedy="从清单里选")
    if row.person == person:
        raise Refused("提出撤下的人不能自己核对", remedy="请本镇或者区里的另一个人核对")
    try:
        with transaction.atomic():
            WithdrawalConfirmed.objects.create(
                asked=row, taken_down=taken_down, person=person, office=office, recorded_at=at
            )
    except IntegrityError as twice:
        raise Refused("这一条已经核对过了", remedy="看撤下的记录") from twice


def withdraw_copies(digests: Collection[str], *, publication: str, reason: str, on: date) -> None:
    """Take public copies down: from now on none of them is shown; their files go when the transaction is through."""
    known = set(WithdrawnCopy.objects.filter(digest__in=digests).values_list("digest", flat=True))
    WithdrawnCopy.objects.bulk_create(
        WithdrawnCopy(digest=one, publication=publication, reason=reason, withdrawn_on=on)
        for one in sorted(set(digests) - known)
    )
    transaction.on_commit(remove_withdrawn)


def remove_withdrawn() -> int:
    """Remove the files of copies that were taken down and are still there, as after a crash; returns how many."""
    return sum(store.remove("public", one) for one in WithdrawnCopy.objects.values_list("digest", flat=True))
