"""Asking the machine what to mask on a paper: read by a process of its own, kept, and never masked less by one hand."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from mingbai.evidence import store
from mingbai.evidence.models import Found, Paper
from mingbai.evidence.pictures import dimensions
from mingbai.evidence.proposing import Proposal, Word, proposals
from mingbai.evidence.queries import findings, shown_copy
from mingbai.evidence.reader import LIBRARY, NOT_INSTALLED, SECONDS
from mingbai.kernel import Refused

_PROGRAM = Path(__file__).with_name("reader.py")


def find_personal(*, paper: str, at: datetime) -> tuple[Proposal, ...]:
    """Look for personal data on the copy that is shown now; what was found is kept with the paper.

    Raises:
        Refused: no such paper or no picture of it, no reader installed, or it could not read.
    """
    row = Paper.objects.filter(pk=paper).first()
    digest = shown_copy(row) if row and row.cleaned else ""
    copy = store.get("cleaned", digest) if digest else None
    if row is None or copy is None:
        raise Refused("这张单据没有照片可以认", remedy="请把它拍成照片，重新传一张")
    found = proposals(read_words(copy), dimensions(copy))
    boxes = [asdict(one) for one in found]
    Found.objects.create(paper=row, copy=digest, boxes=boxes, recorded_at=at)
    return found


def reader_installed() -> bool:
    """Whether this server has a reader of print, without loading it."""
    return importlib.util.find_spec(LIBRARY) is not None


def looked_at(*, paper: str, at: datetime) -> None:
    """Let the machine look before a release, where it can and nobody asked it for the copy that is shown now."""
    if reader_installed() and findings(paper) is None:
        find_personal(paper=paper, at=at)


def read_words(copy: bytes) -> tuple[Word, ...]:
    """The lines of print of a picture. Raises `Refused` when no reader is installed or it could not read."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no argument from outside
            [sys.executable, "-I", str(_PROGRAM)], input=copy, capture_output=True, timeout=SECONDS, env={}
        )
    except subprocess.TimeoutExpired as slow:
        raise Refused("认字认得太久，停下了", remedy="请自己在照片上遮") from slow
    if done.returncode == NOT_INSTALLED:
        raise Refused("这台服务器没有装认字的程序", remedy="请自己在照片上遮；要装的，告诉系统管理员")
    if done.returncode != 0:
        raise Refused("这张照片认不出字", remedy="请自己在照片上遮")
    return tuple(Word(*line) for line in json.loads(done.stdout))
