"""The text form of a chart, one YAML file, readable by the department that owns it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Pydantic

from mingbai.kernel import BadFile, Confidence, FieldKind, validate

Name = Pydantic(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40)
Kind = Literal["task", "choice", "both", "join", "meeting", "publicity", "payment", "call", "end"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionText(_Strict):
    """One answer."""

    id: str = Name
    label: str


class FieldText(_Strict):
    """A value asked for."""

    id: str = Name
    label: str
    kind: FieldKind
    optional: bool = False
    options: tuple[OptionText, ...] = ()


class PaperText(_Strict):
    """A paper asked for."""

    id: str = Name
    label: str
    optional: bool = False


class SourceText(_Strict):
    """Where a fact stands: law, article, and how it was checked."""

    law: str
    article: str
    confidence: Confidence


class LimitText(SourceText):
    """A limit of time with its source."""

    bound: Literal["min", "max"]
    value: int = Pydantic(ge=0, le=3660)
    unit: Literal["working_day", "calendar_day", "month", "year"]


class BranchText(_Strict):
    """A way out of a choice; exactly one branch, the last, is `otherwise`."""

    to: str
    label: str
    when: str | None = None
    otherwise: bool = False
    assumed: bool = False


class NodeText(_Strict):
    """One box."""

    id: str = Name
    kind: Kind
    title: str = ""
    lane: str = ""
    offices: tuple[str, ...] = ()
    fields: tuple[FieldText, ...] = ()
    papers: tuple[PaperText, ...] = ()
    limit: LimitText | None = None
    discipline: str = ""
    source: SourceText | None = None
    body: str = ""
    after: tuple[str, ...] = ()
    separate_from: tuple[str, ...] = ()
    supervised: bool = False
    stage: str = ""
    hint: str = ""
    next: str | tuple[str, ...] | None = None
    branches: tuple[BranchText, ...] = ()
    calls: str = ""
    returns: dict[str, str] = {}


class LaneText(_Strict):
    """A column: who."""

    id: str = Name
    title: str


class Chart(_Strict):
    """A whole chart as written."""

    procedure: str
    version: int = Pydantic(ge=1)
    power: str
    nature: Literal["self_government", "party", "assists_government"]
    title: str
    start: str
    lanes: tuple[LaneText, ...]
    disclosures: dict[str, str]
    nodes: tuple[NodeText, ...]

    def node(self, id: str) -> NodeText:
        """A box by its id."""
        return next(one for one in self.nodes if one.id == id)


def read_chart(text: str, filename: str) -> Chart:
    """A chart from its text.

    Raises:
        BadFile: naming file, line and reason.
    """
    return validate(Chart, text, filename)


def charts_in(files: Mapping[str, str]) -> dict[str, Chart]:
    """All charts of a district by id.

    Raises:
        BadFile: a bad chart, or one whose id is not its file's name.
    """
    charts = {}
    for name in sorted(files):
        if name.startswith("procedures/") and name.endswith(".yaml"):
            chart = read_chart(files[name], name)
            if chart.procedure != PurePosixPath(name).stem:
                raise BadFile(name, 1, f"文件名要和流程名 {chart.procedure} 一样")
            charts[chart.procedure] = chart
    return charts
