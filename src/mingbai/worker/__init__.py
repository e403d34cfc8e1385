"""The loop behind the pages: disclosure, the log, supervision; and again for what supervision said.

Words: *pass* (every follower once, in order), *lease* (the right to be the one worker of an installation).

With views and commands it is the only place where time comes in: the clock is handed to it. A pass that
fails is logged and tried again; what a follower had committed stays, the rest is done by the next pass.
"""

from __future__ import annotations

from mingbai.worker.lease import Busy
from mingbai.worker.loop import Counts, run_forever, run_once

__all__ = ["Busy", "Counts", "run_forever", "run_once"]
