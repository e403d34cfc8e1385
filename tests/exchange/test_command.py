"""`mingbai import` and `mingbai export`: answers and exit statuses; never a traceback."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
from exchange_ground import BALANCES, OTHER, RENT, VILLAGE, VOUCHERS, book, text

from mingbai.config import clock, moving
from mingbai.config.cli import main
from mingbai.evidence.models import Paper
from mingbai.registers.queries.objects import all_objects

ASSETS = ("名称", "类别", "位置", "原值", "取得方式", "取得日期", "保管", "经营方式", "照片")
WELL = ("机井", "机井、泵站、沟渠", "东组", "86000", "自建", "2024-05-06", "村民委员会", "非经营性", "a.png")


@pytest.fixture
def run(world, tmp_path, capsys, monkeypatch):
    """Runs a command over the test's own database; gives the exit status, the answer and what else was said."""
    monkeypatch.setattr(moving, "_open", lambda options: None)
    monkeypatch.setattr(clock, "now", lambda: world.at)

    def told(*words: str) -> tuple[int, str, str]:
        status = main([*words, "--data", str(tmp_path)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return told


def kept(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


@pytest.mark.django_db(transaction=True)
def test_a_village_s_book_comes_in_and_goes_out_by_commands(run, tmp_path) -> None:
    balances = kept(tmp_path, "b.csv", text(BALANCES, ("102", "", "5000", ""), ("311", "", "", "5000")))
    vouchers, out = kept(tmp_path, "v.xlsx", book(VOUCHERS, *RENT)), str(tmp_path / "out.csv")
    status, said, _ = run(
        "import", "balances", balances, "--village", OTHER, "--since", "2026-08-01", "--json"
    )
    assert status == 0 and json.loads(said)["added"] == 2, said
    asked = ("import", "vouchers", vouchers, "--village", OTHER, "--json")
    status, said, _ = run(*asked, "--dry-run")
    assert status == 0 and json.loads(said)["added"] == 4 and not json.loads(said)["receipt"]
    status, said, _ = run(*asked)
    told = json.loads(said)
    assert status == 0 and told["receipt"].startswith(f"HZ-{OTHER}-") and told["last"] == "2026-09-记-2"
    status, said, _ = run(*asked)
    assert status == 0 and json.loads(said)["added"] == 0
    status, said, _ = run(*asked[:-1])
    assert status == 0 and "导入过了" in said
    leaving = ("export", "vouchers", "--village", OTHER, "-o", out)
    status, said, _ = run(*leaving, "--period", "2026-09", "--json")
    assert status == 0 and json.loads(said)["rows"] == 4 and "收到租金" in Path(out).read_text("utf-8-sig")
    status, said, _ = run(*leaving, "--period", "2026-09", "--layout", "vouchers-3z")
    assert status == 0 and "回执 HZ-" in said
    status, _, err = run(*leaving, "--period", "九月")
    assert status == 1 and "写不了" in err


@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_is_said_in_sentences_with_status_one(run, tmp_path) -> None:
    bad = kept(tmp_path, "bad.csv", text(VOUCHERS, ("2026-09-01", "9", "x", "102", "", "", "1", "")))
    status, said, _ = run("import", "vouchers", bad, "--village", VILLAGE)
    assert status == 1 and "借贷不平" in said and "什么也没有登记" in said
    for words, more in (
        ("打不开文件", (str(tmp_path / "none"),)),
        ("不是日期", (bad, "--since", "明天")),
        ("--map 要写成", (bad, "--map", "借")),
        ("没有一位叫", (bad, "--by", "没有的人")),
    ):
        status, said, _ = run("import", "vouchers", *more, "--village", VILLAGE, "--json")
        assert status == 1 and words in json.loads(said)["errors"][0]["message"], said


@pytest.mark.django_db(transaction=True)
def test_assets_come_in_with_a_folder_of_photographs(run, world, tmp_path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (9, 9), (1, 3, 5)).save(photos / "a.png")
    name = world.who("bookkeeper").name
    asked = ("--village", VILLAGE, "--by", name, "--papers", str(photos), "--json")
    wrong = kept(tmp_path, "w.xlsx", book(ASSETS, (*WELL[:3], "", *WELL[4:])))
    before = Paper.objects.count()
    status, said, _ = run("import", "assets", wrong, *asked)
    assert status == 1 and "没有写原值" in said and Paper.objects.count() == before
    file = kept(tmp_path, "a.xlsx", book(ASSETS, WELL))
    assert run("import", "assets", file, *asked, "--dry-run")[0] == 0 and Paper.objects.count() == before
    status, said, _ = run("import", "assets", file, *asked)
    assert status == 0 and json.loads(said)["added"] == 1, said
    assert [one.name for one in all_objects(VILLAGE)] == ["机井"] and Paper.objects.count() == before + 1
