"""The sunlight line with real acts: a clerk's step becomes a publication with a proof, and a person stays masked."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mingbai.cases import services as cases
from mingbai.disclosure import queries
from mingbai.evidence.services import keep_paper, release_paper
from mingbai.organisations import queries as organisations
from mingbai.organisations import services as people
from mingbai.organisations.rules import Actor
from mingbai.translog import queries as translog
from mingbai.worker import run_once

VILLAGE = "340311104201"
START = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 1)
NOBODY = Actor("", "", ())


def later(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.fixture
def clerk(district: None, settings: Any, tmp_path: Path) -> Actor:
    """Somebody who acts for the village committee."""
    settings.MEDIA_ROOT = tmp_path / "papers"
    person = people.add_person(name="王办事", village=VILLAGE, by=NOBODY, at=START)
    people.give_mandate(
        person=person,
        office="village_committee",
        division=VILLAGE,
        since=date(2026, 1, 1),
        until=None,
        by=NOBODY,
        at=START,
    )
    return organisations.actor_on(person, DAY)


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(kept, "JPEG")
    return kept.getvalue()


def paper(clerk: Actor) -> str:
    kept = keep_paper(
        content=picture(), name="p.jpg", label="立项申请", village=VILLAGE, actor=clerk.person, at=later(2)
    )
    return kept.id


def open_and_request(clerk: Actor, papers: list[str]) -> str:
    opened = cases.open_case(
        power="procurement-small-works",
        village=VILLAGE,
        title="东头水渠清淤",
        occurred_on=DAY,
        by=clerk,
        at=later(3),
    )
    values = {"project_kind": "works", "amount": "8600", "fund_source": "村集体收入", "way": "by_amount"}
    cases.complete_step(
        case=opened.number,
        step="request",
        values=values,
        papers={"application": papers},
        occurred_on=DAY,
        by=clerk,
        at=later(4),
    )
    return opened.number


def test_a_step_is_public_and_logged_in_one_pass(clerk: Actor) -> None:
    number = open_and_request(clerk, [paper(clerk)])
    counts = run_once(later(5))
    assert counts.published == counts.logged
    step = queries.of_case(number)[-1]
    assert (step.kind, step.actor, step.office_title) == ("case.step_completed", "王办事", "村民委员会")
    assert {field.label: field.value for field in step.fields}["预算"] == "8,600.00"
    assert step.papers[0].masked
    assert translog.proof(step.id) is not None
    assert run_once(later(6)).published == 0


def test_a_released_paper_is_served_under_its_publication_only(clerk: Actor) -> None:
    sealed = paper(clerk)
    digest = release_paper(paper=sealed, masks=(), actor=clerk.person, at=later(2))
    number = open_and_request(clerk, [sealed])
    run_once(later(5))
    opened, step = queries.of_case(number)[0], queries.of_case(number)[-1]
    assert step.papers[0].digest == digest
    served = queries.file(step.id, digest)
    assert served is not None
    assert served[1] == "image/jpeg"
    assert queries.file(opened.id, digest) is None
    assert queries.file(step.id, "") is None


def test_a_paper_released_later_shows_where_it_was_sealed(clerk: Actor) -> None:
    sealed = paper(clerk)
    number = open_and_request(clerk, [sealed])
    run_once(later(5))
    step = queries.of_case(number)[-1]
    assert step.papers[0].masked
    digest = release_paper(
        paper=sealed, masks=(), actor=clerk.person, office="village_committee", at=later(6)
    )
    assert run_once(later(7)).published == 1
    shown = queries.publication(step.id)
    assert shown is not None
    assert (shown.papers[0].digest, shown.body) == (digest, step.body)
    assert queries.of_case(number)[-1].papers[0].digest == digest
    assert queries.file(shown.papers[0].opened_by, digest) is not None


def test_a_paper_nobody_saw_sealed_needs_no_publication_of_its_own(clerk: Actor) -> None:
    run_once(later(1))
    release_paper(paper=paper(clerk), masks=(), actor=clerk.person, office="village_committee", at=later(6))
    assert run_once(later(7)).published == 0


def test_the_name_shows_only_with_the_office_of_that_day(clerk: Actor) -> None:
    """A villager who lodges, or somebody whose office had ended, is not named."""
    number = open_and_request(clerk, [paper(clerk)])
    cases.withdraw_case(case=number, reason="预算要改", occurred_on=DAY, by=clerk, at=later(5))
    run_once(later(6))
    names = {item.kind: item.actor for item in queries.of_case(number)}
    assert names["case.withdrawn"] == "王办事"
    assert clerk.person not in "".join(item.body.decode() for item in queries.of_case(number))
