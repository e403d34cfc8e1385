"""Roles where the village helps, where land is let or taken, where the party admits and the district works on its list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mingbai.procedures.rules.mutants.role import Role, answered, ends, hand, pick, signs, stage
from mingbai.procedures.rules.runs import Answer, Runs

PARTY = (
    "apply", "activist", "cultivate", "candidate_publicity", "candidate", "political_review", "train", "pre_review",
    "admit", "party_approve", "oath", "probation", "full_vote", "full_approve",
)  # fmt: skip
BEFORE_CONFIRMING = ("dibao-measures", "tekun-measures", "social-assistance-interim", "disaster")
SPARING = ("urgent", "recognised")


def of_relief(runs: Runs) -> Iterator[Role]:
    def official(*stages: str) -> tuple[str, ...]:
        return pick(
            runs,
            lambda node: (
                node.stage in stages
                and bool(node.offices)
                and all(office.startswith(("town_", "district_")) for office in node.offices)
            ),
        )

    spared = frozenset(
        (node.id, field.id, option.id)
        for node in runs.nodes.values() for field in node.fields for option in field.options
        if option.id in SPARING
    )  # fmt: skip
    confirm, grant = stage(runs, "confirm"), stage(runs, "grant")
    examining = ("review", "investigate")
    yield Role(
        "社会救助法43、44条：镇里受理了才调查审核",
        official("accept_application"),
        (*official(*examining), *confirm),
    )
    yield Role("社会救助法43条：调查审核过才确认", official(*examining), confirm, (), spared)
    looked = official("accept_application", *examining)
    town = tuple(
        one for one in looked if any(office.startswith("town_") for office in runs.nodes[one].offices)
    )
    yield Role("社会救助法44条：镇里受理审核", town, confirm, (), spared)
    for notice in stage(runs, "announce"):
        yield from _of_a_notice(runs, notice, spared)
    yield Role("社会救助法44条：确认了才发放", confirm, grant)
    yield Role("社会救助法44条：确认了的发放", grant, ends(runs, False), confirm)
    yield from _of_dibao(runs)
    yield from _of_tekun(runs)
    known = pick(
        runs, lambda node: node.hand == "review" and all(one.startswith("district_") for one in node.offices)
    )
    yield from answered(runs, "unknown", known, confirm, "刚性支出困难家庭认定办法8条：先认定")
    told = stage(runs, "notify_refusal")
    yield Role("社会救助法45条：不批准的书面告知", told, ends(runs, True), stage(runs, "apply"))
    given = (*grant, *stage(runs, "grant_urgent"))
    if given and not runs.procedure.children:
        shown = stage(runs, "publish_result")
        yield Role("社会救助法45条：结果要公布", shown, ends(runs, True, False), given)
    yield from _of_afterwards(runs)
    yield from _of_appraisal(runs)


def _of_dibao(runs: Runs) -> Iterator[Role]:
    """Kin of officers are filed and visited; who does not qualify may answer."""
    confirm = stage(runs, "confirm")
    cited = [runs.nodes[one].citation for one in confirm]
    if not any(one is not None and one.law == "dibao-measures" for one in cited):
        return
    filing = pick(
        runs, lambda node: any(option.id == "near" for field in node.fields for option in field.options)
    )
    yield Role("低保审核确认办法11条：近亲属备案", filing, confirm)
    visits = pick(
        runs,
        lambda node: (
            node.kind == "task"
            and node.stage != "confirm"
            and all(office.startswith("district_") for office in node.offices)
        ),
    )
    yield from answered(runs, "near", visits, confirm, "低保审核确认办法20条：近亲属申请的区里入户")
    told = stage(runs, "notify_refusal")
    hearing = pick(
        runs, lambda node: any(option.id == "evidence" for field in node.fields for option in field.options)
    )
    law = "低保审核确认办法18条：不符合的许他举证"
    yield Role(law, hearing, told, stage(runs, "investigate"), said=(("verdict", "bad"),))


def _of_tekun(runs: Runs) -> Iterator[Role]:
    cited = [runs.nodes[one].citation for one in stage(runs, "confirm")]
    if not any(one is not None and one.law == "tekun-measures" for one in cited):
        return
    able = pick(runs, lambda node: node.id == "ability")
    yield Role("特困人员认定办法20条：评估自理能力", able, stage(runs, "grant"))
    last = pick(
        runs,
        lambda node: (
            node.kind == "publicity" and node.citation is not None and node.citation.article == "第26条"
        ),
    )
    yield Role("特困人员认定办法26条：终止前公示", last, stage(runs, "stop"), stage(runs, "recheck"))


def _of_a_notice(runs: Runs, notice: str, spared: frozenset[Answer]) -> Iterator[Role]:
    """Only where the law wants this notice; where it is a custom of the place, the law is not touched without it."""
    law = runs.nodes[notice].citation
    if (
        law is None
        or law.law not in BEFORE_CONFIRMING
        or not runs.way([notice], without=stage(runs, "grant"))
    ):
        return
    members = (notice, *stage(runs, "spare"))
    yield Role("公示过了才确认发放", members, (*stage(runs, "grant"), *stage(runs, "confirm")), (), spared)


def _of_afterwards(runs: Runs) -> Iterator[Role]:
    every, checked = ends(runs, True, False), stage(runs, "recheck")
    standing = any(
        node.stage == "confirm"
        and node.citation
        and node.citation.law in ("dibao-measures", "tekun-measures")
        for node in runs.nodes.values()
    )
    if standing:
        yield Role("社会救助法46条：动态核查", checked, every, stage(runs, "grant"))
    if checked:
        yield Role("社会救助法48条：停发要决定并书面告知", stage(runs, "stop"), every, checked)
    urgent = stage(runs, "grant_urgent")
    if urgent:
        yield Role("社会救助法50条：先救助的补办手续", stage(runs, "follow_papers"), every, urgent)


def _of_appraisal(runs: Runs) -> Iterator[Role]:
    beyond = stage(runs, "review", "confirm")
    appraised = stage(runs, "appraise")
    if runs.procedure.nature == "assists_with_appraisal":
        yield Role("自然灾害救助条例20条：评议通过再审核", appraised, beyond)
        yield Role("自然灾害救助条例20条：评议结果公示过再审核", stage(runs, "announce"), beyond, appraised)
    if runs.procedure.nature == "assists_with_decision":
        beyond = (*beyond, *stage(runs, "grant"), *hand(runs, "report"))
        yield Role("村里依法决定了再上报", stage(runs, "resolve"), beyond)
        yield Role("决议公开了再上报", stage(runs, "publish_decision"), beyond)


def of_taken_land(runs: Runs) -> Iterator[Role]:
    law = "土地管理法47条：征地方案先公告，多数认为违法的先听证"
    going_on = stage(runs, "apply", "resolve")
    shown = pick(
        runs,
        lambda node: (
            node.kind == "publicity" and node.citation is not None and node.citation.law == "land-admin"
        ),
    )
    yield Role(law, shown, going_on)
    most = (("unlawful", "most"), ("objection", "raised"))
    yield Role(law, pick(runs, lambda node: node.id == "hearing"), going_on, shown, said=most)


def of_the_party(runs: Runs) -> Iterator[Role]:
    for before, here in pairwise(PARTY):
        yield Role("发展党员工作细则：各环节依次进行", stage(runs, before), stage(runs, here))
    good = ends(runs, False)
    talk = pick(runs, lambda node: node.id == "talk")
    above = pick(runs, lambda node: node.id == "committee_talk")
    filed = pick(runs, lambda node: node.id == "archive")
    yield Role("发展党员工作细则7条：派人谈话", talk, stage(runs, "activist"))
    yield Role("发展党员工作细则23条：上级派人谈话", above, stage(runs, "party_approve"))
    yield Role("发展党员工作细则36条：材料归档", filed, good)
    yield Role("发展党员工作细则33条：批准转正才办成", stage(runs, "full_approve"), ends(runs, False))


def of_the_district(runs: Runs) -> Iterator[Role]:
    notice = "实施方案第三部分(一)：梳理、归纳、审核、提请审议、确认"
    settled = stage(runs, "confirm_edition", "ratify", "admit_task")
    lawful, agreed = stage(runs, "lawfulness"), stage(runs, "deliberate")
    yield Role(notice, lawful, settled)
    if agreed:
        yield Role(notice, settled, ends(runs, False))
    yield Role(notice, agreed, settled)
    yield Role(notice, stage(runs, "compile", "examine"), (*lawful, *agreed, *stage(runs, "decide_urgent")))
    urgent = stage(runs, "confirm_emergency")
    later = "实施方案第三部分(四)：清单及时调整"
    yield Role(later, stage(runs, "decide_urgent"), urgent)
    if urgent:
        yield Role(later, stage(runs, "ratify"), ends(runs, False), urgent)
    if stage(runs, "examine"):
        yield Role(later, stage(runs, "examine"), ends(runs, False))
        yield Role(later, lawful, ends(runs, False))


def of_land(runs: Runs) -> Iterator[Role]:
    signing = pick(runs, lambda node: node.id == "household_sign")
    own = frozenset(
        (node.id, field.id, option.id)
        for node in runs.nodes.values() if node.hand == "propose"
        for field in node.fields for option in field.options if option.id in ("own", "capital")
    )  # fmt: skip
    written = pick(runs, lambda node: node.id == "authorize")
    yield Role("农村土地经营权流转管理办法8条：农户书面委托", written, signing, (), own)
    contracts = pick(runs, lambda node: signs(node) or node.id == "household_sign")
    filing = pick(runs, lambda node: node.id == "file")
    yield Role("农村土地承包法36条：流转合同备案", filing, ends(runs, False), contracts)
    approving = hand(runs, "approve")
    yield from answered(runs, "capital", approving, signing, "农村土地经营权流转管理办法29条：社会资本先审查")
    signed = pick(runs, signs)
    yield from answered(runs, "outside", approving, signed, "农村土地承包法52条：对外发包镇政府批准")
