"""The text form of a chart, one YAML file, readable by the department that owns it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, PrivateAttr
from pydantic import Field as Pydantic

from mingbai.kernel import BadFile, Confidence, FieldKind, line_of, load_located, validate

Name = Annotated[str, Pydantic(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40)]
Label = Annotated[str, Pydantic(min_length=1, max_length=60)]
Kind = Literal["task", "choice", "both", "join", "meeting", "publicity", "payment", "call", "end"]
Hand = Literal["", "propose", "handle", "approve", "accept", "review", "report", "pay"]
Stage = Literal[
    "", "propose", "consult", "party_review", "resolve", "publish_decision", "publish_result",
    "decide", "compete", "award_publicity",
    "apply", "accept_application", "investigate", "appraise", "review", "announce", "confirm", "grant",
    "grant_urgent", "follow_papers", "notify_refusal", "recheck", "stop", "spare", "objection", "overrule",
    "activist", "cultivate", "candidate_publicity", "candidate", "political_review", "train", "pre_review",
    "admit", "party_approve", "oath", "probation", "full_vote", "full_approve",
    "compile", "lawfulness", "deliberate", "confirm_edition", "decide_urgent", "confirm_emergency", "ratify",
    "admit_task", "examine",
]  # fmt: skip
Nature = Literal[
    "self_government",
    "party",
    "assists_government",
    "assists_with_decision",
    "assists_with_appraisal",
    "mixed",
    "administrative",
]
MAX_NODES = 200


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionText(_Strict):
    """One answer."""

    id: Name
    label: Label


class FieldText(_Strict):
    """A value asked for."""

    id: Name
    label: Label
    kind: FieldKind
    optional: bool = False
    options: tuple[OptionText, ...] = ()


class PaperText(_Strict):
    """A paper asked for."""

    id: Name
    label: Label
    optional: bool = False


class SourceText(_Strict):
    """Where a fact stands: law, article, and how it was checked."""

    law: str
    article: str
    confidence: Confidence


class LimitText(SourceText):
    """A limit of time with its source: at most (`max`) or at least (`min`)."""

    bound: Literal["min", "max"]
    value: int = Pydantic(ge=1, le=3660)
    unit: Literal["working_day", "calendar_day", "month", "year"]


class BranchText(_Strict):
    """A way out of a choice; exactly one branch, the last, is `otherwise`. `{name}` in a label is a parameter."""

    to: str
    label: Label
    when: str | None = None
    otherwise: bool = False


class NodeText(_Strict):
    """One box; what its words mean is said in docs/procedures.md."""

    id: Name
    kind: Kind
    title: str = Pydantic(default="", max_length=40)
    lane: str = ""
    offices: tuple[str, ...] = ()
    hand: Hand = ""
    fields: tuple[FieldText, ...] = ()
    papers: tuple[PaperText, ...] = ()
    limit: LimitText | None = None
    discipline: str = ""
    source: SourceText | None = None
    body: str = ""
    after: tuple[str | tuple[str, ...], ...] = ()
    separate_from: tuple[str, ...] = ()
    supervised: bool = False
    stage: Stage = ""
    hint: str = Pydantic(default="", max_length=40)
    next: str | tuple[str, ...] | None = None
    branches: tuple[BranchText, ...] = ()
    calls: str = ""
    open: bool = False
    passes: dict[str, str] = {}
    returns: dict[str, str] = {}
    stopped: bool = False

    def following(self) -> tuple[str, ...]:
        """Where `next` leads: several only after `both`."""
        return (self.next,) if isinstance(self.next, str) else tuple(self.next or ())


class LaneText(_Strict):
    """A column: who."""

    id: Name
    title: Label


class Chart(_Strict):
    """A whole chart as written."""

    procedure: str
    version: int = Pydantic(ge=1)
    power: str
    nature: Nature
    part: bool = False
    children: bool = False
    title: Label
    start: str
    given: dict[str, str] = {}
    lanes: tuple[LaneText, ...]
    disclosures: dict[str, str] = {}
    nodes: tuple[NodeText, ...] = Pydantic(min_length=1, max_length=MAX_NODES)
    _lines: dict[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)

    def node(self, id: str) -> NodeText:
        """A box by its id."""
        return next(one for one in self.nodes if one.id == id)

    def bad(self, reason: str, *path: str | int) -> BadFile:
        """What to raise when something is wrong at this place of the file."""
        return BadFile(f"procedures/{self.procedure}.yaml", line_of(self._lines, path), reason)

    def bad_node(self, node: NodeText, reason: str, *path: str | int) -> BadFile:
        """What to raise when something is wrong with this box."""
        place = next(at for at, one in enumerate(self.nodes) if one is node)
        return self.bad(f"环节 {node.id}：{reason}", "nodes", place, *path)


def read_chart(text: str, filename: str) -> Chart:
    """A chart from its text.

    Raises:
        BadFile: naming file, line and reason.
    """
    chart = validate(Chart, text, filename)
    chart._lines.update(load_located(text, filename)[1])
    if chart.procedure != PurePosixPath(filename).stem:
        raise chart.bad(f"文件名要和流程名 {chart.procedure} 一样", "procedure")
    return chart


def charts_in(files: Mapping[str, str]) -> dict[str, Chart]:
    """All charts of a district by id.

    Raises:
        BadFile: a bad chart, or one whose id is not its file's name.
    """
    names = [name for name in sorted(files) if name.startswith("procedures/") and name.endswith(".yaml")]
    charts = [read_chart(files[name], name) for name in names]
    return {chart.procedure: chart for chart in charts}
