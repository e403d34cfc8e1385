"""The shapes that go out. They are a promise: `tests/api/openapi.json` holds them still."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema


class FieldOut(Schema):
    """One line; withheld when `value` is null, and `masked_rule` says why."""

    label: str
    kind: str
    value: str | None
    masked_rule: str | None


class PaperOut(Schema):
    """A paper; `digest` names the public copy, absent while the paper is sealed (`masked`)."""

    label: str
    digest: str | None
    media_type: str
    masked: bool
    state: str
    seal: str


class PublicationOut(Schema):
    """One act as published. `digest` = sha256(salt + body); the body is at `body_path`, its proof at `proof_path`.

    `masks` say what the door took out of the texts, and why. One that was published by mistake has `withdrawn` (by
    which publication, when, by which office, why) and no `body_path` any more; its digest stays in the log.
    """

    id: str
    key: int
    number: int
    village: str
    power: str
    case: str
    kind: str
    kind_title: str
    title: str
    office: str
    office_title: str
    actor: str
    occurred_on: date
    recorded_at: datetime
    published_at: datetime
    late_days: int
    fields: list[FieldOut]
    papers: list[PaperOut]
    data: dict[str, Any]
    citation: str
    basis: str
    supersedes: str
    digest: str
    masks: list[str]
    withdrawn: dict[str, str] | None
    path: str
    body_path: str | None
    proof_path: str


class PublicationPage(Schema):
    """A page by key; ask again with `key=next` until `next` is null."""

    items: list[PublicationOut]
    next: int | None


class ChangeOut(Schema):
    """A place in the log: `leaf` are the bytes (base64) that the log holds there, about that publication."""

    position: int
    leaf: str
    publication: PublicationOut


class ChangePage(Schema):
    """What the log holds from a place on. `next`: what to ask `after` next time; `size`: how long the log is."""

    items: list[ChangeOut]
    next: int
    size: int


class ProofOut(Schema):
    """That `leaf` (base64) stands at place `index` of the signed log of `size` (RFC 6962, 2.1.1); `hashes` in hex.

    `checkpoint` is the signed note; the key that checks it is at `key_path`.
    """

    publication: str
    index: int
    size: int
    root: str
    hashes: list[str]
    leaf: str
    checkpoint: str
    key_path: str


class VillageOut(Schema):
    """A village or community by its 12-digit statistical code; `committee` is villagers or residents."""

    code: str
    name: str
    short: str
    committee: str
    town: str
    path: str


class FactOut(Schema):
    """A sentence with its source and how sure we are: verified, likely or assumed (待确认)."""

    text: str
    source: str
    confidence: str


class BasisOut(Schema):
    """A legal basis: the law by id and title, the articles, and what they say."""

    law: str
    title: str
    articles: list[str]
    point: str
    source: str
    confidence: str


class PowerOut(Schema):
    """A power on the list of the edition in force."""

    id: str
    number: int
    category: str
    name: str
    nature: str
    nature_title: str
    compiling_departments: list[FactOut]
    bases: list[BasisOut]
    facts: dict[str, list[FactOut]]
    procedure: str | None
    path: str


class Place(Schema):
    """Where in the question something is wrong (`query.limit`, `path.village`), and what."""

    place: str
    reason: str


class Problem(Schema):
    """What was wrong: `detail` in one sentence, `problems` place by place."""

    detail: str
    problems: list[Place]
