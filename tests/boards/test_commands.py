"""`mingbai card`, `mingbai handbook`: a file, a sentence, and a refusal in words."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.services import confirm_edition
from mingbai.config import cli, printing

pytestmark = pytest.mark.django_db
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command on the test's own database; gives its status and what it wrote."""
    held = dict(catalogue.read_district(DISTRICT))
    files = {**held, "district.yaml": held["district.yaml"] + "# commands\n"}
    at = datetime(2026, 8, 31, 17, tzinfo=UTC)
    confirm_edition(files=files, since=at.date(), by_person="", office="district_government", at=at)
    monkeypatch.setattr(printing, "open_data", lambda folder: None)
    output = tmp_path / "made.pdf"

    def command(*words: str) -> tuple[int, bytes]:
        status = cli.main([*words, "-o", str(output), "--on", "2026-09-01"])
        return status, output.read_bytes() if output.exists() else b""

    return command


@pytest.mark.parametrize("power, pages", [("dibao", 2), ("12", 2), ("all", 40)])
def test_a_card_by_its_id_its_number_or_all_of_them(run, capsys, power, pages):
    status, made = run("card", power)
    assert status == 0 and len(PdfReader(io.BytesIO(made)).pages) == pages
    assert f"印好了 {pages // 2} 张" in capsys.readouterr().out


def test_a_power_that_is_not_listed_is_refused_with_a_way_on(run, capsys):
    status, made = run("card", "99")
    assert status == 1 and made == b""
    assert "清单里没有“99”这项权力" in capsys.readouterr().err


def test_the_handbook_in_plain_and_in_large_print(run):
    plain, large = run("handbook")[1], run("handbook", "--large")[1]
    titles = [PdfReader(io.BytesIO(made)).metadata.title for made in (plain, large)]
    assert titles == ["淮上区明白册"] * 2 and plain != large
