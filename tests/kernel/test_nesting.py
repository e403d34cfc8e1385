"""Files that would harm the reader: nesting without end, values that Python cannot hold, bombs of references."""

from __future__ import annotations

import pytest

from mingbai.kernel import BadFile, load_located
from mingbai.kernel.located import MAX_DEPTH

pytestmark = pytest.mark.once


@pytest.mark.parametrize("nest", ["[", "{a: ", "- "])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 1_000, 100_000])
def test_deep_nesting_is_refused_and_kills_nothing(nest: str, depth: int) -> None:
    with pytest.raises(BadFile, match="太深"):
        load_located(nest * depth, "f.yaml")


def test_nesting_within_the_bound_is_read() -> None:
    data, lines = load_located("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f.yaml")
    assert lines[()] == 1
    for _ in range(MAX_DEPTH - 1):
        (data,) = data
    assert data == []


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13-01", "9" * 5_000, "2026-01-01T25:00:00Z"])
def test_a_value_that_cannot_be_names_its_line(value: str) -> None:
    with pytest.raises(BadFile, match="不是合格的日期或数") as bad:
        load_located(f"a: 1\nb:\n  - c: {value}\n", "f.yaml")
    assert bad.value.line == 3
    assert len(bad.value.reason) < 80


@pytest.mark.parametrize("width", [1, 9])
def test_a_bomb_of_references_is_refused(width: int) -> None:
    names = "abcdefgh"
    bomb = "a: &a [x]\n"
    for before, name in zip(names, names[1:], strict=False):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * width)}]\n"
    with pytest.raises(BadFile, match="别名"):
        load_located(bomb, "f.yaml")
