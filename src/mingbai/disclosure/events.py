"""The facts that disclosure records."""

from __future__ import annotations

WITHDRAWN = "publication.withdrawn"
"""Two persons found that something published tells what is personal. Data: `publication` (its permalink), `copy` (the
digest of one paper; empty for the whole), `digest` (of what was published, as the log has it)."""
