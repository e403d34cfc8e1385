"""A second reading of the articles on meetings, written from their words alone and sharing nothing with the product.

It knows people, households, who is here and how, and what was counted, as plain sets and dictionaries; shares are
`Fraction`, and the least number that reaches one is looked for among the numbers, not computed. Where law and product
might part, this file says what the law was read to say, and the tests say whether the product agrees.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
Reaches = Callable[[int, int], bool]


def more_than(part: Fraction) -> Reaches:
    """过半数, 超过: the number itself does not do."""
    return lambda number, whole: Fraction(number) > part * whole


def at_least(part: Fraction) -> Reaches:
    """以上: the number itself does (民法典 第1259条)."""
    return lambda number, whole: Fraction(number) >= part * whole


def least(reaches: Reaches, whole: int) -> int:
    """The smallest number of at least one that reaches the share: nobody is never enough."""
    numbers = range(1, whole + 2)
    return numbers[bisect_left(numbers, True, key=lambda number: reaches(number, whole))]


@dataclass(frozen=True)
class Article:
    """What the text says of one body.

    come: how many persons must come, of those entitled; None where the text does not say. homes: how many
    households will do instead. agree: how many must agree, of those who came or of all entitled; None where nothing
    is written. aside_leaves: those who stand aside are not counted among the entitled either (decision 0003).
    """

    text: str
    come: Reaches | None
    agree: Reaches | None
    of_all: bool
    aside_leaves: bool
    homes: Reaches | None = None
    proxy: bool = False
    remote: bool = False
    written: bool = False
    secret: bool = False


ARTICLES: Mapping[str, Article] = {
    "villagers_meeting": Article(
        "村民委员会组织法 第26条：十八周岁以上村民的过半数，或者三分之二以上的户的代表参加；到会人员的过半数通过",
        more_than(HALF), more_than(HALF), False, True, homes=at_least(TWO_THIRDS),
    ),
    "villager_reps_meeting": Article(
        "村民委员会组织法 第30条：三分之二以上的组成人员参加；到会人员的过半数同意",
        at_least(TWO_THIRDS), more_than(HALF), False, True,
    ),
    "village_group_meeting": Article(
        "村民委员会组织法 第32条：十八周岁以上的村民三分之二以上，或者户的代表三分之二以上参加；到会人员的过半数同意",
        at_least(TWO_THIRDS), more_than(HALF), False, True, homes=at_least(TWO_THIRDS),
    ),
    "rce_members": Article(
        "农村集体经济组织法 第27条：三分之二以上成员参加；全体成员三分之二以上同意；可以在线参加，可以书面委托同户的成员",
        at_least(TWO_THIRDS), at_least(TWO_THIRDS), True, False, proxy=True, remote=True,
    ),
    "rce_reps": Article(
        "农村集体经济组织法 第28条：全体成员代表三分之二以上同意；到会没有写，至少要来这么多",
        None, at_least(TWO_THIRDS), True, False,
    ),
    "rce_council": Article(
        "农村集体经济组织法 第31条：三分之二以上的理事出席；全体理事过半数同意", at_least(TWO_THIRDS), more_than(HALF), True, False
    ),
    "rce_supervisors": Article("农村集体经济组织法 第34条：由章程规定", None, None, True, False),
    "land_contract_two_thirds": Article(
        "农村土地承包法 第19条、第28条、第52条：村民会议三分之二以上成员或者三分之二以上村民代表同意",
        None, at_least(TWO_THIRDS), True, False,
    ),
    "liangwei": Article("惯例：三分之二以上到会，到会的过半数同意", at_least(TWO_THIRDS), more_than(HALF), False, True),
    "party_branch_general": Article(
        "支部工作条例 第11条：半数以上有表决权的党员到会；赞成的超过应到会的有表决权的党员的半数",
        at_least(HALF), more_than(HALF), True, False,
    ),
    "party_branch_admission": Article(
        "发展党员工作细则 第22条：有表决权的正式党员超过半数到会；赞成的超过应到会的半数；会前书面意见计入票数；无记名",
        more_than(HALF), more_than(HALF), True, False, written=True, secret=True,
    ),
    "appraisal_group": Article("惯例：三分之二以上到会，到会的过半数同意", at_least(TWO_THIRDS), more_than(HALF), False, True),
    "supervision_committee": Article(
        "村务监督委员会指导意见：成员过半数到会，全体成员过半数同意", more_than(HALF), more_than(HALF), True, False
    ),
    "residents_meeting": Article(
        "城市居民委员会组织法 第27条：十八周岁以上居民过半数，或者户的代表过半数参加；到会人员的过半数通过",
        more_than(HALF), more_than(HALF), False, True, homes=more_than(HALF),
    ),
    "residents_reps_meeting": Article(
        "城市居民委员会组织法 第29条：三分之二以上的组成人员出席；到会组成人员过半数同意", at_least(TWO_THIRDS), more_than(HALF), False, True
    ),
    "party_branch_committee": Article(
        "支部工作条例 第12条：半数以上委员到会；到会委员过半数同意是惯例", at_least(HALF), more_than(HALF), False, True
    ),
    "finance_group": Article("惯例：三分之二以上到会，到会的过半数同意", at_least(TWO_THIRDS), more_than(HALF), False, True),
    "residents_committee": Article("惯例：过半数到会，到会的过半数同意", more_than(HALF), more_than(HALF), False, True),
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What a vote came to."""

    quorum_needed: int
    votes_needed: int
    outcome: str


def verdict(
    article: Article, entitled: int, here: int, agree: int, homes: tuple[int, int] | None
) -> Verdict | None:
    """What the article makes of the figures; None where nothing is written. homes: (of all, here)."""
    if article.agree is None:
        return None
    votes = least(article.agree, entitled if article.of_all else here)
    come = article.come or article.agree
    quorum = least(come, entitled)
    open_ = here >= 1 and come(here, entitled)
    if article.homes and homes:
        open_ = open_ or (homes[1] >= 1 and article.homes(homes[1], homes[0]))
    carried = agree >= votes
    return Verdict(quorum, votes, ("passed" if carried else "not_passed") if open_ else "no_quorum")


@dataclass
class Motion:
    """One item: waiting, voting, decided or dropped; `voters` from when the vote begins."""

    stage: str = "waiting"
    aside: set[str] = field(default_factory=set)
    methods: tuple[str, ...] = ()
    counts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    voters: frozenset[str] = frozenset()
    verdict: Verdict | None = None

    @property
    def in_the_room(self) -> int:
        """Papers and hands of those who take part, without opinions written beforehand."""
        return sum(sum(cast) for method, cast in self.counts.items() if method != "written")

    @property
    def written(self) -> int:
        """Opinions written beforehand."""
        return sum(self.counts.get("written", ()))


@dataclass
class Hall:
    """A meeting: `homes` says the household of each on the roll, "" where it is not known."""

    article: Article
    homes: Mapping[str, str]
    motions: list[Motion]
    each_home_one: bool = False
    here: dict[str, tuple[str, str]] = field(default_factory=dict)
    over: bool = False

    def hear(self, entry: Mapping[str, Any]) -> bool:
        """Take in an entry if it may happen; whether it may."""
        if self.over:
            return False
        may: bool = getattr(self, f"_{entry['kind']}")(entry)
        return may

    def tally(self, number: int, cast: tuple[int, ...]) -> bool:
        """What the electronic box holds."""
        motion = self.motions[number - 1]
        if motion.stage != "voting" or not self._fits(motion, "electronic", cast):
            return False
        motion.counts["electronic"] = cast
        return True

    def _known(self, people: tuple[str, ...]) -> bool:
        return all(one in self.homes for one in people)

    @property
    def _voting(self) -> bool:
        return any(one.stage == "voting" for one in self.motions)

    def _motion(self, entry: Mapping[str, Any], stage: str) -> Motion | None:
        number = entry["item"]
        found = self.motions[number - 1] if number <= len(self.motions) else None
        return found if found and found.stage == stage else None

    def _came(self, entry: Mapping[str, Any]) -> bool:
        people, way, proxy = tuple(entry["people"]), entry["way"], entry.get("proxy") or ""
        if self._voting or not self._known(people) or len(set(people)) < len(people):
            return False
        if way == "remote" and not self.article.remote:
            return False
        if way == "proxy" and not self._may_speak_for(people, proxy):
            return False
        if way != "in_person" and self._relied_upon(people):
            return False
        if self.each_home_one and not self._homes_free(people):
            return False
        self.here.update(dict.fromkeys(people, (way, proxy if way == "proxy" else "")))
        return True

    def _relied_upon(self, people: tuple[str, ...]) -> bool:
        """Whether one of them speaks for somebody: then he is here in person and stays so."""
        return any(proxy in people for _way, proxy in self.here.values())

    def _may_speak_for(self, people: tuple[str, ...], proxy: str) -> bool:
        """书面委托本户内具有完全民事行为能力的其他成员: another member of the household, who is here himself."""
        if not self.article.proxy or proxy not in self.homes or proxy in people:
            return False
        home = self.homes[proxy]
        return (
            bool(home)
            and all(self.homes[one] == home for one in people)
            and self.here.get(proxy) == ("in_person", "")
        )

    def _homes_free(self, people: tuple[str, ...]) -> bool:
        """每户派代表: one of each household, and nobody of whom nobody knows the household."""
        sent = {self.homes[one]: one for one in self.here}
        for one in people:
            home = self.homes[one]
            if not home or sent.setdefault(home, one) != one:
                return False
        return True

    def _left(self, entry: Mapping[str, Any]) -> bool:
        people = set(entry["people"])
        if self._voting or not self._known(tuple(people)):
            return False
        if any(proxy in people and one not in people for one, (_way, proxy) in self.here.items()):
            return False
        for one in people:
            self.here.pop(one, None)
        return True

    def _stood_aside(self, entry: Mapping[str, Any]) -> bool:
        motion = self._motion(entry, "waiting")
        if motion is None or entry["person"] not in self.homes:
            return False
        motion.aside.add(entry["person"])
        return True

    def _dropped(self, entry: Mapping[str, Any]) -> bool:
        motion = self._motion(entry, "waiting")
        if motion is None:
            return False
        motion.stage = "dropped"
        return True

    def _opened(self, entry: Mapping[str, Any]) -> bool:
        motion, methods = self._motion(entry, "waiting"), tuple(entry["methods"])
        if motion is None or self._voting or len(set(methods)) < len(methods):
            return False
        if self.article.secret and {"hands", "paper"} & set(methods):
            return False
        if ("electronic" in methods and not self.article.remote) or (
            "written" in methods and not self.article.written
        ):
            return False
        voters = frozenset(self.here) - motion.aside
        if not voters:
            return False
        motion.stage, motion.methods, motion.voters = "voting", methods, voters
        return True

    def _fits(self, motion: Motion, method: str, cast: tuple[int, ...]) -> bool:
        """一人一票: never more than those who take part."""
        if method == "written":
            return sum(cast) <= len(set(self.homes) - set(self.here) - motion.aside)
        other = motion.in_the_room - sum(motion.counts.get(method, ()))
        return other + sum(cast) <= len(motion.voters)

    def _counted(self, entry: Mapping[str, Any]) -> bool:
        motion, method = self._motion(entry, "voting"), entry["method"]
        cast = tuple(entry[name] for name in ("agree", "against", "abstain", "spoilt", "not_cast"))
        if motion is None or method not in motion.methods or method == "electronic":
            return False
        if not self._fits(motion, method, cast):
            return False
        motion.counts[method] = cast
        return True

    def _closed(self, entry: Mapping[str, Any]) -> bool:
        motion = self._motion(entry, "voting")
        if motion is None:
            return False
        waiting = [one for one in motion.methods if one not in motion.counts and one != "electronic"]
        found = self.outcome(motion)
        if found is None or (waiting and motion.counts):
            return False
        nobody_voted = motion.in_the_room + motion.written == 0
        if motion.in_the_room != len(motion.voters) and not (found.outcome == "no_quorum" and nobody_voted):
            return False
        motion.stage, motion.verdict = "decided", found
        return True

    def _ended(self, entry: Mapping[str, Any]) -> bool:
        self.over = all(one.stage in ("decided", "dropped") for one in self.motions)
        return self.over

    def outcome(self, motion: Motion) -> Verdict | None:
        """What the counts of a motion amount to."""
        gone = motion.aside if self.article.aside_leaves else set()
        may = {one: home for one, home in self.homes.items() if one not in gone}
        homes = None
        if all(self.homes.values()):
            homes = (
                len(set(may.values())),
                len({self.homes[one] for one in motion.voters} & set(may.values())),
            )
        agree = sum(cast[0] for cast in motion.counts.values())
        return verdict(self.article, len(may), len(motion.voters), agree, homes)
