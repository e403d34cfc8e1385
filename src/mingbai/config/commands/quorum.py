"""A vote decided from its figures: quorum."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from mingbai.config.command_line import CommandLine
from mingbai.kernel import BadFile, Refused

_HELP = (
    "会议开没开成、事项通过没通过：照这个会的议事规则，只凭人数和票数来算，和办事时用的是同一套规则。"
    "到会人数是到会并且可以投票的人；票数加起来正好等于到会人数减回避人数的，就当作到会人数里含着回避的人。"
    "票数少于到会人数的，少的算到会没有投。"
)


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    quorum = line.add("quorum", _quorum, _HELP, line.district)
    quorum.add_argument("--rule", required=True, metavar="ID", help="哪个会，如 villager_reps_meeting")
    for name, words in _NEEDED.items():
        quorum.add_argument(f"--{name}", required=True, metavar="N", help=words)
    for name, words in _MORE.items():
        quorum.add_argument(f"--{name}", metavar="N", help=words)
    quorum.add_argument("--on", default="", metavar="DATE", help="哪天开的会，如 2026-09-01；不写是今天")
    quorum.add_argument("--json", action="store_true")


_NEEDED = {
    "roll": "名册上多少人", "present": "到会、可以投票的多少人", "for": "同意", "against": "反对", "abstain": "弃权",
}  # fmt: skip
_MORE = {
    "spoilt": "废票", "households": "一共多少户（每户派代表的会）", "households-present": "到会多少户",
    "recused": "回避的多少人", "written": "票数里有多少是没到会的人的书面意见",
}  # fmt: skip


def _quorum(options: argparse.Namespace) -> int:
    from mingbai.config.amending import start_without_data

    start_without_data()
    from mingbai.config import deciding

    try:
        found = deciding.answer(options)
    except (Refused, BadFile) as problem:
        return _refuse(problem, Path(options.district), as_json=options.json)
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else _said(found))
    return 0


def _said(found: dict[str, object]) -> str:
    return f"{found['title']}：{found['sentence']}依据：{found['article']}。"


def _refuse(problem: Refused | BadFile, folder: Path, *, as_json: bool) -> int:
    """One sentence on stderr, and the same as JSON on stdout where JSON was asked for."""
    from mingbai.config.deciding import cite

    sentence, remedy = str(problem), ""
    if isinstance(problem, Refused):
        basis = f"（{cite(folder, problem.basis)}）" if problem.basis else ""
        sentence, remedy = f"{problem.reason}{basis}", problem.remedy
    print(f"算不出来：{sentence}" + (f"。{remedy}" if remedy else ""), file=sys.stderr)
    if as_json:
        print(json.dumps({"refused": sentence, "remedy": remedy}, ensure_ascii=False, indent=1))
    return 1
