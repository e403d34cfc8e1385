"""The season: the same for the same seed, and nothing personal of it is ever published."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.services import confirm_edition
from mingbai.demo.season import build, first_instant
from mingbai.disclosure.models import PublicationRow
from mingbai.journal.queries import entries_after, verify_chain
from mingbai.kernel import scan_text
from mingbai.organisations.services import load_divisions, load_offices
from mingbai.worker import run_once

sys.path.insert(0, str(Path(__file__).parents[1] / "redaction"))
from redaction_crawl import crawl, without_digests

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.slow]
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
INVENTED = ("34031119580312", "1390552", "621700123456", "常年吃药", "小宝")
"""What the demo writes into fields of personal kinds."""


@pytest.fixture
def season(settings, tmp_path):
    """Makes the season of a district that is loaded for it."""
    settings.MEDIA_ROOT = tmp_path / "papers"
    settings.MINGBAI_DATA = tmp_path
    start = first_instant(1)
    files = read_district(DISTRICT)
    load_divisions(files["divisions.csv"])
    load_offices(files["offices.yaml"])
    confirm_edition(files=files, since=start.date(), by_person="", office="district_government", at=start)

    def make(seed: int, villages: int = 1, follow=lambda now: None) -> list[tuple]:
        build(villages=villages, months=1, seed=seed, tell=lambda said: None, follow=follow)
        return [
            (one.act, one.village, one.subject, one.occurred_on, tuple(field.value for field in one.fields))
            for one in entries_after(0, limit=10_000)
        ]

    return make


def test_the_same_seed_tells_the_same_season_and_another_does_not(season) -> None:
    told = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            told.append(season(seed))
            assert verify_chain() == ()
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert told[0] != told[2]


def test_nothing_personal_is_published(season) -> None:
    season(7, villages=3, follow=run_once)
    bodies = [bytes(row.body).decode() for row in PublicationRow.objects.all()]
    powers = set(PublicationRow.objects.values_list("power", flat=True))
    assert {"dibao", "tekun-support", "temporary-assistance"} <= powers
    assert [word for word in INVENTED if any(word in body for body in bodies)] == []
    read = list(crawl(Client(), most=150, beside="/powers/|/find/"))
    assert len(read) == 150 and not [
        one.address for one in read if any(word in one.text for word in INVENTED)
    ]
    found = [(one.address, hit.kind) for one in read for hit in scan_text(without_digests(one.text))]
    assert not found
