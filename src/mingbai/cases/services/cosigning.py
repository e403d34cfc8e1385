"""One more signature (加签): whoever does a step may ask another office to sign it first.

The second signature is a second person's. While it is outstanding, or when it disagrees, the step cannot be completed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import Cosigned, SignatureAsked
from mingbai.cases.models import AskedSignature, StepRun
from mingbai.cases.rules import days, values
from mingbai.cases.services import signing
from mingbai.cases.services.returning import require_reason
from mingbai.cases.services.running import Running, lock
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node


def ask_signature(
    *, case: str, step: str, office: str, reason: str, occurred_on: date, by: Actor, at: datetime
) -> SignatureAsked:
    """Ask an office of the village, its town or district to sign the waiting step before it is completed.

    Raises:
        Refused: not waiting, not the person's step, no such office, asked already, or no reason.
    """
    with transaction.atomic():
        running = lock(case, at)
        days.refuse_future(occurred_on, running.today)
        run, node = running.open_step(step), running.node(step)
        own = signing.require_office(running, node, by, occurred_on)
        why = require_reason(reason)
        title = _require_office(running, run, office)
        AskedSignature.objects.create(
            step=run, village=running.row.village, office=office, reason=why.value, asked_by=by.person,
            asked_on=occurred_on,
        )  # fmt: skip
        run.asked_signatures += 1
        run.save(update_fields=["asked_signatures"])
        running.save()
        asked = TypedField("office", "请谁签", str(FieldKind.office), title)
        running.record(
            events.SIGNATURE_ASKED, node=node, office=own, occurred_on=occurred_on, by=by, fields=[asked, why]
        )
    return SignatureAsked(case, step, office)


def _require_office(running: Running, run: StepRun, office: str) -> str:
    known = {one.code: one.title for one in organisations.offices()}
    if office not in known:
        raise Refused("没有这个职务", remedy="从名单里选一个")
    if AskedSignature.objects.filter(step=run, office=office).exists():
        raise Refused(f"已经请{known[office]}签过", remedy="等他签，或者另请一个职务")
    places = days.places_of(running.row.village)
    if not any(organisations.holders(office, place, running.today) for place in places):
        raise Refused(f"现在没有人担任{known[office]}", remedy="另请一个职务")
    return known[office]


def give_signature(
    *, case: str, step: str, agrees: bool, opinion: str, occurred_on: date, by: Actor, at: datetime
) -> Cosigned:
    """Sign, as the office that was asked: agree or not, with an opinion when not.

    Raises:
        Refused: nobody asked the person's office, he did the asking, he did or signed this step's separate hands,
            or a disagreement says nothing.
    """
    with transaction.atomic():
        running = lock(case, at)
        days.refuse_future(occurred_on, running.today)
        run, node = running.open_step(step), running.node(step)
        asked = list(AskedSignature.objects.filter(step=run).order_by("pk"))
        mine, office = _mine(running, asked, by, occurred_on)
        _refuse_one_person(node, asked, mine, by)
        text = values.read_text("意见", opinion, longest=500)
        if not agrees and not text:
            raise Refused("不同意的要写明理由", remedy="写清楚哪里不行")
        mine.person, mine.agrees, mine.opinion, mine.signed_on = by.person, agrees, text, occurred_on
        mine.save(update_fields=["person", "agrees", "opinion", "signed_on"])
        running.save()
        running.record(
            events.SIGNED,
            node=node,
            office=office,
            occurred_on=occurred_on,
            by=by,
            fields=_fields(agrees, text),
        )
    return Cosigned(case, step, office, agrees)


def _mine(
    running: Running, asked: Sequence[AskedSignature], by: Actor, on: date
) -> tuple[AskedSignature, str]:
    for one in asked:
        office = signing.signing_office([one.office], running.row.village, by, on, running.today)
        if office is not None and one.agrees is None:
            return one, office
    raise Refused("没有人请您签这一步，或者已经签过了", remedy="回到“等我办”看看")


def _refuse_one_person(node: Node, asked: Sequence[AskedSignature], mine: AskedSignature, by: Actor) -> None:
    if by.person == mine.asked_by or any(one.person == by.person for one in asked):
        raise Refused(
            f"“{node.title}”的第二个签名要是第二个人的", basis=node.citation, remedy="请同一职务的其他人签"
        )


def _fields(agrees: bool, text: str) -> list[TypedField]:
    said = TypedField("verdict", "意见", str(FieldKind.choice), "同意" if agrees else "不同意")
    return [said, TypedField("opinion", "理由", str(FieldKind.text), text)] if text else [said]


def refuse_unsigned(run: StepRun, node: Node, by: Actor) -> None:
    """Refuse to complete a step while a signature that was asked for is outstanding, disagrees or is one's own.

    Raises:
        Refused: see above.
    """
    for one in AskedSignature.objects.filter(step=run).order_by("pk"):
        title = organisations.office_title(one.office)
        if one.agrees is None:
            raise Refused(f"“{node.title}”还等{title}签字", basis=node.citation, remedy="等他签了再办")
        if not one.agrees:
            raise Refused(
                f"{title}不同意“{node.title}”：{one.opinion}",
                basis=node.citation,
                remedy="改好以后退回重办，或者撤回",
            )
        if one.person == by.person:
            raise Refused(
                f"“{node.title}”您已经作为{title}签过字，不能再自己办",
                basis=node.citation,
                remedy="请另一个人办",
            )
