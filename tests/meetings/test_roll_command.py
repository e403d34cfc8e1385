"""`mingbai roll import`: the answer and the exit status, with a folder alone and with data; never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mingbai.config.cli import main
from mingbai.meetings import queries
from mingbai.organisations.services import add_person, give_mandate

sys.path.insert(0, str(Path(__file__).parent))
from rolls_corpus import CORPUS, line, sound, xlsx

ROOT = Path(__file__).parents[2]
VILLAGE, REPS = "340311104201", "villager_reps_meeting"
SINCE = ("--since", "2026-09-01")


@pytest.fixture
def command(tmp_path, capsys, monkeypatch):
    """Runs the command on some content; gives the exit status and the answer."""
    monkeypatch.delenv("MINGBAI_DATA", raising=False)

    def run(content: bytes, *more: str, body: str = REPS):
        file = tmp_path / "roll"
        file.write_bytes(content)
        status = main(["roll", "import", str(file), "--body", body, *SINCE, "--json", *more])
        return status, json.loads(capsys.readouterr().out)

    return run


def test_a_sound_file_needs_no_data_directory(command) -> None:
    status, said = command(xlsx(sound()), "--dry-run")
    assert status == 0 and said["ok"] and (said["rows"], said["errors"]) == (4, [])
    assert (said["joins"], said["leaves"], said["stays"], said["changed"]) == (None, None, None, False)


def test_every_error_has_its_row_and_column(command) -> None:
    status, said = command(xlsx([*sound(), line(1, 姓名="王 军")]), "--dry-run")
    assert status == 1 and not said["ok"] and said["rows"] == 5
    assert [(one["row"], one["column"]) for one in said["errors"]] == [(6, "编号"), (6, "姓名")]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--dry-run", "--body", "nobody"), "没有“nobody”的议事规则"),
        (("--dry-run", "--since", "2026-13-01"), "不是日期"),
        (("--dry-run", "--district", "/nowhere"), "打不开文件 /nowhere/meetings.yaml"),
        ((), "没有写是哪个村"),
        (("--village", VILLAGE), "没有写数据目录"),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_the_answer(command, more, said) -> None:
    status, answer = command(xlsx(sound()), *more)
    assert status == 1 and answer["errors"][0]["row"] == 0 and said in answer["errors"][0]["message"]


@pytest.mark.once
def test_no_file_of_the_corpus_ends_in_a_traceback(tmp_path) -> None:
    wanted = {"encrypted", "no text", "a bomb", "entities", "a formula", "cut short"}
    for bad in (one for one in CORPUS if one.id in wanted):
        file = tmp_path / "roll.xlsx"
        file.write_bytes(bad.content())
        command = [
            sys.executable,
            "-m",
            "mingbai.config.cli",
            "roll",
            "import",
            str(file),
            "--body",
            bad.body,
        ]
        done = subprocess.run(
            [*command, "--dry-run", "--json", *SINCE], capture_output=True, text=True, cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
        assert bad.said in json.loads(done.stdout)["errors"][0]["message"]


def test_said_in_words(command, tmp_path, capsys) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx([*sound(3), line(4, 状态="已故")]))
    assert main(["roll", "import", str(tmp_path / "a.xlsx"), "--body", REPS, *SINCE, "--dry-run"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "第 5 行 状态：已故的人不能在名册上：从表里删去，并在名册页登记"
    assert said[-1] == "4 人，1 处要改，什么也没有登记。"


@pytest.fixture
def data(hall, command, monkeypatch):
    """The same command on a village's data: the database of the tests stands for the directory."""
    from mingbai.config import clock

    monkeypatch.setattr("mingbai.config.serving.open_data", lambda _folder: print("升级 …"))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 20, 2, tzinfo=UTC))
    who = add_person(name="文书甲", village=VILLAGE, by=hall.by, at=hall.at)
    give_mandate(
        person=who,
        office="village_clerk",
        division=VILLAGE,
        since=date(2026, 1, 1),
        until=None,
        by=hall.by,
        at=hall.at,
    )
    return lambda content, *more: command(content, "--village", VILLAGE, "--data", "x", *more)


def test_a_trial_says_the_difference_and_the_act_makes_it(data) -> None:
    assert data(xlsx(sound()), "--dry-run")[1]["joins"] == 4
    assert queries.roll(VILLAGE, REPS, date(2026, 9, 20)) == ()
    status, said = data(xlsx(sound()), "--by", "文书甲")
    assert status == 0 and said["changed"] and len(queries.roll(VILLAGE, REPS, date(2026, 9, 20))) == 4
    status, said = data(xlsx([*sound(3), line(6)]), "--dry-run", "--since", "2026-09-02")
    assert status == 0 and [said[one] for one in ("joins", "leaves", "stays", "changed")] == [1, 1, 3, False]


def test_the_act_names_a_person_who_may(data) -> None:
    for name in ((), ("--by", "王军"), ("--by", "李书记")):
        status, said = data(xlsx(sound()), *name)
        assert status == 1 and "没有写是谁登记" in said["errors"][0]["message"]
    assert not queries.roll(VILLAGE, REPS, date(2026, 9, 20))
