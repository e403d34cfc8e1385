"""Files that are refused whole, naming file, line and reason in Chinese."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from mingbai.kernel import BadFile, line_of, load_located, validate
from mingbai.kernel.located import MAX_CHARACTERS


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    count: int
    mood: Literal["good", "bad"] = "good"


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    parts: list[Part]


GOOD = "title: 权力清单\nparts:\n  - id: a\n    count: 1\n  - id: b\n    count: 2\n"


def test_a_good_file() -> None:
    whole = validate(Whole, GOOD, "x.yaml")
    assert [part.id for part in whole.parts] == ["a", "b"]


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("    count: 2", "    count: two", 6, "整数"),
        ("    count: 2", "    cuont: 2", 5, "缺少这一项"),
        ("    count: 2", "    count: 2\n    colour: red", 7, "不认识这一项"),
        ("    count: 2", "    count: 2\n    count: 3", 7, "“count”写了两遍"),
        ("    count: 2", "    count: 2\n    mood: odd", 7, "规定的几个词"),
        ("title: 权力清单", "title: 3", 1, "文字"),
        ("title: 权力清单", "title: yes", 1, "文字"),
        ("title: 权力清单", "title: &a 权力清单", 1, "锚"),
        ("title: 权力清单", "title: !!python/object/apply:os.system [id]", 1, "标签"),
        ("title: 权力清单", "title: !x 权力清单", 1, "标签"),
        ("    count: 2", "    count: 2\n   bad: indent", 7, "YAML"),
        ("title: 权力清单", "title: [", 3, "YAML"),
        ("title: 权力清单", "? [a]\n: b", 1, "键"),
    ],
)
def test_a_bad_file_names_its_line(old: str, new: str, line: int, word: str) -> None:
    with pytest.raises(BadFile) as bad:
        validate(Whole, GOOD.replace(old, new), "x.yaml")
    assert word in bad.value.reason
    assert (bad.value.file, bad.value.line) == ("x.yaml", line)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "3", "a: *b", "a: &b {c: *b}", "--- 1\n--- 2", "\0", "a: \x07", "a: 2026-02-30", "{" * 5_000, "\t",
        "title: 甲\nparts: {}", "title: 甲\nparts: [1]", "title:", "<<: {title: 甲}\nparts: []",
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises(BadFile):
        validate(Whole, text, "x.yaml")


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadFile):
        load_located("#" * (MAX_CHARACTERS + 1), "x.yaml")


@given(st.text(max_size=60))
def test_noise_is_data_or_a_bad_file_and_nothing_else(text: str) -> None:
    try:
        load_located(text, "x.yaml")
    except BadFile as bad:
        assert bad.line >= 1 and bad.reason


def test_lines_by_path() -> None:
    lines = load_located(GOOD, "x.yaml")[1]
    assert lines[("parts", 1, "count")] == 6
    assert line_of(lines, ("parts", 1, "nothing", "deeper")) == 5
    assert line_of({}, ("a",)) == 1
