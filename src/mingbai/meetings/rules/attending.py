"""Who is here: in person, by a proxy of the household, from afar; each household once where it sends one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mingbai.kernel import Citation, Refused
from mingbai.meetings.rules import entries
from mingbai.meetings.rules.entries import Way
from mingbai.meetings.rules.floor import Floor, Stage

_HOUSEHOLD_ONE = Citation("vcol", "第26条")


def strangers(floor: Floor, people: Iterable[str]) -> None:
    """Refuse people who are not on the roll."""
    missing = [person for person in people if person not in floor.seats]
    if missing:
        raise Refused(
            f"有{len(missing)}人不在{floor.rule.title}的名册上",
            floor.rule.citation,
            "列席的人不计入到会和表决；名册有错的，先按规定改名册",
        )


def came(floor: Floor, entry: entries.Came) -> None:
    """What is checked before members are written down as here."""
    if len(set(entry.people)) != len(entry.people):
        raise Refused("到会的人里有人填了两次", remedy="每人只填一次")
    strangers(floor, entry.people)
    refuse_during_vote(floor)
    if entry.way is Way.remote and not floor.rule.remote:
        raise no_way(floor, "没有规定可以远程参加")
    if entry.way is Way.proxy:
        _proxy(floor, entry)
    if entry.way is not Way.in_person:
        _refuse_relied_upon(floor, entry.people, "要本人留在会场，不能改成委托或者远程")
    if floor.by_household:
        _one_of_each_household(floor, entry)


def no_way(floor: Floor, why: str) -> Refused:
    """A refusal: the body's rule does not know this."""
    return Refused(f"{floor.rule.title}{why}", floor.rule.citation, "请本人到会")


def _proxy(floor: Floor, entry: entries.Came) -> None:
    """A proxy is a member of the same household who is here in person (农村集体经济组织法 第27条)."""
    if not floor.rule.proxy:
        raise no_way(floor, "没有规定可以委托别人参加")
    if entry.proxy is None:
        raise Refused("没有写委托给谁", floor.rule.citation, f"可以受委托的是：{floor.rule.proxy}")
    strangers(floor, [entry.proxy])
    stands = floor.seats[entry.proxy]
    others = [floor.seats[person] for person in entry.people]
    if entry.proxy in entry.people:
        raise Refused("不能自己委托自己", floor.rule.citation, "写清楚谁代表谁")
    if not stands.household or any(one.household != stands.household for one in others):
        raise Refused(
            f"{stands.name}和委托的人不是同一户，不能代表",
            floor.rule.citation,
            f"可以受委托的是：{floor.rule.proxy}",
        )
    here = floor.came.get(entry.proxy)
    if here is None or here.way is not Way.in_person:
        raise Refused(f"{stands.name}本人没有到会，不能代表别人", floor.rule.citation, "先登记受委托的人到会")


def _one_of_each_household(floor: Floor, entry: entries.Came) -> None:
    """By household each sends one: a household twice would count twice (村民委员会组织法 第26条)."""
    held = {floor.seats[person].household: person for person in floor.came}
    for person in entry.people:
        seat = floor.seats[person]
        if not seat.household:
            raise Refused(f"{seat.name}没有登记户号，按户开会不能计入", _HOUSEHOLD_ONE, "先在名册上补户号")
        if held.setdefault(seat.household, person) != person:
            other = floor.seats[held[seat.household]].name
            raise Refused(
                f"{seat.name}这一户已经由{other}代表到会",
                _HOUSEHOLD_ONE,
                "每户只派一人；换人的，先把前一位划去",
            )


def left(floor: Floor, entry: entries.Left) -> None:
    """What is checked before members are struck off as here."""
    strangers(floor, entry.people)
    refuse_during_vote(floor)
    _refuse_relied_upon(floor, entry.people, "先划去他代表的人，再划去他本人", going=entry.people)


def _refuse_relied_upon(
    floor: Floor, people: Iterable[str], remedy: str, going: Collection[str] = ()
) -> None:
    """Refuse to change how those are here who speak for somebody that is not `going` as well."""
    relied = {one.proxy for person, one in floor.came.items() if one.proxy and person not in going}
    tied = [floor.seats[one].name for one in people if one in relied]
    if tied:
        raise Refused(f"{tied[0]}还代表着同户的人", floor.rule.citation, remedy)


def refuse_during_vote(floor: Floor) -> None:
    """Refuse while a vote runs: who votes is fixed when it begins."""
    if any(one.stage is Stage.voting for one in floor.items):
        raise Refused("正在表决，到会人数不能改", remedy="等这一项表决完再登记")
