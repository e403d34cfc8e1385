"""A sheet's code: made again from the same sheet, read as people write it, and any one wrong sign is noticed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mingbai.boards.sheets import codes
from mingbai.boards.sheets.codes import SIGNS, Mistyped, Sheet, code_of, read_code
from mingbai.catalogue.queries import Edition

pytestmark = pytest.mark.once
DAY = date(2026, 9, 1)


def sheet(number: int = 1, power: str = "dibao", kind: str = "card", day: date = DAY) -> Sheet:
    return Sheet(kind, Edition(number, DAY, datetime(2026, 8, 31, tzinfo=UTC), {}, "0f" * 32), day, power)


def test_the_same_sheet_has_the_same_code_for_ever():
    assert code_of(sheet()) == "01HN-HE8F-3REX"
    later = date(2026, 10, 1)
    others = [sheet(2), sheet(power="orphan-support"), sheet(kind="handbook", power=""), sheet(day=later)]
    assert len({code_of(one) for one in [sheet(), *others]}) == 5


def test_codes_are_read_as_people_write_them():
    code = code_of(sheet())
    loose = code.lower().replace("-", " ")
    assert read_code(f"  {loose} ") == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code
    assert read_code("".join(chr(ord(one) + 0xFEE0) for one in code)) == code


def test_every_wrong_sign_is_noticed():
    code = code_of(sheet()).replace("-", "")
    for place, right in enumerate(code):
        for wrong in SIGNS.replace(right, ""):
            with pytest.raises(Mistyped):
                read_code(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "01", "01HN-HE8F-3RE", "01HN-HE8F-3REX0", "村村村村村村村村村村村村", "U" * 12]
)
def test_what_no_sheet_can_have_says_how_to_write_it(text):
    with pytest.raises(Mistyped) as refused:
        read_code(text)
    assert refused.value.remedy


def test_the_edition_can_be_read_off_the_code():
    assert code_of(sheet(33)).startswith("11") and code_of(sheet(codes.EDITIONS)).startswith("00")
