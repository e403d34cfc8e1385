"""Doing the next step of a case as a clerk would: the right hand, the fields filled, the papers photographed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mingbai.cases import queries as cases
from mingbai.cases import services
from mingbai.catalogue.queries import current
from mingbai.complaints import services as complaints
from mingbai.demo.papers import picture
from mingbai.demo.people import GIVEN, SURNAMES, Cast
from mingbai.evidence.services import keep_paper, release_paper
from mingbai.meetings.queries import body_rule
from mingbai.meetings.queries import meeting as view_meeting
from mingbai.meetings.services import Motion, Plan, Sent, call_meeting, note
from mingbai.organisations.queries import actor_on
from mingbai.organisations.rules import Actor
from mingbai.procedures.queries import procedure

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Whoever accepts beside another is not the one who bought beside another.
_OTHER_HANDS = {"accept": 1, "warranty": 2}


@dataclass
class Driver:
    """Drives one case of one village; `given` names values by short step and field, such as `quote.winner`."""

    cast: Cast
    number: str
    given: Mapping[str, str] = field(default_factory=dict)
    resolution: str = ""

    def here(self) -> Any:
        """The step that waits, or nothing when the case has ended."""
        waiting = cases.case(self.number).here
        return waiting[0] if waiting else None

    def node(self, step: str) -> Any:
        """A node of the case's chart."""
        view = cases.case(self.number)
        return procedure(view.edition, view.procedure).nodes[step]

    def first_day(self, step: str, on: date) -> date | None:
        """The first day on which the step may be completed."""
        return cases.step_form(self.number, step, self.hand(step, on), on).first_day

    def hand(self, step: str, on: date) -> Actor:
        """Somebody who holds an office the chart names, and did nothing from which the step must be separate."""
        view = cases.case(self.number)
        nodes = procedure(view.edition, view.procedure).nodes
        node = nodes[step]
        taken = {
            one.person
            for one in view.done
            if one.step in node.separate_from or step in nodes[one.step].separate_from
        }
        free = [
            person for office in node.offices for person in self.cast.by_office[office] if person not in taken
        ]
        return actor_on(free[0], on)

    def suspend(self, reason: str, now: datetime) -> None:
        """Stop the case, by whoever's turn it is."""
        on = now.astimezone(SHANGHAI).date()
        by = self.hand(self.here().step, on)
        services.suspend_case(case=self.number, reason=reason, occurred_on=on, by=by, at=now)

    def extend(self, step: str, reason: str, now: datetime) -> None:
        """Let the town give ten more days."""
        on = now.astimezone(SHANGHAI).date()
        services.extend_step(
            case=self.number, step=step, until=self.here().due + timedelta(days=10), reason=reason, occurred_on=on,
            by=actor_on(self.cast.by_office["town_government"][0], on), at=now,
        )  # fmt: skip

    def cosign(self, step: str, office: str, reason: str, now: datetime) -> None:
        """Ask another office to sign first, and let it agree."""
        on = now.astimezone(SHANGHAI).date()
        said = {"case": self.number, "step": step, "occurred_on": on, "at": now}
        services.ask_signature(**said, office=office, reason=reason, by=self.hand(step, on))
        signer = actor_on(self.cast.by_office[office][-1], on)
        services.give_signature(**said, agrees=True, opinion="", by=signer)

    def post(self, step: str, now: datetime) -> None:
        """Hang the notice and photograph the board."""
        on = now.astimezone(SHANGHAI).date()
        by = self.hand(step, on)
        services.start_notice(
            case=self.number, step=step, posted_on=on, papers=self._papers(step, by, now), by=by, at=now
        )

    def call(self, step: str, now: datetime, held_on: date) -> str:
        """Call the meeting that the step waits for; returns its number."""
        on = now.astimezone(SHANGHAI).date()
        matter = self.given.get(f"{step.rsplit('__', 1)[-1]}.matter", "")
        motion = Motion(cases.case(self.number).title, self.number, step, matter)
        plan = Plan(held_on, "09:30", "村委会会议室", on)
        by = self.hand(step, on)
        body = self.node(step).body
        return call_meeting(
            village=self.cast.village, body=body, plan=plan, motions=[motion], by=by, at=now
        ).number

    def notice_days(self, step: str, on: date) -> int:
        """How many days ahead the step's meeting must be called, two where the law says nothing."""
        notice = body_rule(current(on), self.node(step).body, on).notice
        return notice.days if notice else 2

    def sit(self, step: str, meeting: str, now: datetime) -> None:
        """Hold the meeting: who came, the vote, the minutes; the step then takes its resolution."""
        by = self.hand(step, now.astimezone(SHANGHAI).date())
        floor = view_meeting(meeting).floor
        absent, against = (self._count(step, name) for name in ("absent", "against"))
        people = list(floor.seats)[: len(floor.seats) - absent]
        method = "secret" if floor.rule.secret else "hands"
        said = (
            {"kind": "came", "people": people}, {"kind": "opened", "item": 1, "methods": [method]},
            {"kind": "counted", "item": 1, "method": method, "agree": len(people) - against, "against": against,
             "abstain": 0},
            {"kind": "closed", "item": 1}, {"kind": "minuted", "text": "到会的人逐项议过，结果当场宣布。"},
            {"kind": "approved", "people": people}, {"kind": "ended"},
        )  # fmt: skip
        sent = [Sent(f"{n}", one) for n, one in enumerate(said)]
        told = note(meeting=meeting, sent=sent, by=by, at=now)
        self.resolution = next(one.resolution for one in told if one.resolution)

    def _count(self, step: str, name: str) -> int:
        return int(self.given.get(f"{step.rsplit('__', 1)[-1]}.{name}", "1"))

    def do(self, step: str, now: datetime, occurred_on: date | None = None) -> None:
        """Complete the step; late when `occurred_on` lies before `now`."""
        on = occurred_on or now.astimezone(SHANGHAI).date()
        by = self.hand(step, on)
        services.complete_step(
            case=self.number,
            step=step,
            values=self._values(step, on),
            papers=self._papers(step, by, now),
            occurred_on=on,
            by=by,
            at=now,
        )

    def send_back(self, step: str, to: str, reason: str, now: datetime) -> None:
        """Return the case from the step that waits to an earlier one."""
        on = now.astimezone(SHANGHAI).date()
        services.return_step(
            case=self.number, step=step, to=to, reason=reason, occurred_on=on, by=self.hand(step, on), at=now
        )

    def answer(self, objection: str, text: str, now: datetime) -> None:
        """Answer an objection as unfounded, by the town's discipline commission."""
        on = now.astimezone(SHANGHAI).date()
        complaints.answer_objection(
            objection=objection, answer=text, upheld=False, occurred_on=on,
            by=actor_on(self.cast.by_office["town_discipline"][0], on), at=now,
        )  # fmt: skip

    def withdraw(self, reason: str, now: datetime) -> None:
        """Give the case up, by whoever began it."""
        on = now.astimezone(SHANGHAI).date()
        view = cases.case(self.number)
        first = procedure(view.edition, view.procedure).start
        services.withdraw_case(
            case=self.number, reason=reason, occurred_on=on, by=self.hand(first, on), at=now
        )

    def _values(self, step: str, on: date) -> dict[str, str]:
        node = self.node(step)
        short = step.rsplit("__", 1)[-1]
        values = {one.id: self._value(short, one, on) for one in node.fields if one.required}
        if "quotes" in values:
            values = {
                key: text for key, text in values.items() if key not in ("quotes", "winner", "award_price")
            }
        return {**values, "resolution": self.resolution} if node.kind == "meeting" else values

    def _value(self, short: str, asked: Any, on: date) -> str:
        said = self.given.get(f"{short}.{asked.id}") or self.given.get(asked.id)
        if said is not None:
            return said
        plain = {"money": "1,000.00", "date": on.isoformat(), "integer": "3", "firm": "淮上区诚信建材经营部"}
        if str(asked.kind) == "choice":
            return str(asked.options[0].id)
        return plain.get(str(asked.kind)) or self._personal(str(asked.kind), short)

    def _personal(self, kind: str, short: str) -> str:
        """Something invented for a kind of personal data, so that what must be masked is really there."""
        serial = int(self.number.replace("-", "")[-9:]) % 9000 + _OTHER_HANDS.get(short, 0)
        invented = {
            "person": f"{SURNAMES[serial % len(SURNAMES)]}{GIVEN[serial % len(GIVEN)]}",
            "minor": f"{SURNAMES[serial % len(SURNAMES)]}小宝", "id_number": f"34031119580312{1000 + serial}",
            "phone": f"1390552{1000 + serial}", "bank_account": f"621700123456{1000000 + serial}",
            "address": f"{1 + serial % 9}组{1 + serial % 60}号", "household": "三口人，一人常年吃药",
        }  # fmt: skip
        return invented.get(kind, "按方案办，没有问题")

    def _papers(self, step: str, by: Actor, now: datetime) -> dict[str, list[str]]:
        needs = [need for need in self.node(step).papers if need.required]
        return {need.id: [self._paper(need.label, by, now)] for need in needs}

    def _paper(self, label: str, by: Actor, now: datetime) -> str:
        local = now.astimezone(SHANGHAI)
        lines = (
            cases.case(self.number).title,
            f"{local.year}年{local.month}月{local.day}日",
            "经手人签字：（演示）",
        )
        content = picture(label, lines)
        kept = keep_paper(
            content=content,
            name="photo.jpg",
            label=label,
            village=self.cast.village,
            actor=by.person,
            at=now,
            subject=f"case:{self.number}",
        )
        release_paper(paper=kept.id, masks=(), actor=by.person, at=now)
        return kept.id
