"""The acts of the log: append statements, sign a head, publish files, check everything against everything."""

from __future__ import annotations

from mingbai.translog.services.appending import append_new
from mingbai.translog.services.checking import Report, check_log
from mingbai.translog.services.publishing import publish_files
from mingbai.translog.services.signing import ensure_key, sign_head

__all__ = ["Report", "append_new", "check_log", "ensure_key", "publish_files", "sign_head"]
