"""One publication with its proof, checked again on the server at every showing, in words a villager understands."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication, PublicField, PublicObjection
from mingbai.kernel import Refused
from mingbai.merkle import BadNote, leaf_hash, open_note, parse_checkpoint, verify_inclusion
from mingbai.merkle.note import parse_vkey
from mingbai.organisations import queries as organisations
from mingbai.portal.pages import reading
from mingbai.portal.pages.telling import Paper, Payment, late_sentence, papers_of, payment_of
from mingbai.portal.pages.villages import Vote, vote
from mingbai.translog import queries as translog
from mingbai.translog.queries import PublicationProof

DECISION = "决定"
VILLAGE_CODE = 12
# Three groups of four, as a card or handbook carries it; the page of the code says what is wrong with it.
_SHEET_CODE = re.compile(r"[0-9A-Za-z]{4}(?:[\s\-—]*[0-9A-Za-z]{4}){2}")


@dataclass(frozen=True)
class Check:
    """One thing that is guaranteed: whether it holds, in a word, a sentence, and the finer print."""

    ok: bool
    title: str
    sentence: str
    fine: str


@dataclass(frozen=True)
class Proof:
    """The whole proof; `pending` while the log has not taken the publication in yet (under two seconds)."""

    ok: bool
    pending: bool
    checks: tuple[Check, ...]
    signers: tuple[str, ...]
    index: int
    size: int
    leaf: str
    root: str
    hashes: tuple[str, ...]
    checkpoint: str


@dataclass(frozen=True)
class PublicationPage:
    """A publication with everything its page shows."""

    publication: Publication
    place: str
    heading: str
    late: str
    papers: tuple[Paper, ...]
    vote: Vote | None
    payment: Payment | None
    fields: tuple[PublicField, ...]
    decision: Publication | None
    contract: str
    later: tuple[Publication, ...]
    proof: Proof
    previous: str
    body: str
    objections: tuple[PublicObjection, ...] = ()

    @property
    def of_village(self) -> bool:
        """Whether it is of a village, which has a page; what the district does itself is in the change record."""
        return len(self.publication.village) == VILLAGE_CODE


def publication_page(id: str) -> PublicationPage | None:
    """A publication by its permalink, proved again now; None when there is none such."""
    publication = disclosure.publication(id)
    if publication is None:
        return None
    heading = str(publication.data.get("step_title") or "") or reading.shown(publication, "摘要")
    beside, paid = _beside(publication), publication.kind == reading.PAID
    decision = _decision(publication, beside)
    return PublicationPage(
        publication=publication,
        place=_place(publication.village),
        heading=publication.kind_title if publication.withdrawn else heading or publication.kind_title,
        late=late_sentence(publication),
        papers=papers_of(publication),
        vote=vote(publication) if publication.kind == "meeting.resolved" else None,
        payment=payment_of(publication) if paid else None,
        fields=tuple(one for one in publication.fields if one.label != DECISION or not decision),
        decision=decision,
        contract=next((one.id for one in reversed(beside) if one.kind == reading.SIGNED), ""),
        later=_later(publication, beside),
        proof=prove(publication),
        previous=f"{publication.village}-{publication.number - 1}" if publication.number > 1 else "",
        body=publication.body.decode("utf-8"),
        objections=disclosure.objections_to(publication),
    )


def _beside(publication: Publication) -> tuple[Publication, ...]:
    """What was published of the same case as a payment, or of the same voucher where it has no case."""
    if publication.kind != reading.PAID:
        return ()
    if publication.case:
        return disclosure.of_case(publication.case)
    number = str(publication.data.get("number") or "")
    return disclosure.later_papers(publication.village, number)


def _decision(publication: Publication, beside: Sequence[Publication]) -> Publication | None:
    """The published resolution on which a payment rests, by the number that the voucher names."""
    number = reading.shown(publication, DECISION)
    resolved = (one for one in beside if number and one.kind == reading.MET)
    return next((one for one in resolved if one.data.get("number") == number), None)


def _later(publication: Publication, beside: Sequence[Publication]) -> tuple[Publication, ...]:
    """The papers of a voucher that were handed in after it."""
    number = publication.data.get("number")
    return tuple(one for one in beside if one.kind == reading.ADDED and one.data.get("number") == number)


def _place(code: str) -> str:
    try:
        return organisations.division(code).short
    except Refused:
        return ""


def prove(publication: Publication) -> Proof:
    """Compute everything again: digest, place in the tree, signature on the tree's head."""
    found = translog.proof(publication.id)
    if found is None:
        return Proof(True, True, (), (), 0, 0, "", "", (), "")
    unchanged = _unchanged(publication, found)
    included = _included(found)
    signed = _signed(found)
    checks = (
        _withdrawn_check(unchanged) if publication.withdrawn else _unchanged_check(unchanged),
        _included_check(included, found),
        _dated_check(publication),
        _signed_check(signed, found),
    )
    return Proof(
        unchanged and included and signed,
        False,
        checks,
        signers(found.checkpoint),
        found.index,
        found.size,
        leaf_hash(found.leaf).hex(),
        found.root,
        found.hashes,
        found.checkpoint,
    )


def _unchanged(publication: Publication, found: PublicationProof) -> bool:
    """Whether what is shown has the digest that the log took in; of one that was taken down its own word counts."""
    digest = (
        publication.digest
        if publication.withdrawn
        else hashlib.sha256(bytes.fromhex(publication.salt) + publication.body).hexdigest()
    )
    try:
        statement = json.loads(found.leaf)
    except ValueError:
        return False
    return bool(statement.get("digest") == digest and statement.get("id") == publication.id)


def _included(found: PublicationProof) -> bool:
    path = [bytes.fromhex(one) for one in found.hashes]
    return verify_inclusion(found.index, found.size, leaf_hash(found.leaf), path, bytes.fromhex(found.root))


def _signed(found: PublicationProof) -> bool:
    """Whether the head that the path leads to is the one this log's key signed."""
    key = translog.read("vkey")
    if key is None:
        return False
    try:
        name, public = parse_vkey(key.decode().splitlines()[0])
        head = parse_checkpoint(open_note(found.checkpoint.encode(), name, public))
    except (BadNote, IndexError, UnicodeDecodeError):
        return False
    return head.size == found.size and head.root.hex() == found.root


def signers(checkpoint: str) -> tuple[str, ...]:
    """The names on a checkpoint's signature lines."""
    lines = checkpoint.rpartition("\n\n")[2].splitlines()
    return tuple(line.split(" ")[1] for line in lines if line.startswith("— ") and line.count(" ") >= 2)


def _unchanged_check(ok: bool) -> Check:
    if ok:
        return Check(True, _("没有改过"), _("和公布那天一模一样，每个字都没有动"), "")
    return Check(False, _("和公布那天不一样"), _("这一页的内容被人动过。请把这一页拍下来，告诉镇纪委。"), "")


def _withdrawn_check(ok: bool) -> Check:
    if not ok:
        return _unchanged_check(False)
    return Check(
        True,
        _("内容撤下了，记录还在"),
        _("公布那天的指纹还在总账里，谁也抽不走；内容已经删掉，不能再算一遍"),
        "",
    )


def _included_check(ok: bool, found: PublicationProof) -> Check:
    fine = _("公开总账一共 %(size)s 条，这是第 %(n)s 条") % {"size": found.size, "n": found.index + 1}
    if ok:
        return Check(True, _("没有抽掉"), _("和前后各条扣在一起，抽走一条就对不上"), fine)
    return Check(False, _("和总账对不上"), _("总账里找不到这一条原来的样子。请拍下来，告诉镇纪委。"), fine)


def _dated_check(publication: Publication) -> Check:
    late = late_sentence(publication)
    sentence = late or _("当天的事，当天登记")
    return Check(True, _("没有倒填"), sentence, _("哪天登记就写哪天，晚了会标出来"))


def _signed_check(ok: bool, found: PublicationProof) -> Check:
    if not ok:
        return Check(False, _("签字不对"), _("总账上的签字和公开的印鉴对不上。请告诉镇纪委。"), "")
    others = len(signers(found.checkpoint)) - 1
    if others > 0:
        return Check(True, _("不是一家说了算"), _("另有 %(n)s 家核对后签了字") % {"n": others}, "")
    return Check(
        True, _("签了字"), _("区里的记录机签过字；签过的，区里自己也改不了"), _("还没有别家一起作证")
    )


def publication_json(id: str) -> dict[str, Any] | None:
    """What anyone needs to check a publication at home; None when it is unknown or not in the log yet."""
    stored = disclosure.public_json(id)
    found = translog.proof(id) if stored else None
    if stored is None or found is None:
        return None
    return {
        **stored,
        "index": found.index,
        "size": found.size,
        "statement": base64.b64encode(found.leaf).decode(),
        "hashes": list(found.hashes),
        "checkpoint": found.checkpoint,
    }


def meant_by(text: str) -> str:
    """The address of what was typed or scanned: a publication, a case, a printed sheet, or a link to one.

    Empty when nothing is known by it.
    """
    word = text.strip().rstrip("/").rpartition("/")[2].removesuffix(".json")
    if disclosure.publication(word):
        return f"/p/{word}/"
    if disclosure.case(word):
        return f"/cases/{word}/"
    return f"/sheets/{quote(word)}/" if _SHEET_CODE.fullmatch(unicodedata.normalize("NFKC", word)) else ""
