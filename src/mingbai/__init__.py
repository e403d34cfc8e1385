"""Mingbai (明白): the open platform on which villages exercise their everyday powers in the open."""

__version__ = "0.1.0"
