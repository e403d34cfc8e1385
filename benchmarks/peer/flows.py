"""The peer's flow."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process


class PeerFlow(flow.Flow):
    """Begin, one human step, end."""

    process_class = Process
    begin = flow.StartHandle(this.opened).Next(this.step)
    step = flow.Handle(this.done).Next(this.end)
    end = flow.End()

    def opened(self, activation, title):  # type: ignore[no-untyped-def]
        """Keep the title."""
        activation.process.data = {"title": title}

    def done(self, activation):  # type: ignore[no-untyped-def]
        """Nothing beside the step itself."""
