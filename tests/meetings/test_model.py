"""The product's meetings against the second reading of the articles in `model.py`: what may happen, and what it comes to."""

from __future__ import annotations

import copy
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

sys.path.insert(0, str(Path(__file__).parent))

from model import ARTICLES, Hall, Motion, verdict

from mingbai.kernel import Refused
from mingbai.meetings.rules import Share, Votes, count_base, decide, find_body, read_bodies
from mingbai.meetings.rules.entries import Counted, Method, read_entry
from mingbai.meetings.rules.floor import Floor, Item, Seat, Stage
from mingbai.meetings.rules.taking import fold, take, take_tally

pytestmark = pytest.mark.once
HERE = Path(__file__).parent
BODIES = read_bodies((HERE.parents[1] / "districts" / "huaishang" / "meetings.yaml").read_text("utf-8"))
DAY = date(2026, 9, 1)
EACH = 125
"""Meetings tried for each body: with eighteen bodies more than two thousand."""
COUNTS = ("agree", "against", "abstain", "spoilt", "not_cast")
QUICK = settings(
    max_examples=EACH,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_the_second_reading_shares_nothing_and_knows_every_body() -> None:
    text = (HERE / "model.py").read_text("utf-8")
    assert "mingbai" not in text.replace('"""', "").split("from __future__")[1]
    assert set(ARTICLES) == {one.id for one in BODIES}
    assert EACH * len(ARTICLES) >= 2000


class Both:
    """One meeting, held twice: by the product and by the model."""

    def __init__(self, body: str, homes: Mapping[str, str], motions: int, each_home_one: bool) -> None:
        self.body, self.homes, self.motions, self.each_home_one = body, dict(homes), motions, each_home_one
        self.floor = self.empty()
        self.hall = Hall(ARTICLES[body], self.homes, [Motion() for _ in range(motions)], each_home_one)
        self.kept: list[Any] = []

    def empty(self) -> Floor:
        """The meeting before anything happened."""
        seats = {one: Seat(one, one, home) for one, home in self.homes.items()}
        items = [Item(n + 1, f"第{n + 1}件事") for n in range(self.motions)]
        rule = find_body(BODIES, self.body, DAY)
        return Floor(rule, DAY, "09:00", "会议室", DAY, seats, items, by_household=self.each_home_one)

    def snapshot(self) -> Floor:
        """The product's meeting as it is now; rule and roll are never changed and not copied."""
        fixed = (self.floor.rule, self.floor.seats)
        return copy.deepcopy(self.floor, {id(one): one for one in fixed})

    def hear(self, entry: Mapping[str, Any]) -> bool:
        """Both take the entry or both refuse it; refused, nothing is changed."""
        typed, before = read_entry(entry), self.snapshot()
        may = self.hall.hear(entry)
        try:
            take(self.floor, typed, DAY)
        except Refused as refusal:
            assert not may, f"{entry}: the product says {refusal}"
            assert self.floor == before, f"{entry}: refused, and yet something changed"
            return False
        assert may, f"{entry}: the product takes what the articles do not allow"
        self.kept.append(typed)
        return True

    def tally(self, number: int, cast: tuple[int, ...]) -> None:
        """Both are told what the electronic box holds."""
        counted = Counted(item=number, method=Method.electronic, **dict(zip(COUNTS, cast, strict=True)))
        may, before = self.hall.tally(number, cast), self.snapshot()
        try:
            take_tally(self.floor, counted)
        except Refused as refusal:
            assert not may, str(refusal)
            assert self.floor == before
            return
        assert may
        self.kept.append(counted)

    def agree_on(self, number: int) -> None:
        """The same figures and the same outcome of a decided item."""
        item, motion = self.floor.item(number), self.hall.motions[number - 1]
        assert item is not None
        assert (item.stage is Stage.decided) == (motion.stage == "decided")
        if motion.verdict is None:
            return
        found = self.floor.decision(item)
        event(f"outcome {found.result}")
        told = (found.needed_present, found.needed_agree, str(found.result))
        assert told == (motion.verdict.quorum_needed, motion.verdict.votes_needed, motion.verdict.outcome)


def some(people: list[str], mask: int) -> list[str]:
    """The people whose bit is set."""
    return [one for at, one in enumerate(people) if mask >> at & 1]


@st.composite
def scripts(draw: Any, body: str) -> tuple[Both, list[tuple[str, Any]]]:
    """A roll with its households and what is entered, mostly sensible: come, go, stand aside, vote, count, close."""
    size, family = draw(st.integers(1, 24)), draw(st.integers(1, 4))
    article = ARTICLES[body]
    unknown = draw(st.integers(0, 9)) == 0
    people = [f"p{n}" for n in range(size)]
    homes = {one: "" if unknown and at == 0 else f"h{at // family}" for at, one in enumerate(people)}
    each = article.homes is not None and draw(st.booleans())
    subsets = st.integers(0, 2**size - 1)
    entries: list[tuple[str, Any]] = []

    def add(kind: str, **more: Any) -> None:
        entries.append(("entry", {"kind": kind, **more}))

    first = some(
        people, draw(st.just(2**size - 1) | subsets | st.integers(2 ** (size * 2 // 3) - 1, 2**size - 1))
    )
    if each:
        first = list({homes[one]: one for one in first}.values())
    if first:
        add("came", people=first, way="in_person")
    for who, proxy in draw(
        st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=3)
    ):
        way = "proxy" if article.proxy or draw(st.integers(0, 5)) == 0 else "in_person"
        add("came", people=[people[who]], way=way, **({"proxy": people[proxy]} if way == "proxy" else {}))
    if article.remote or draw(st.integers(0, 9)) == 0:
        far = [one for one in some(people, draw(subsets)) if one not in first]
        if far:
            add("came", people=far, way="remote")
    for who in draw(st.lists(st.integers(0, size - 1), max_size=2)):
        add("left", people=[people[who]])
    for who in draw(st.lists(st.integers(0, size), max_size=2)):
        add("stood_aside", item=1, person=people[who] if who < size else "nobody", reason="亲属")
    entries.append(("vote", draw(votes(article))))
    return Both(body, homes, 1, each), entries


@st.composite
def votes(draw: Any, article: Any) -> dict[str, Any]:
    """How the vote is taken and shared out: parts in thousandths, and how far the sum is off."""
    lawful = ["secret"] if article.secret else ["hands", "paper", "secret"]
    lawful += ["electronic"] if article.remote else []
    lawful += ["written"] if article.written else []
    methods = draw(st.lists(st.sampled_from(lawful), min_size=1, max_size=3, unique=True))
    if draw(st.integers(0, 11)) == 0:
        methods = draw(st.lists(st.sampled_from(list(Method)), min_size=1, max_size=3))
    return {
        "methods": [str(one) for one in methods],
        "parts": draw(st.lists(st.integers(0, 6), min_size=5, max_size=5)),
        "agree": draw(st.sampled_from(["edge", "edge", "parts", "all"])),
        "off": draw(st.sampled_from([0] * 20 + [1, -1])),
        "shift": draw(st.sampled_from([-1, -1, 0, 1])),
        "written": draw(st.integers(0, 3)),
        "silent": draw(st.integers(0, 14)) == 0,
    }


def share_out(total: int, plan: Mapping[str, Any], needed: int) -> list[int]:
    """So many votes as 同意, 反对, 弃权, 废票, 未投; at the edge just as many agree as must, or one off."""
    if plan["agree"] == "all":
        return [total, 0, 0, 0, 0]
    if plan["agree"] == "edge":
        agree = min(total, max(0, needed + plan["shift"]))
        return [agree, total - agree, 0, 0, 0]
    parts = plan["parts"] if any(plan["parts"]) else [1, 0, 0, 0, 0]
    cast = [total * one // sum(parts) for one in parts]
    return [cast[0] + total - sum(cast), *cast[1:]]


def vote(both: Both, plan: Mapping[str, Any]) -> None:
    """Open, count each way, close."""
    if not both.hear({"kind": "opened", "item": 1, "methods": plan["methods"]}):
        return
    motion = both.hall.motions[0]
    sure = both.hall.outcome(motion)
    left = max(0, len(motion.voters) + plan["off"])
    room = [one for one in plan["methods"] if one != "written"]
    for at, method in enumerate(plan["methods"]):
        total = plan["written"] if method == "written" else left if method == room[-1] else left // 2
        left -= 0 if method == "written" else total
        if plan["silent"]:
            continue
        cast = share_out(total, plan, (sure.votes_needed if sure else 1) if at == 0 else 0)
        if method == "electronic":
            both.tally(1, tuple(cast))
        else:
            both.hear(
                {"kind": "counted", "item": 1, "method": method, **dict(zip(COUNTS, cast, strict=True))}
            )
    event(f"closed {both.hear({'kind': 'closed', 'item': 1})}")
    both.hear({"kind": "closed", "item": 1})
    both.hear({"kind": "ended"})


@pytest.mark.parametrize("body", ARTICLES)
def test_every_meeting_comes_to_what_the_articles_say(body: str) -> None:
    @QUICK
    @given(scripts(body))
    def hold(script: tuple[Both, list[tuple[str, Any]]]) -> None:
        both, entries = script
        for kind, entry in entries:
            if kind == "vote":
                vote(both, entry)
            else:
                both.hear(entry)
        both.agree_on(1)
        assert fold(both.empty(), both.kept) == both.floor

    hold()


def test_who_speaks_for_another_stays_here_himself() -> None:
    """Neither from afar nor through a third: the mandate is to him (农村集体经济组织法 第27条)."""
    both = Both("rce_members", dict.fromkeys(["p0", "p1", "p2"], "h"), 1, False)
    assert both.hear({"kind": "came", "people": ["p0", "p1"], "way": "in_person"})
    assert both.hear({"kind": "came", "people": ["p2"], "way": "proxy", "proxy": "p1"})
    assert not both.hear({"kind": "came", "people": ["p1"], "way": "proxy", "proxy": "p0"})
    assert not both.hear({"kind": "came", "people": ["p1"], "way": "remote"})
    assert both.hear({"kind": "came", "people": ["p1"], "way": "in_person"})


def test_who_stands_aside_hands_in_no_opinion_either() -> None:
    """Of four members two are here, one of the others stands aside: one opinion at most."""
    both = Both("party_branch_admission", dict.fromkeys(["p0", "p1", "p2", "p3"], "h"), 1, False)
    assert both.hear({"kind": "came", "people": ["p0", "p1"], "way": "in_person"})
    assert both.hear({"kind": "stood_aside", "item": 1, "person": "p3", "reason": "父子"})
    assert both.hear({"kind": "opened", "item": 1, "methods": ["secret", "written"]})
    cast = {
        "kind": "counted",
        "item": 1,
        "method": "written",
        "against": 0,
        "abstain": 0,
        "spoilt": 0,
        "not_cast": 0,
    }
    assert not both.hear({**cast, "agree": 2})
    assert both.hear({**cast, "agree": 1})


figures = st.tuples(*[st.integers(0, 3000)] * 7, st.integers(0, 400), st.integers(0, 400))


@pytest.mark.parametrize("body", [one for one, article in ARTICLES.items() if article.agree])
def test_every_vote_in_figures_comes_to_what_the_articles_say(body: str) -> None:
    law, article = find_body(BODIES, body, DAY), ARTICLES[body]

    @settings(QUICK, max_examples=50)
    @given(figures)
    def count_votes(numbers: tuple[int, ...]) -> None:
        agree, against, abstain, spoilt, silent, absent, aside, homes_here, homes_away = numbers
        here = agree + against + abstain + spoilt + silent
        roll = here + absent + aside
        entitled = roll - aside if article.aside_leaves else roll
        assert count_base(law, roll=roll, recused=aside) == entitled
        homes = (homes_here + homes_away, homes_here)
        cast = Votes(agree, against, abstain, spoilt, silent)
        found = decide(law, entitled=entitled, present=here, votes=cast, households=Share(*homes))
        said = verdict(article, entitled, here, agree, homes)
        assert said and asdict(said) == {
            "quorum_needed": found.needed_present, "votes_needed": found.needed_agree, "outcome": found.result,
        }  # fmt: skip

    count_votes()


PEOPLE = [f"p{n}" for n in range(9)]
persons = st.lists(st.sampled_from([*PEOPLE, "stranger"]), min_size=1, max_size=5).map(tuple)
items = st.integers(1, 3)
few = st.integers(0, 5)


class Meeting(RuleBasedStateMachine):
    """Anything in any order, sense or none: three motions and nine people who live three to a house."""

    both: Both

    @initialize(
        body=st.sampled_from(sorted(ARTICLES)) | st.just("rce_members"),
        each=st.booleans(),
        unknown=st.booleans(),
    )
    def call(self, body: str, each: bool, unknown: bool) -> None:
        homes = {one: f"h{at // 3}" for at, one in enumerate(PEOPLE)} | ({"p8": ""} if unknown else {})
        self.both = Both(body, homes, 3, each and ARTICLES[body].homes is not None)
        self.settled: dict[int, Item] = {}

    @rule(
        people=persons,
        way=st.sampled_from(["in_person", "in_person", "in_person", "proxy", "remote"]),
        proxy=st.sampled_from(PEOPLE),
    )
    def came(self, people: tuple[str, ...], way: str, proxy: str) -> None:
        more = {"proxy": proxy} if way == "proxy" else {}
        self.both.hear({"kind": "came", "people": people, "way": way, **more})

    @rule()
    def all_came(self) -> None:
        one_each = {home: one for one, home in self.both.homes.items()}
        people = list(one_each.values()) if self.both.each_home_one else PEOPLE
        self.both.hear({"kind": "came", "people": people, "way": "in_person"})

    @precondition(lambda self: self.both.hall.article.proxy)
    @rule(home=st.integers(0, 2), who=st.integers(0, 2), proxy=st.integers(0, 2))
    def spoken_for(self, home: int, who: int, proxy: int) -> None:
        one, other = PEOPLE[3 * home + who], PEOPLE[3 * home + proxy]
        self.both.hear({"kind": "came", "people": [one], "way": "proxy", "proxy": other})

    @precondition(lambda self: any(proxy for _way, proxy in self.both.hall.here.values()))
    @rule(way=st.sampled_from(["proxy", "remote", "in_person"]), proxy=st.sampled_from(PEOPLE[:3]))
    def who_speaks_for_another_changes(self, way: str, proxy: str) -> None:
        relied = next(one for _way, one in self.both.hall.here.values() if one)
        self.both.hear(
            {"kind": "came", "people": [relied], "way": way, **({"proxy": proxy} if way == "proxy" else {})}
        )

    @rule(people=persons)
    def left(self, people: tuple[str, ...]) -> None:
        self.both.hear({"kind": "left", "people": people})

    @rule(item=items, person=st.sampled_from([*PEOPLE, "stranger"]))
    def stood_aside(self, item: int, person: str) -> None:
        self.both.hear({"kind": "stood_aside", "item": item, "person": person, "reason": "亲属"})

    @rule(item=items, methods=st.lists(st.sampled_from(sorted(Method)), min_size=1, max_size=2))
    def opened(self, item: int, methods: list[Method]) -> None:
        self.both.hear({"kind": "opened", "item": item, "methods": methods})

    @rule(item=items)
    def opened_lawfully(self, item: int) -> None:
        method = "secret" if self.both.hall.article.secret else "hands"
        self.both.hear({"kind": "opened", "item": item, "methods": [method]})

    @rule(item=items, method=st.sampled_from(sorted(Method)), cast=st.tuples(few, few, few, few, few))
    def counted(self, item: int, method: Method, cast: tuple[int, ...]) -> None:
        if method == Method.electronic and method in self.both.hall.motions[item - 1].methods:
            self.both.tally(item, cast)
        self.both.hear(
            {"kind": "counted", "item": item, "method": method, **dict(zip(COUNTS, cast, strict=True))}
        )

    @precondition(lambda self: any(one.stage == "voting" for one in self.both.hall.motions))
    @rule(against=few)
    def counted_right(self, against: int) -> None:
        number, motion = next(
            (n, one) for n, one in enumerate(self.both.hall.motions, 1) if one.stage == "voting"
        )
        method, room = motion.methods[0], len(motion.voters)
        cast = (max(0, room - against), min(room, against), 0, 0, 0)
        if method != "electronic":
            self.both.hear(
                {"kind": "counted", "item": number, "method": method, **dict(zip(COUNTS, cast, strict=True))}
            )
        self.both.hear({"kind": "closed", "item": number})

    @rule(item=items)
    def closed(self, item: int) -> None:
        self.both.hear({"kind": "closed", "item": item})

    @rule(item=items)
    def dropped(self, item: int) -> None:
        self.both.hear({"kind": "dropped", "item": item, "reason": "改天再议"})

    @rule()
    def ended(self) -> None:
        self.both.hear({"kind": "ended"})

    @invariant()
    def no_more_votes_than_voters(self) -> None:
        for item in self.both.floor.items:
            assert item.counted <= len(item.voters)
            assert item.votes().total <= len(self.both.homes)

    @invariant()
    def a_decided_item_never_changes(self) -> None:
        for item in self.both.floor.items:
            if item.stage is Stage.decided:
                assert item == self.settled.setdefault(item.number, copy.deepcopy(item))
                self.both.agree_on(item.number)
            else:
                assert item.number not in self.settled

    @invariant()
    def the_kept_entries_make_the_same_meeting(self) -> None:
        assert fold(self.both.empty(), self.both.kept) == self.both.floor


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(max_examples=150, stateful_step_count=25, deadline=None, database=None)
TestMeeting.pytestmark = [pytest.mark.once]
