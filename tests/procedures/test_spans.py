"""Limits over several steps name steps and laws that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingbai.catalogue.queries import read_district
from mingbai.config.checking import check_files
from mingbai.kernel import BadFile

pytestmark = pytest.mark.once
FILES = read_district(Path(__file__).parents[2] / "districts" / "huaishang")
POWER = "powers/12-dibao.yaml"


@pytest.mark.parametrize(
    ("said", "instead", "reason"),
    [
        ("from_step: accept", "from_step: receive", "流程图里没有“receive”"),
        ("to_step: confirm", "to_step: agreed", "流程图里没有“agreed”"),
        ("law: dibao-measures\n    article: 第22条", "law: dibao\n    article: 第22条", "没有“dibao”"),
    ],
)
def test_a_limit_that_names_what_is_not_there_is_refused_at_its_line(said, instead, reason) -> None:
    text = FILES[POWER]
    assert said in text
    with pytest.raises(BadFile, match=reason) as bad:
        check_files({**FILES, POWER: text.replace(said, instead, 1)})
    assert bad.value.file == POWER and bad.value.line > 1
