"""The texts of a PDF with their places, read by a process of its own that may die without harm."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mingbai.evidence.file_texts import Read, Text
from mingbai.evidence.pdf_program import MOST_PAGES, SECONDS, TOO_LARGE
from mingbai.kernel import Refused

_PROGRAM = Path(__file__).with_name("pdf_program.py")
_CLOSED = Refused("这个 PDF 打不开：坏了，或者设了密码", remedy="重新导出，不设密码；或者打印出来拍成照片")


def pdf_said(content: bytes) -> dict[str, Any]:
    """What `pdf_program` reads. Raises `Refused`: damaged, locked, more than 12 pages, or it took too long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no argument from outside
            [sys.executable, "-I", str(_PROGRAM)],
            input=content,
            capture_output=True,
            timeout=SECONDS + 10,
            env={},
        )
    except subprocess.TimeoutExpired as slow:
        raise _CLOSED from slow
    if done.returncode == TOO_LARGE:
        raise Refused(f"这个 PDF 超过 {MOST_PAGES} 页，或者字太多", remedy="请分成几份再查")
    if done.returncode != 0:
        raise _CLOSED
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def pdf_read(content: bytes) -> Read:
    """Its texts page by page, its notes, outline and properties. Raises `Refused` as `pdf_said` does."""
    said = pdf_said(content)
    return Read("pdf", tuple(_texts(said)), tuple(_unseen(said)))


def _texts(said: dict[str, Any]) -> Iterator[Text]:
    for number, page in enumerate(said["pages"], 1):
        yield Text(f"第 {number} 页", page["text"])
        yield from (Text(f"第 {number} 页的批注或表格", note) for note in page["notes"])
    yield from (Text("书签", one) for one in said["outline"])
    yield from (
        Text(f"文档属性 {name}", value) for name, value in said["properties"].items() if "Date" not in name
    )


def _unseen(said: dict[str, Any]) -> Iterator[str]:
    for number, page in enumerate(said["pages"], 1):
        if page["pictures"]:
            yield f"第 {number} 页里的 {page['pictures']} 张图：图里的字、人脸、签名要人看"
    if said["attached"]:
        yield f"夹带的 {said['attached']} 个附件：要另外查"
