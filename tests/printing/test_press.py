"""The press by itself: fonts read from their own map, holes refused, the same sheet in the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mingbai.kernel import Refused
from mingbai.printing import fonts, press

pytestmark = pytest.mark.once
MADE = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "one.typ"
    file.write_text('#set text(font: "Noto Serif SC")\n#json(bytes(sys.inputs.sheet)).said', "utf-8")
    return file


def test_fonts_are_read_from_their_own_map() -> None:
    held = fonts.coverage(str(fonts.serif_path()))
    assert {ord("㐂"), ord("村"), ord("A"), ord("，")} <= held and 0x2B8C1 not in held and len(held) > 20_000


def test_the_same_sheet_has_the_same_bytes(template: Path) -> None:
    first = press.print_pdf(template, {"said": "张三 #panic()"}, MADE)
    assert first.startswith(b"%PDF") and press.print_pdf(template, {"said": "张三 #panic()"}, MADE) == first
    assert press.print_pdf(template, {"said": "李四"}, MADE) != first


def test_a_hole_is_refused_however_deep(template: Path) -> None:
    with pytest.raises(Refused, match="U\\+2B8C1"):
        press.print_pdf(template, {"said": "", "people": [{"name": "张\U0002b8c1"}]}, MADE)


def test_two_templates_of_one_name_are_two(template: Path, tmp_path: Path) -> None:
    other = tmp_path / "beside" / "one.typ"
    other.parent.mkdir()
    other.write_text("#set page(width: 50pt)", "utf-8")
    assert press.print_pdf(other, {"said": ""}, MADE) != press.print_pdf(template, {"said": ""}, MADE)
