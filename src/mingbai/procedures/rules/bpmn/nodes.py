"""The flow nodes and sequence flows of one process, as the boxes of a chart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from mingbai.kernel import BadFile
from mingbai.procedures.rules.bpmn.extension import Data, Lines, read_step, read_wording
from mingbai.procedures.rules.bpmn.flow import BOUNDARY, CALL, END, EXCLUSIVE, PARALLEL, START, TASK
from mingbai.procedures.rules.bpmn.guards import unguarded
from mingbai.procedures.rules.bpmn.spaces import BPMN, MINGBAI, Element, said, tag
from mingbai.procedures.rules.expressions import names_in
from mingbai.procedures.rules.text import MAX_NODES

MAX_BOXES = 5 * MAX_NODES
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_COPY = re.compile(r"-\d+$")
_KINDS = ("task", "meeting", "publicity", "payment")
_LANELESS = ("choice", "both", "join")
EndCodes = Mapping[str, str]
"""Ends of a process by the chart's id, with the code that each throws; empty for the ordinary one."""


class Nodes:
    """One process. `ends` and `codes`: the ends of every process of the file, and escalation codes by id."""

    def __init__(
        self, process: Element, ends: Mapping[str, EndCodes], codes: Mapping[str, str], filename: str
    ) -> None:
        self.process, self.ends, self.codes, self.filename = process, ends, codes, filename
        self.elements = {one.get("id", ""): one for one in process if self._tag(one) in _TAGS}
        if len(self.elements) > MAX_BOXES:
            raise self.bad(process, f"太大，最多 {MAX_BOXES} 个节点")
        self.flows = process.findall(tag(BPMN, "sequenceFlow"))
        self.out: dict[str, list[Element]] = {}
        self.into: dict[str, list[Element]] = {}
        for flow in self.flows:
            self._join(flow)
        self.lanes, self.lane_of = self._lanes()

    # what is where

    @staticmethod
    def _tag(element: Element) -> str:
        return etree.QName(element).localname

    def bad(self, element: Element, reason: str) -> BadFile:
        """What to raise about an element."""
        return BadFile(
            self.filename, element.sourceline or 1, f"{said(element)}（{element.get('id')}）{reason}"
        )

    def _join(self, flow: Element) -> None:
        for key, held in (("sourceRef", self.out), ("targetRef", self.into)):
            id = flow.get(key, "")
            if id not in self.elements:
                raise self.bad(flow, f"的 {key} 指到了这个流程里没有的 {id or '（没写）'}")
            held.setdefault(id, []).append(flow)

    def _lanes(self) -> tuple[list[Data], dict[str, str]]:
        found: list[Data] = []
        of: dict[str, str] = {}
        for lane in self.process.iter(tag(BPMN, "lane")):
            name = self._local(lane)
            found.append({"id": name, "title": lane.get("name", "")})
            for one in lane:
                id = one.text or ""
                if id not in self.elements or id in of:
                    raise self.bad(lane, f"里的 {id} 不在这个流程里，或者已经在别的泳道里")
                of[id] = name
        return found, of

    def _local(self, element: Element) -> str:
        """The chart's id of an element: the last part of its own, in small letters."""
        last = (element.get("id") or "").rpartition(".")[2].lower().removeprefix("lane-")
        name = _COPY.sub("", last) if self._tag(element) == END else last
        if not _NAME.fullmatch(name) or len(name) > 40:
            raise self.bad(element, "的 id 只能用字母、数字和下划线，以字母开头，最多四十个字符")
        return name

    # the whole

    def start(self) -> str:
        """Where the chart starts: behind its one start event."""
        starts = [one for one in self.elements.values() if self._tag(one) == START]
        if len(starts) != 1:
            raise self.bad(
                starts[1] if starts else self.process, "：一个流程要有、也只有一个 bpmn:startEvent"
            )
        if self.into.get(starts[0].get("id", "")):
            raise self.bad(starts[0], "不能有进来的路")
        return self._one_way(starts[0])

    def end_codes(self) -> EndCodes:
        """The ends, each with the code it throws."""
        found: dict[str, str] = {}
        for one in self.elements.values():
            if self._tag(one) == END:
                name, code = self._local(one), self._code(one)
                if code not in ("", name) or found.get(name, code) != code:
                    raise self.bad(one, f"的升级代码要和结束的 id 一样，是 {name}")
                found[name] = code
        return found

    def read(self) -> Iterator[tuple[Data, Lines]]:
        """Every box of the chart in the order of the file, with the lines of its parts."""
        seen: dict[str, Data] = {}
        for element in self.elements.values():
            if self._tag(element) == BOUNDARY and self._tag(self._host(element)) != CALL:
                raise self.bad(element, "只能挂在 bpmn:callActivity 上")
            if self._tag(element) in (START, BOUNDARY) or self._merges(element):
                continue
            data, lines = self._box(element)
            if data["id"] not in seen:
                seen[data["id"]] = data
                yield data, lines
            elif data["kind"] != "end" or {**seen[data["id"]], "lane": ""} != {**data, "lane": ""}:
                raise self.bad(element, f"和前面的 {data['id']} 重了，说的又不一样")

    def _host(self, event: Element) -> Element:
        return self.elements.get(event.get("attachedToRef", ""), event)

    # one box

    def _box(self, element: Element) -> tuple[Data, Lines]:
        step = element.find(f"{tag(BPMN, 'extensionElements')}/{tag(MINGBAI, 'step')}")
        data, lines = read_step(step) if step is not None else (Data(), Lines())
        kind = self._kind(element, data)
        wording = step.find(tag(MINGBAI, "wording")) if step is not None else None
        data |= {
            "id": self._local(element),
            "kind": kind,
            "title": read_wording(wording, element.get("name", "")),
        }
        if kind not in _LANELESS:
            data.setdefault("lane", self.lane_of.get(element.get("id", ""), ""))
        self._documentation(element, data)
        end = data.pop("end", "")
        if end and kind != "call":
            raise self.bad(element, "不是调用，不能写 end")
        data |= self._calls(element, end) if kind == "call" else self._ways(element, kind)
        return data, {(): element.sourceline or 1, **lines}

    def _kind(self, element: Element, data: Data) -> str:
        name, ways = self._tag(element), len(self.out.get(element.get("id", ""), []))
        plain = {
            TASK: "task",
            CALL: "call",
            END: "end",
            EXCLUSIVE: "choice",
            PARALLEL: "both" if ways > 1 else "join",
        }
        kind = str(data.get("kind", plain[name]))
        if kind not in (_KINDS if name == TASK else (plain[name],)):
            raise self.bad(element, f"不能是 {kind}")
        if name == PARALLEL and ways > 1 and len(self.into.get(element.get("id", ""), [])) > 1:
            raise self.bad(element, "又合又分：拆成两个网关")
        return kind

    def _documentation(self, element: Element, data: Data) -> None:
        found = element.findall(tag(BPMN, "documentation"))
        if len(found) > 1:
            raise self.bad(element, "的说明（documentation）只能有一段，写的是纪律")
        if found and found[0].text:
            data["discipline"] = found[0].text

    def _ways(self, element: Element, kind: str) -> Data:
        if kind == "choice":
            return {"branches": self._branches(element)}
        if kind == "both":
            return {"next": [self._plain(flow) for flow in self.out[element.get("id", "")]]}
        if kind == "end":
            if self.out.get(element.get("id", "")):
                raise self.bad(element, "是结束，不能有出路")
            return {}
        return {"next": self._one_way(element)}

    def _calls(self, element: Element, end: str) -> Data:
        called = element.get("calledElement", "")
        returns = {end: self._one_way(element)} if end else {}
        if not end:
            raise self.bad(element, "没有写明平常的出路接的是哪个结束（mingbai:step 的 end）")
        for other in self.elements.values():
            if self._tag(other) == BOUNDARY and other.get("attachedToRef") == element.get("id"):
                returns[self._caught(other, called, returns)] = self._one_way(other)
        for name, code in self.ends.get(called, {}).items():
            if (name == end) != (not code):
                raise self.bad(element, f"接不上 {called} 的结束 {name}：平常的结束不抛升级，别的都抛")
        return {"calls": called, "returns": returns}

    def _caught(self, event: Element, called: str, returns: Mapping[str, str]) -> str:
        code = self._code(event)
        if not code or code in returns or (called in self.ends and code not in self.ends[called]):
            raise self.bad(event, f"要接住 {called} 的一个结束，每个结束接一次")
        return code

    def _code(self, event: Element) -> str:
        """The escalation code that an event throws or catches."""
        found = event.findall(tag(BPMN, "escalationEventDefinition"))
        if len(found) > 1 or (found and not self.codes.get(found[0].get("escalationRef", ""))):
            raise self.bad(event, "要指到一个有代码的 bpmn:escalation")
        return self.codes[found[0].get("escalationRef", "")] if found else ""

    # ways out

    def _branches(self, element: Element) -> list[Data]:
        flows, default = self.out.get(element.get("id", ""), []), element.get("default")
        usual = [flow for flow in flows if flow.get("id") == default]
        if not usual:
            raise self.bad(element, "要有一条默认的出路（default）")
        asked = [flow for flow in flows if flow not in usual]
        conditions = unguarded([self._condition(flow) for flow in asked])
        ways = [{**self._way(flow), "when": when} for flow, when in zip(asked, conditions, strict=True)]
        if self._says(usual[0]):
            raise self.bad(usual[0], "是默认的出路，不能有条件")
        return [*ways, {**self._way(usual[0]), "otherwise": True}]

    def _way(self, flow: Element) -> Data:
        label = read_wording(
            flow.find(f"{tag(BPMN, 'extensionElements')}/{tag(MINGBAI, 'wording')}"), flow.get("name", "")
        )
        if not label:
            raise self.bad(flow, "要有名称，写明什么情况走这条路")
        return {"to": self._target(flow), "label": label}

    def _condition(self, flow: Element) -> str:
        text = self._says(flow)
        if not text.strip():
            raise self.bad(flow, "要有条件，或者是网关默认的出路")
        try:
            names_in(text)
        except ValueError as error:
            raise self.bad(flow, f"：{error}") from error
        return text

    @staticmethod
    def _says(flow: Element) -> str:
        return flow.findtext(tag(BPMN, "conditionExpression")) or ""

    def _one_way(self, element: Element) -> str:
        flows = self.out.get(element.get("id", ""), [])
        if len(flows) != 1:
            raise self.bad(element, "要有、也只有一条出路；要分路先接网关")
        return self._plain(flows[0])

    def _plain(self, flow: Element) -> str:
        """Where a way leads that may say nothing itself."""
        if flow.get("name") or len(flow):
            raise self.bad(flow, "不从分路的网关出来，不能有名称和条件")
        return self._target(flow)

    def _target(self, flow: Element) -> str:
        seen: set[str] = set()
        element = self.elements[flow.get("targetRef", "")]
        while self._merges(element):
            id = element.get("id", "")
            if id in seen:
                raise self.bad(element, "绕成了圈，圈里没有一个办事的环节")
            seen.add(id)
            (flow,) = self.out[id]
            if flow.get("name") or len(flow):
                raise self.bad(flow, "不从分路的网关出来，不能有名称和条件")
            element = self.elements[flow.get("targetRef", "")]
        if self._tag(element) in (START, BOUNDARY):
            raise self.bad(flow, f"不能走到 {said(element)}")
        return self._local(element)

    def _merges(self, element: Element) -> bool:
        """Whether a gateway only brings ways together: a chart has no box for that."""
        ways = self.out.get(element.get("id", ""), [])
        return (
            self._tag(element) == EXCLUSIVE and len(ways) == 1 and not element.get("default")
            and not self._says(ways[0])
            and all(element.find(tag(BPMN, name)) is None for name in ("documentation", "extensionElements"))
        )  # fmt: skip


_TAGS = (START, END, TASK, CALL, EXCLUSIVE, PARALLEL, BOUNDARY)
