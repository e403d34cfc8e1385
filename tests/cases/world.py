"""One real village of the real district, with its people, rolls and book: the ground on which cases are tested."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from stdnum.cn import uscc

from mingbai.cases import queries as cases
from mingbai.cases import services
from mingbai.catalogue.queries import current, read_district
from mingbai.catalogue.services import confirm_edition
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money
from mingbai.ledger.services import open_book
from mingbai.meetings.queries import matters
from mingbai.meetings.rules import Votes
from mingbai.meetings.services import hold_meeting, record_delegation, set_roll
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.organisations.services import add_person, give_mandate, load_divisions, load_offices
from mingbai.procedures.queries import procedure
from mingbai.procurement import services as procurement
from mingbai.procurement.queries.calls import call_of
from mingbai.procurement.queries.suppliers import named

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
VILLAGE = "340311104201"
SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGAN = date(2026, 1, 5)
PLACES = {"village": 12, "town": 9, "district": 6}
LOADER = Actor("0" * 32, "系统")


class World:
    """The village and a clock of its own; every act moves the clock on by a minute."""

    def __init__(self) -> None:
        self.day = date(2026, 9, 1)
        self._minutes = count(1)
        self._images = count(1)
        self.person: dict[str, str] = {}
        self._load()

    # the clock

    @property
    def at(self) -> datetime:
        """This instant: the day's morning and one more minute at each reading."""
        base = datetime.combine(self.day, time(9), SHANGHAI).astimezone(UTC)
        return base + timedelta(minutes=next(self._minutes) % 600, microseconds=0)

    def wait(self, days: int = 1) -> date:
        """Let days go by."""
        return self.go_to(self.day + timedelta(days=days))

    def go_to(self, day: date) -> date:
        """Let time pass until a day; never back."""
        if day > self.day:
            self.day, self._minutes = day, count(1)
        return self.day

    # the ground

    def _load(self) -> None:
        files = read_district(DISTRICT)
        at = self.at
        load_divisions(files["divisions.csv"])
        load_offices(files["offices.yaml"])
        confirm_edition(files=files, since=BEGAN, by_person=LOADER.person, office="", at=at)
        self.edition = current(self.day).number
        for office in organisations.offices():
            self.appoint(office.code, f"{office.title}甲")
        self.reps = [add_person(name=f"代表{n}", village=VILLAGE, by=LOADER, at=self.at) for n in range(30)]
        for body, size in (("liangwei", 6), ("party_branch_general", 30), ("villager_reps_meeting", 30)):
            set_roll(village=VILLAGE, body=body, persons=self.reps[:size], since=BEGAN, by=LOADER, at=self.at)
        self._delegate()
        self.opening = Money.parse("800,000.00")
        open_book(village=VILLAGE, opening={"102": self.opening}, on=self.day, by=LOADER, at=self.at)

    def _delegate(self) -> None:
        """The villagers' assembly lets its representatives decide what it may let them decide."""
        director = self.who("village_committee_director")
        set_roll(
            village=VILLAGE,
            body="villagers_meeting",
            persons=self.reps[:15],
            since=BEGAN,
            by=LOADER,
            at=self.at,
        )
        held = hold_meeting(
            village=VILLAGE, body="villagers_meeting", case="", motion="把村里的事授权给村民代表会议",
            matter="delegation", held_on=self.day, present=self.reps[:15], recused=[], votes=Votes(15, 0, 0), by=director,
            office="village_committee_director", at=self.at,
        )  # fmt: skip
        known = matters(current(self.day))
        given = [
            one.id for one in known if any(who.delegated for who in one.deciders) and one.kind == "village"
        ]
        record_delegation(village=VILLAGE, matters=given, resolution=held.number, by=director, at=self.at)

    def appoint(self, office: str, name: str, village: str = VILLAGE) -> str:
        """Give a new person an office over the village; returns the person."""
        level = next(one.level for one in organisations.offices() if one.code == office)
        division = village[: PLACES[level]]
        person = add_person(name=name, village=village, by=LOADER, at=self.at)
        give_mandate(
            person=person, office=office, division=division, since=BEGAN, until=None, by=LOADER, at=self.at
        )
        self.person.setdefault(office, person)
        return person

    def who(self, office: str) -> Actor:
        """The first holder of an office, as of the clock's day."""
        return organisations.actor_on(self.person[office], self.day)

    def paper(self, label: str = "单据", village: str = VILLAGE) -> str:
        """A photograph of some paper, different each time."""
        number = next(self._images)
        image = Image.new("RGB", (64, 64), (number % 256, number // 256, 9))
        out = io.BytesIO()
        image.save(out, "PNG")
        kept = keep_paper(
            content=out.getvalue(),
            name="a.png",
            label=label,
            village=village,
            actor=LOADER.person,
            at=self.at,
        )
        return str(kept.id)

    # acts

    def open(self, title: str = "东组排水沟修复", power: str = "procurement-small-works") -> str:
        """Open a case by whoever may."""
        edition = current(self.day)
        from mingbai.catalogue.queries import power as power_of

        chart = procedure(edition.number, power_of(edition, power).procedure)
        by = self.who(chart.nodes[chart.start].offices[0])
        return services.open_case(
            power=power, village=VILLAGE, title=title, occurred_on=self.day, by=by, at=self.at
        ).number

    def node(self, case: str, step: str) -> Any:
        """A node of the case's chart."""
        view = cases.case(case)
        return procedure(view.edition, view.procedure).nodes[step]

    def values(self, case: str, step: str, given: Mapping[str, str] | None = None) -> dict[str, str]:
        """What the step asks for, filled in plainly; `given` wins."""
        node = self.node(case, step)
        given = dict(given or {})
        filled = {one.id: self._plain(one) for one in node.fields if one.required}
        if "second_hand" in filled:
            filled["second_hand"] = f"{node.title}的第二个人"
        if node.kind == "meeting":
            filled |= self.values_of_votes(node.body)
        known = (
            {one.id for one in node.fields}
            | set(filled)
            | ({"notified_on"} if node.kind == "meeting" else set())
        )
        return {**filled, **{key: text for key, text in given.items() if key in known}}

    def _plain(self, field: Any) -> str:
        match str(field.kind):
            case "money":
                return "36,800.00"
            case "date":
                return (self.day - timedelta(days=21 if field.id == "issued_on" else 0)).isoformat()
            case "integer":
                return "3"
            case "choice":
                return str(field.options[0].id)
            case "firm":
                return "蚌埠市禾丰建筑队"
            case _:
                return "按方案办理"

    def values_of_votes(self, body: str) -> dict[str, str]:
        """Everybody on the roll comes and agrees."""
        from mingbai.meetings.queries import roll

        people = [member.person for member in roll(VILLAGE, body, self.day)]
        return {
            "present": ",".join(people),
            "recused": "",
            "agree": str(len(people)),
            "against": "0",
            "abstain": "0",
        }

    def papers(self, case: str, step: str) -> dict[str, list[str]]:
        """Every required paper of a step."""
        node = self.node(case, step)
        return {need.id: [self.paper(need.label)] for need in node.papers if need.required}

    def do(
        self,
        case: str,
        step: str | None = None,
        *,
        by: Actor | None = None,
        on: date | None = None,
        papers: Mapping[str, list[str]] | None = None,
        seen: int | None = None,
        **given: str,
    ) -> services.StepCompleted:
        """Do one step; plainly filled in, by a fitting person, unless told otherwise."""
        step = step or cases.case(case).here[0].step
        node = self.node(case, step)
        if {"quotes", "winner", "award_price"} <= {one.id for one in node.fields}:
            self.open_quotes(case, step, given)
        return services.complete_step(
            case=case,
            step=step,
            values=self.values(case, step, given),
            papers=self.papers(case, step) if papers is None else papers,
            occurred_on=on or self.day,
            by=by or self.fitting(case, node),
            at=self.at,
            seen=seen,
        )

    def open_quotes(self, case: str, step: str, given: Mapping[str, str]) -> None:
        """Call for sealed quotes, let three suppliers (or as many as are given) quote and two persons open, when that was not done yet."""
        here = next((one for one in cases.case(case).here if one.step == step), None)
        known = call_of(case, step, here.turn) if here else None
        if here is None or (known is not None and not known.abandoned):
            return
        lowest = Money.parse(given.get("award_price", "36,800.00")).fen
        winner = given.get("winner", "蚌埠市禾丰建筑队")
        handler, deadline = self.fitting(case, self.node(case, step)), self.at + timedelta(minutes=30)
        number = services.call_for_quotes(case=case, step=step, deadline=deadline, by=handler, at=self.at)
        openers = [handler, self.who("village_supervision_committee")]
        keys = [procurement.take_key(call=number, by=one, at=self.at) for one in openers]
        others = ("蚌埠市宏远建筑队", "五河县长淮建筑队", "怀远县涡河建筑队")
        for place, name in enumerate((winner, *others)[: int(given.get("quotes", "3"))]):
            code = procurement.invite(call=number, uscc=self.supplier(name), by=handler, at=self.at)
            price = Money(lowest + place * 10_000)
            procurement.give_quote(code=code, amount=price, note="", at=self.at)
        while self.at < deadline:
            pass
        for key, one in zip(keys, openers, strict=True):
            procurement.sign_opening(call=number, code=key, by=one, at=self.at)

    def supplier(self, name: str) -> str:
        """The code of a supplier of that name, registered when it is not yet."""
        found = named([name])
        if found:
            return found[0].uscc
        body = f"91340311MA3{next(self._images):06d}"
        return procurement.register_supplier(
            uscc=body + str(uscc.calc_check_digit(body)), name=name, legal=f"{name}的法人", owners=[],
            village=VILLAGE, by=self.who("town_government"), at=self.at,
        ).uscc  # fmt: skip

    def fitting(self, case: str, node: Any) -> Actor:
        """Somebody who may do the step: another person than those from whom it must be separate."""
        view = cases.case(case)
        nodes = procedure(view.edition, view.procedure).nodes
        taken = {
            step.person
            for step in view.done
            if step.step in node.separate_from or node.id in nodes[step.step].separate_from
        }
        for office in node.offices:
            if self.person[office] not in taken:
                return self.who(office)
        spare = self.appoint(node.offices[0], f"{node.offices[0]}丙")
        return organisations.actor_on(spare, self.day)

    def post(self, case: str, step: str | None = None) -> services.NoticeStarted:
        """Post the notice that waits."""
        step = step or cases.case(case).here[0].step
        return services.start_notice(
            case=case,
            step=step,
            posted_on=self.day,
            papers=self.papers(case, step),
            by=self.fitting(case, self.node(case, step)),
            at=self.at,
        )

    def forward(self, case: str, until: str = "", **given: str) -> list[str]:
        """Walk a case on, a day a step, notices and shortest times waited out, until `until` waits or it ends."""
        walked: list[str] = []
        while cases.case(case).here and len(walked) < 80:
            step = cases.case(case).here[0].step
            if step == until:
                break
            self.ready(case, step)
            self.do(case, step, **self._suited(step, given))
            walked.append(step)
            self.wait()
        return walked

    def ready(self, case: str, step: str) -> None:
        """Post the notice that waits, and let the shortest time of a step go by."""
        node = self.node(case, step)
        if node.kind == "publicity" and cases.case(case).here[0].notice is None:
            self.post(case, step)
        form = cases.step_form(case, step, self.fitting(case, node), self.day)
        if form.first_day:
            self.go_to(form.first_day)

    @staticmethod
    def _suited(step: str, given: Mapping[str, str]) -> dict[str, str]:
        """`step.field` names one step's value, a bare name every step's."""
        own = {key.split("/")[1]: text for key, text in given.items() if key.startswith(f"{step}/")}
        return {**{key: text for key, text in given.items() if "/" not in key}, **own}
