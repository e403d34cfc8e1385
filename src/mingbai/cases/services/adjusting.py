"""The list's own procedures: what the steps of an adjustment bring about, in the transaction of the step.

Compiled by a department that signs one draft as it stands; reviewed, when everything of that draft is proved lawful;
deliberated; confirmed as the next edition, word by word the one that was reviewed. In an emergency it is confirmed
first and ratified afterwards. Source: 《实施方案》第三部分(一)、(四).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mingbai.cases.rules.soundness import first_fault
from mingbai.cases.rules.values import Value
from mingbai.cases.services.running import Running, Signed
from mingbai.catalogue.queries import drafts
from mingbai.catalogue.services import confirm_draft, ratify_edition, refuse_stale_draft
from mingbai.kernel import Refused

Facts = Mapping[str, Value]
_DRAFT, _DIGEST, _EDITION = "draft", "digest", "edition"


def adjust(running: Running, signed: Signed, read: Facts) -> dict[str, Value]:
    """What a step adds to what was entered: the digest that was signed or reviewed, the edition that came of it.

    Raises:
        Refused: the draft changed since it was signed or reviewed, is unsound or unlawful, or cannot be confirmed.
    """
    match signed.node.stage:
        case "compile" if _DRAFT in read:
            return _signed(int(read[_DRAFT]))
        case "compile" if "until" in read:
            _refuse_endless(signed, read)
        case "lawfulness" if read.get("verdict") == "good":
            return _reviewed(running)
        case "deliberate" if read.get("verdict") == "agree":
            return _unchanged(running)
        case "confirm_edition":
            return _confirmed(running, signed, read, "lawfulness", emergency=False)
        case "confirm_emergency":
            return _confirmed(running, signed, read, "compile", emergency=True)
        case "ratify":
            return _ratified(running, signed)
    return {}


def _refuse_endless(signed: Signed, read: Facts) -> None:
    """A task for villages has an end, and begins before it."""
    if str(read["until"]) < str(read["since"]):
        raise Refused(
            f"任务到{read['until']}止，早于开始的{read['since']}", signed.node.citation, "核对起止日期"
        )


def _signed(draft: int) -> dict[str, Value]:
    refuse_stale_draft(draft)
    if not drafts.draft(draft).changed:
        raise Refused("这份草案一个字也没有改", remedy="先在草案里改好再签字")
    return {_DIGEST: drafts.digest(draft)}


def _of_stage(running: Running, stage: str) -> Facts:
    """What was entered at the latest step of a stage."""
    done = [run.node for run in running.done_steps() if running.chart.nodes[run.node].stage == stage]
    return running.state.facts.get(done[-1], {}) if done else {}


def _draft(running: Running) -> int | None:
    found = _of_stage(running, "compile").get(_DRAFT)
    return int(found) if found is not None else None


def _edition(running: Running) -> int | None:
    found = _of_stage(running, "confirm_emergency").get(_EDITION)
    return int(found) if found is not None else None


def _reviewed(running: Running) -> dict[str, Value]:
    draft = _draft(running)
    if draft is None or _edition(running) is not None:
        return {}
    digest = str(_of_stage(running, "compile")[_DIGEST])
    refuse_stale_draft(draft, digest)
    _refuse_unlawful(draft)
    return {_DIGEST: digest}


def _refuse_unlawful(draft: int) -> None:
    fault = first_fault(drafts.files(draft))
    if fault is not None:
        raise Refused(
            f"草案没有通过检查：{fault}", remedy="退回制定单位改好，重新签字；在没有通过以前不能审核通过"
        )


def _unchanged(running: Running) -> dict[str, Value]:
    draft = _draft(running)
    if draft is not None and _edition(running) is None:
        refuse_stale_draft(draft, str(_of_stage(running, "lawfulness")[_DIGEST]))
    return {}


def _confirmed(
    running: Running, signed: Signed, read: Facts, by_stage: str, *, emergency: bool
) -> dict[str, Value]:
    compiled = _of_stage(running, "compile")
    draft, digest = int(compiled[_DRAFT]), str(_of_stage(running, by_stage)[_DIGEST])
    refuse_stale_draft(draft, digest)
    if emergency:
        _refuse_unlawful(draft)
    confirmed = confirm_draft(
        draft=draft,
        digest=digest,
        since=date.fromisoformat(str(compiled["since"])),
        reason=f"{compiled['summary']}（{read['document']}）",
        by_person=signed.by.person,
        office=signed.office,
        at=running.at,
        citation=signed.node.citation,
        case=running.row.number,
        emergency=emergency,
    )
    return {_EDITION: confirmed.number}


def _ratified(running: Running, signed: Signed) -> dict[str, Value]:
    number = _edition(running)
    if number is None:
        raise Refused("还没有先行生效的版本，没有要补办的", remedy="核对流程图")
    ratify_edition(
        number=number,
        ratified_on=signed.occurred_on,
        by_person=signed.by.person,
        office=signed.office,
        at=running.at,
        case=running.row.number,
    )
    return {_EDITION: number}
