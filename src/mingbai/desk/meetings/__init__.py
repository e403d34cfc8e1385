"""Meetings at the desk: the form that calls one, and the page from which a hall is run."""

from __future__ import annotations
