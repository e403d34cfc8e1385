"""A page that only reads asks once which editions there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.models import EditionRow
from mingbai.kernel import Refused

pytestmark = pytest.mark.django_db


def test_within_one_reading_editions_are_asked_for_once_and_are_the_same(
    world, django_assert_num_queries
) -> None:
    plain = (catalogue.current(world.day), catalogue.latest(), catalogue.edition(1))
    since = min(EditionRow.objects.values_list("since", flat=True))
    with django_assert_num_queries(1), catalogue.one_reading():
        assert (catalogue.current(world.day), catalogue.latest(), catalogue.edition(1)) == plain
        with pytest.raises(Refused, match="还没有生效"):
            catalogue.current(since - timedelta(days=1))
        with pytest.raises(Refused, match="第 99 版"):
            catalogue.edition(99)
    with django_assert_num_queries(2):
        assert catalogue.current(world.day) == catalogue.latest() == plain[1]
