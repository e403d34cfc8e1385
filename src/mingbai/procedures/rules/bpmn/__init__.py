"""Charts as BPMN 2.0 and back: nothing of a chart is lost, nothing of a file is passed over in silence.

flow (a chart as BPMN sees it) → layout (where everything stands) → writer, diagram; safe (XML from strangers) → profile (what
is read) → nodes, reader. `extension` says in our own namespace what BPMN has no word for. Decided in
docs/decisions/0005-bpmn.md, described in docs/bpmn.md. Pure: bytes in, bytes out.
"""

from __future__ import annotations

from mingbai.procedures.rules.bpmn.reader import from_bpmn
from mingbai.procedures.rules.bpmn.wording import Titles
from mingbai.procedures.rules.bpmn.writer import to_bpmn

__all__ = ["Titles", "from_bpmn", "to_bpmn"]
