"""Publications, the log of them in its order, and the proof of each."""

from __future__ import annotations

import base64
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext_noop as N_
from ninja import Path, Query
from ninja.errors import HttpError

from mingbai.api.asking import api, by_position, reads
from mingbai.api.content import publication_out
from mingbai.api.shapes import ChangeOut, ChangePage, Problem, ProofOut, PublicationOut, PublicationPage
from mingbai.disclosure import queries as disclosure
from mingbai.translog import queries as translog

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_KEY = 2**63 - 1
SINCE = Query(None, description=N_("这一天（含）以后公布的"))
ID = Path(max_length=40, description=N_("如 340311104201-12"))
WRONG = {404: Problem, 422: Problem}


@api.get(
    "/publications", response={200: PublicationPage, **WRONG}, summary=N_("公布，按顺序"), tags=[N_("公布")]
)
@reads(by_position)
def publications(
    request: HttpRequest,
    key: int = Query(0, ge=0, le=LAST_KEY, description=N_("从这个键之后开始")),
    village: str = Query("", max_length=12, pattern=r"^\d*$", description=N_("村的12位代码")),
    power: str = Query("", max_length=80, description=N_("权力的代号")),
    kind: str = Query("", max_length=60, description=N_("哪一种行为，如 case.step_completed")),
    since: date | None = SINCE,
    limit: int = Query(50, ge=1, le=disclosure.MAX_PAGE, description=N_("一次几条")),
) -> PublicationPage:
    """A page of publications in the order of publication. Go on with `key=next`."""
    page = disclosure.publications(
        village=village or None,
        power=power or None,
        kind=kind or None,
        since=key,
        published_from=datetime.combine(since, time.min, SHANGHAI) if since else None,
        limit=limit,
    )
    return PublicationPage(items=[publication_out(item) for item in page.items], next=page.next)


@api.get(
    "/publications/{publication_id}",
    response={200: PublicationOut, **WRONG},
    summary=N_("一条公布"),
    tags=[N_("公布")],
)
@reads(by_position)
def publication(request: HttpRequest, publication_id: str = ID) -> PublicationOut:
    """One publication by its permanent id."""
    found = disclosure.publication(publication_id)
    if found is None:
        raise HttpError(404, "没有这条公布")
    return publication_out(found)


@api.get(
    "/changes", response={200: ChangePage, **WRONG}, summary=N_("变动，按公开总账的位置"), tags=[N_("公布")]
)
@reads(by_position)
def changes(
    request: HttpRequest,
    after: int = Query(0, ge=0, le=LAST_KEY, description=N_("总账里已经读过多少条")),
    limit: int = Query(50, ge=1, le=disclosure.MAX_PAGE, description=N_("一次几条")),
) -> ChangePage:
    """What the signed log holds from place `after` on, nothing left out, nothing twice, always in the same order.

    Keep `next` and ask again with `after=next`; it stays the same while there is nothing new.
    """
    head = translog.head()
    size = head.size if head else 0
    entries = translog.entries(after, size, limit)
    told = disclosure.by_order([entry.order for entry in entries])
    items = [_change(entry, one) for entry, one in zip(entries, told, strict=True)]
    return ChangePage(items=items, next=after + len(items), size=size)


def _change(entry: translog.Entry, one: disclosure.Publication) -> ChangeOut:
    leaf = base64.b64encode(entry.leaf).decode("ascii")
    return ChangeOut(position=entry.index, leaf=leaf, publication=publication_out(one))


@api.get(
    "/proofs/{publication_id}",
    response={200: ProofOut, **WRONG},
    summary=N_("一条公布在公开总账里的证明"),
    tags=[N_("公布")],
)
@reads(by_position)
def proof(request: HttpRequest, publication_id: str = ID) -> ProofOut:
    """The proof that a publication is in the signed log; it can be checked without asking us again."""
    found = translog.proof(publication_id)
    if found is None:
        raise HttpError(404, "公开总账里还没有这一条，刚公布的过几秒再问")
    return ProofOut(
        publication=publication_id,
        index=found.index,
        size=found.size,
        root=found.root,
        hashes=list(found.hashes),
        leaf=base64.b64encode(found.leaf).decode("ascii"),
        checkpoint=found.checkpoint,
        key_path="/log/vkey",
    )
