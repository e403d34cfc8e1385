"""`mingbai quorum`: one vote decided from its figures alone, by the same rules that decide a meeting's."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.kernel import BadFile, Citation, Refused, validate

COUNTS = {
    "roll": "名册人数", "present": "到会人数", "for": "同意票", "against": "反对票", "abstain": "弃权票",
    "spoilt": "废票", "recused": "回避人数", "written": "书面意见份数", "households": "总户数",
    "households_present": "到会户数",
}  # fmt: skip
_MOST = 99_999_999


@dataclass(frozen=True)
class Figures:
    """What was counted. `present` are those here who may vote; `households` is (of all, here) or None."""

    roll: int
    present: int
    recused: int
    agree: int
    against: int
    abstain: int
    spoilt: int
    written: int
    households: tuple[int, int] | None

    @property
    def cast(self) -> int:
        """Every vote that was handed in."""
        return self.agree + self.against + self.abstain + self.spoilt


def answer(options: argparse.Namespace) -> dict[str, Any]:
    """Whether the meeting could vote and the motion was carried, with both figures and the article.

    Raises:
        Refused: the figures contradict each other, or no rule of that name is in force on the day.
        BadFile: the district's file cannot be read. OSError: it is not there.
    """
    from mingbai.meetings.rules import Result, Share, Votes, count_base, decide

    folder = Path(options.district)
    rule = _rule(folder, options.rule, _day(options.on))
    given = _voters(_figures(options))
    missing = given.present + given.written - given.cast
    decision = decide(
        rule,
        entitled=count_base(rule, roll=given.roll, recused=given.recused),
        present=given.present,
        votes=Votes(given.agree, given.against, given.abstain, given.spoilt, missing, given.written),
        households=Share(*given.households) if given.households else None,
    )
    return {
        "rule": rule.id, "title": rule.title,
        "valid": decision.result is not Result.no_quorum, "adopted": decision.result is Result.passed,
        "quorum_needed": decision.needed_present, "households_needed": _households_needed(rule, given),
        "votes_needed": decision.needed_agree, "article": cite(folder, rule.citation),
        "result": decision.result.value, "sentence": decision.sentence,
        "to_be_confirmed": rule.to_be_confirmed,
    }  # fmt: skip


def cite(folder: Path, citation: Citation) -> str:
    """An article with the short title of its law as the district's register has it."""
    from mingbai.catalogue.rules.law import LawsFile

    laws = validate(LawsFile, _text(folder / "laws.yaml"), "laws.yaml").laws
    return citation.text({one.id: one.short for one in laws})


def _rule(folder: Path, name: str, on: date) -> Any:
    from mingbai.meetings.rules import BODIES_FILE, find_body, read_bodies

    bodies = read_bodies(_text(folder / BODIES_FILE))
    dates = sorted(one.since for one in bodies if one.id == name)
    if not dates:
        known = "、".join(sorted({one.id for one in bodies}))
        raise Refused(f"没有“{name}”这条议事规则", remedy=f"写成这些里的一个：{known}")
    if on < dates[0]:
        raise Refused(f"{on}还没有“{name}”的议事规则", remedy=f"最早的一条从{dates[0]}起")
    return find_body(bodies, name, on)


def _figures(options: argparse.Namespace) -> Figures:
    got = {name: _count(name, getattr(options, name)) for name in COUNTS}
    total, here = got["households"], got["households_present"]
    if (total is None) != (here is None):
        raise Refused("户数只写了一半", remedy="--households 和 --households-present 要一起写")
    counts = {name: count or 0 for name, count in got.items()}
    return Figures(
        counts["roll"], counts["present"], counts["recused"], counts["for"], counts["against"],
        counts["abstain"], counts["spoilt"], counts["written"],
        None if total is None or here is None else (total, here),
    )  # fmt: skip


def _count(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    digits = text.strip()
    if not digits.isdecimal() or len(digits) > 8 or int(digits) > _MOST:
        raise Refused(f"{COUNTS[name]}要填不小于零的整数，现在是“{text[:20]}”", remedy="照会议记录填写")
    return int(digits)


def _voters(given: Figures) -> Figures:
    """The figures with `present` read as those who may vote, after every contradiction was refused."""
    _refuse_impossible(given)
    own = given.cast - given.written
    stood_aside_here = given.recused > 0 and (
        own == given.present - given.recused or given.present + given.recused > given.roll
    )
    here = given.present - given.recused if stood_aside_here else given.present
    if own > here:
        aside = f"（其中{given.recused}人回避，不能投票）" if stood_aside_here else ""
        raise Refused(f"投票的有{own}人，多于到会的{given.present}人{aside}", remedy="重新清点，一人一票")
    if given.written > given.roll - given.recused - here:
        raise Refused(
            f"书面意见{given.written}份，多于没有到会的人", remedy="到会的人当场投票，不另收书面意见"
        )
    return Figures(**{**vars(given), "present": here})


def _refuse_impossible(given: Figures) -> None:
    pairs: Mapping[str, tuple[int, int]] = {
        "到会{0}人，多于名册上的{1}人": (given.present, given.roll),
        "回避{0}人，多于名册上的{1}人": (given.recused, given.roll),
        "到会{0}户，多于总共的{1}户": (given.households or (0, 0))[::-1],
        "书面意见{0}份，多于一共的{1}票": (given.written, given.cast),
    }
    for words, (part, whole) in pairs.items():
        if part > whole:
            raise Refused(words.format(part, whole), remedy="核对名册、签到表和计票单")


def _households_needed(rule: Any, given: Figures) -> int | None:
    """How many households would do, where the rule lets each send one and they were counted."""
    from mingbai.meetings.rules import Unit

    ways = [way for way in rule.quorum if way.unit is Unit.households]
    return int(ways[0].majority.needed(given.households[0])) if ways and given.households else None


def _day(text: str) -> date:
    from mingbai.config import clock

    try:
        return date.fromisoformat(text) if text else clock.legal_day(clock.now())
    except ValueError:
        raise Refused(f"“{text}”不是日期", remedy="写成 2026-09-01 这样") from None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(file.name, 1, "不是 UTF-8 编码") from None
    except OSError:
        raise Refused(f"打不开文件 {file}", remedy="核对 --district") from None
