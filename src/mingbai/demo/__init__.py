"""A deterministic season in real villages, told through the services with a fixed clock and seed.

Words: *script* (one case from request to wherever it is to stand), *hand* (the person who does a step because the
chart names an office of theirs), *agenda* (all scripts in the order of time, since the journal only runs forward).

The villages, offices, charts and laws are real; people, firms and sums are invented and every page says 演示.
Nothing here writes a table: every act goes through the service a clerk would use, and is refused as a clerk's
would be. Public names: `build`, `first_instant`.
"""

from __future__ import annotations

from mingbai.demo.season import LAST_INSTANT, Made, build, first_instant

__all__ = ["LAST_INSTANT", "Made", "build", "first_instant"]
