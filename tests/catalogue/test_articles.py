"""Articles as departments write them: read exactly, compared by what they cover, renumbered all at one moment."""

from __future__ import annotations

import pytest

from mingbai.catalogue.rules.articles import Place, chinese, mentions, number, places, renumber

pytestmark = pytest.mark.once
# 村民委员会组织法, the amendment of 2025 (both texts compared): openness and supervision, appraisal, audit.
MOVES = {Place(old): Place(new) for old, new in ((24, 28), (30, 35), (31, 36), (32, 37), (33, 38), (35, 40))}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("第28条", "第28条"),
        ("第30条第2款", "第30条第2款"),
        ("第40条第4项", "第40条第4项"),
        ("第35条第2款第5项", "第35条第2款第5项"),
        ("第35条第2款、第4款", "第35条第2款 第35条第4款"),
        ("第35条第2款第5、6项", "第35条第2款第5项 第35条第2款第6项"),
        ("第28条第1款第4项、第40条第4项", "第28条第1款第4项 第40条第4项"),
        ("第30条、第31条", "第30条 第31条"),
        ("第201、203条", "第201条 第203条"),
        ("第26至28条", "第26条 第27条 第28条"),
        ("第26条至第28条", "第26条 第27条 第28条"),
        ("第26—28条", "第26条 第27条 第28条"),
        ("第三十五条第二款第五项", "第35条第2款第5项"),
        ("第一百三十三条之一", "第133条之一"),
        ("第31条之规定", "第31条"),
        ("依照第6条、第28条办理，见第二部分(二)", "第6条 第28条"),
        ("第三部分(三)", ""),
        ("条号未核对", ""),
        ("本地惯例", ""),
        ("第28至26条", ""),
        ("第1至9999条", ""),
        ("", ""),
    ],
)
def test_every_way_of_writing_an_article_is_read(text: str, read: str) -> None:
    assert " ".join(one.text() for one in places(text)) == read


def test_a_citation_says_where_it_stands_in_the_text() -> None:
    text = "依据第30条第2款，另见第9条"
    assert [text[one.start : one.end] for one in mentions(text)] == ["第30条第2款", "第9条"]


@pytest.mark.parametrize("value", [1, 9, 10, 11, 19, 20, 21, 99, 100, 101, 110, 111, 345, 999])
def test_chinese_figures_go_both_ways(value: int) -> None:
    assert number(chinese(value)) == value


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("第35条", "第35条第2款", True),
        ("第35条第2款", "第35条", True),
        ("第35条第2款", "第35条第4款", False),
        ("第35条第2款第1项", "第35条第2款第5项", False),
        ("第40条", "第40条第4项", True),
        ("第35条", "第36条", False),
        ("第133条", "第133条之一", False),
    ],
)
def test_a_change_touches_a_citation_when_both_speak_of_the_same_words(
    one: str, other: str, same: bool
) -> None:
    assert places(one)[0].covers(places(other)[0]) is same


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("第30条", "第35条"),
        ("第30条第2款第1项", "第35条第2款第1项"),
        ("第30至32条", "第35至37条"),
        ("第30条至第33条", "第35条至第38条"),
        ("第30—32条", "第35—37条"),
        ("第30条、第31条", "第35条、第36条"),
        ("第三十条第二款", "第三十五条第二款"),
        ("第30条第2款第5、6项", "第35条第2款第5、6项"),
        # 24 and 30 go different ways, and what was 35 moves out of the way at the same moment.
        ("第24条、第30条、第35条", "第28条、第35条、第40条"),
        # A range that is torn apart keeps what still follows one another.
        ("第29至31条", "第29条、第35至36条"),
        ("第28至30条", "第28至29条、第35条"),
        ("第9条、第 29 条", "第9条、第 29 条"),
        ("第130条、第303条", "第130条、第303条"),
        ("第二部分(二)、条号未核对", "第二部分(二)、条号未核对"),
    ],
)
def test_renumbering_rewrites_what_moved_and_nothing_else(before: str, after: str) -> None:
    assert renumber(before, MOVES) == after


def test_renumbering_there_and_back_again_is_the_same_text() -> None:
    back = {to: source for source, to in MOVES.items()}
    for text in ("第24条", "第30条第2款、第4款", "第30至33条", "第35条第1款"):
        assert renumber(renumber(text, MOVES), back) == text


def test_a_paragraph_may_move_alone() -> None:
    moves = {Place(28, paragraph=2): Place(28, paragraph=3), Place(9): Place(10)}
    assert renumber("第28条第2款、第9条", moves) == "第28条第3款、第10条"
    assert renumber("第28条第1款第2项", moves) == "第28条第1款第2项"
    assert renumber("第28条第1款、第2款", moves) == "第28条第1款、第3款"
