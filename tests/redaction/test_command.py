"""`mingbai redact`: what would be masked in a file and why, never what stands there; `-o` writes the masked copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mingbai.config import cli

pytestmark = pytest.mark.once
PHONE = "13800138000"


def test_it_says_what_would_be_masked_and_writes_the_masked_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / f"领款 {PHONE}.txt", tmp_path / "遮好.txt"
    source.write_text(f"第一行\n电话{PHONE}", encoding="gb18030")
    assert cli.main(["redact", str(source), "--json", "-o", str(target)]) == 1
    said = capsys.readouterr().out
    found = json.loads(said)
    assert [(one["field"], one["start"], one["end"]) for one in found["places"]] == [
        ("文件名", 3, 14),
        ("正文", 6, 17),
    ]
    assert found["release"] == "refused" and found["places"][0]["basis"]["article"] == "第25条"
    assert PHONE not in said and target.read_text() == "第一行\n电话" + "█" * 11
    assert cli.main(["redact", str(target)]) == 0
    assert "没有找到要遮的" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.bin").write_bytes(b"\0\xff\xfe\x00")
    assert cli.main(["redact", str(tmp_path / "x.bin")]) == 2
    assert "认不出这是什么文件" in capsys.readouterr().err
    assert cli.main(["redact", str(tmp_path / "none")]) == 2
