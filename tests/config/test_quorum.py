"""`mingbai quorum` as typed: what is answered, and what is refused with which sentence."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mingbai.config import cli

pytestmark = pytest.mark.once
SOURCE = Path(__file__).parents[2] / "src"
REPS = "--rule villager_reps_meeting --on 2026-09-01"
HOUSE = "--rule villagers_meeting --on 2026-09-01 --roll 1000"
RCE = "--rule rce_members --on 2026-09-01"
COUNCIL = "--rule rce_council --on 2026-09-01 --roll 5"
PARTY = "--rule party_branch_admission --on 2026-09-01 --roll 20"


def typed(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any, str]:
    """The command as typed, with --json: exit status, what stood on stdout as JSON, and stderr."""
    status = cli.main(["quorum", *line.split(), "--json"])
    said = capsys.readouterr()
    return status, json.loads(said.out), said.err


@pytest.mark.parametrize(
    ("line", "valid", "adopted", "quorum", "votes"),
    [
        (f"{REPS} --roll 30 --present 20 --for 11 --against 9 --abstain 0", True, True, 20, 11),
        (f"{REPS} --roll 30 --present 20 --for 10 --against 10 --abstain 0", True, False, 20, 11),
        (f"{REPS} --roll 30 --present 19 --for 19 --against 0 --abstain 0", False, False, 20, 10),
        (f"{REPS} --roll 31 --present 21 --for 11 --against 0 --abstain 10", True, True, 21, 11),
        (f"{REPS} --roll 30 --present 22 --for 11 --against 9 --abstain 0 --spoilt 2", True, False, 20, 12),
        (f"{HOUSE} --present 500 --for 500 --against 0 --abstain 0", False, False, 501, 251),
        (f"{HOUSE} --present 501 --for 251 --against 250 --abstain 0", True, True, 501, 251),
        (
            f"{HOUSE} --present 210 --for 106 --against 104 --abstain 0 --households 300 --households-present 200",
            True, True, 501, 106,
        ),
        (
            f"{HOUSE} --present 210 --for 106 --against 104 --abstain 0 --households 300 --households-present 199",
            False, False, 501, 106,
        ),
        (f"{RCE} --roll 300 --present 220 --for 199 --against 21 --abstain 0", True, False, 200, 200),
        (f"{RCE} --roll 300 --present 200 --for 200 --against 0 --abstain 0 --recused 10", True, True, 200, 200),
        (f"{COUNCIL} --present 4 --for 3 --against 1 --abstain 0", True, True, 4, 3),
        (f"{PARTY} --present 11 --for 11 --against 1 --abstain 0 --written 1", True, True, 11, 11),
    ],
)  # fmt: skip
def test_an_answer(line, valid, adopted, quorum, votes, capsys) -> None:
    status, found, errors = typed(line, capsys)
    assert (status, errors) == (0, "")
    assert (found["valid"], found["adopted"]) == (valid, adopted)
    assert (found["quorum_needed"], found["votes_needed"]) == (quorum, votes)
    assert re.search(r"第\d+条", found["article"]) and found["to_be_confirmed"] is False


def test_the_article_has_the_title_of_its_law(capsys) -> None:
    _, found, _ = typed(f"{REPS} --roll 30 --present 20 --for 11 --against 9 --abstain 0", capsys)
    assert found["article"] == "村民委员会组织法(2025修正)第29条、第30条"
    assert found["result"] == "passed" and found["title"] == "村民代表会议"


def test_who_was_here_and_took_no_part_is_counted(capsys) -> None:
    _, found, _ = typed(f"{REPS} --roll 30 --present 22 --for 11 --against 9 --abstain 0", capsys)
    assert not found["adopted"] and "没有投的2人" in found["sentence"]


def test_present_with_the_recused_among_them(capsys) -> None:
    """Seven, one stands aside: five here of whom four vote, or four here beside him, is one and the same."""
    votes = "--rule liangwei --on 2026-09-01 --roll 7 --for 3 --against 1 --abstain 0 --recused 1"
    _, among, _ = typed(f"{votes} --present 5", capsys)
    _, beside, _ = typed(f"{votes} --present 4", capsys)
    assert among == beside and among["adopted"] and among["quorum_needed"] == 4
    assert among["to_be_confirmed"] and "待确认" in among["article"]


def test_all_here_with_the_recused_among_them(capsys) -> None:
    """All thirty came, two of them stand aside: nobody can be here beyond the roll, so 28 may vote."""
    line = f"{REPS} --roll 30 --present 30 --recused 2 --for 20 --against 5 --abstain 0"
    _, found, _ = typed(line, capsys)
    assert "应到28人，实到28人" in found["sentence"] and "没有投的3人" in found["sentence"]
    status, found, _ = typed(line.replace("--for 20", "--for 24"), capsys)
    assert status == 1 and "2人回避，不能投票" in found["refused"]


def test_households_stand_in_the_sentence(capsys) -> None:
    line = (
        f"{HOUSE} --present 210 --for 106 --against 104 --abstain 0 --households 300 --households-present 200"
    )
    _, found, _ = typed(line, capsys)
    assert found["households_needed"] == 200
    assert "按户：应到300户，实到200户，到会至少须200户" in found["sentence"]
    _, found, _ = typed(f"{COUNCIL} --present 4 --for 3 --against 1 --abstain 0", capsys)
    assert found["households_needed"] is None


VOTES = "--roll 30 --present 20 --for 11 --against 9 --abstain 0"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (f"{REPS} --roll 30 --present 20 --for 12 --against 9 --abstain 0", "投票的有21人，多于到会的20人"),
        (f"{REPS} --roll 30 --present 31 --for 31 --against 0 --abstain 0", "到会31人，多于名册上的30人"),
        (f"{REPS} {VOTES} --recused 31", "回避31人，多于名册上的30人"),
        (f"{REPS} {VOTES} --households 9 --households-present 10", "到会10户，多于总共的9户"),
        (f"{REPS} {VOTES} --households 9", "户数只写了一半"),
        (f"{REPS} {VOTES} --spoilt -1", "废票要填不小于零的整数"),
        (f"{REPS} --roll x --present 20 --for 11 --against 9 --abstain 0", "名册人数要填不小于零的整数"),
        (f"{REPS} --roll 1.5 --present 1 --for 1 --against 0 --abstain 0", "名册人数要填不小于零的整数"),
        (
            f"{REPS} --roll {'9' * 5000} --present 1 --for 1 --against 0 --abstain 0",
            "名册人数要填不小于零的整数",
        ),
        (
            f"{REPS} {VOTES} --written 1",
            "村民代表会议不计书面意见（村民委员会组织法(2025修正)第29条、第30条）",
        ),
        (
            f"{PARTY} --present 20 --for 20 --against 1 --abstain 0 --written 1",
            "书面意见1份，多于没有到会的人",
        ),
        (f"{PARTY} --present 11 --for 1 --against 0 --abstain 0 --written 2", "书面意见2份，多于一共的1票"),
        (f"--rule village_council {VOTES}", "没有“village_council”这条议事规则"),
        (f"--rule liangwei {VOTES} --on 2025-12-31", "2025-12-31还没有“liangwei”的议事规则"),
        (f"--rule liangwei {VOTES} --on 9月1日", "不是日期"),
        (f"--rule rce_supervisors {VOTES} --on 2026-09-01", "没有写明表决规则"),
        (f"{REPS} {VOTES} --district /nowhere", "打不开文件"),
    ],
)
def test_a_refusal_is_one_sentence_here_and_there(line, sentence, capsys) -> None:
    status, found, errors = typed(line, capsys)
    assert status == 1 and set(found) == {"refused", "remedy"} and found["remedy"]
    assert sentence in found["refused"]
    assert errors.strip().splitlines() == [f"算不出来：{found['refused']}。{found['remedy']}"]


def test_an_unknown_rule_is_told_the_known_ones(capsys) -> None:
    _, found, _ = typed(f"--rule village_council {VOTES}", capsys)
    assert "villagers_meeting" in found["remedy"] and "rce_council" in found["remedy"]


def test_without_json_a_sentence(capsys) -> None:
    assert cli.main(["quorum", *f"{REPS} {VOTES}".split()]) == 0
    said = capsys.readouterr().out
    assert said.startswith("村民代表会议：应到30人") and "通过" in said and "第29条" in said
    assert cli.main(["quorum", *f"{REPS} {VOTES} --spoilt 1".split()]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "多于到会的20人" in said.err


def test_help_says_how_present_is_read(capsys) -> None:
    with pytest.raises(SystemExit):
        cli.main(["quorum", "--help"])
    assert "回避的人" in capsys.readouterr().out.replace("\n", "")


def test_no_data_directory_is_made(tmp_path) -> None:
    command = [sys.executable, "-m", "mingbai.config.cli", "quorum", *f"{REPS} {VOTES} --json".split()]
    environment = {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and json.loads(done.stdout)["adopted"], done.stderr
    assert list(tmp_path.iterdir()) == []
