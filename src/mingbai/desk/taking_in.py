"""Files at the desk: one handed in is kept for its person until it is taken or given up."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mingbai.desk.models import Draft
from mingbai.exchange.rules.layouts import FIELDS
from mingbai.exchange.services import Asked, keep_papers
from mingbai.kernel import Refused

KEPT_AS, KEPT_DAYS = "import/", 7
MOST_BYTES = 5_000_000
"""Larger files are for the command, which shows how far it is."""
STEP = "file"


@dataclass(frozen=True)
class Upload:
    """A file handed in and not yet taken, with what its person said of it."""

    kind: str
    name: str
    content: bytes = field(repr=False)
    account: str = ""
    since: str = ""
    mapping: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)

    def asked(self, village: str) -> Asked:
        """The same as the service is asked."""
        since = date.fromisoformat(self.since) if self.since else None
        return Asked(
            kind=self.kind, village=village, content=self.content, name=self.name, account=self.account,
            since=since, mapping=self.mapping, papers=self.papers,
        )  # fmt: skip


def read_upload(request: HttpRequest) -> Upload:
    """The file of a form. Raises `Refused` for no file, one too large, no kind, or a date that is none."""
    file, kind = request.FILES.get("file"), request.POST.get("kind", "")
    if file is None:
        raise Refused(_("还没有选文件"), remedy=_("选 .xlsx 或者 .csv 文件"))
    if file.size > MOST_BYTES:
        raise Refused(_("文件太大，最多 5 兆"), remedy=_("分月导入，或者请管理员用命令导入"))
    if kind not in FIELDS:
        raise Refused(_("没有选导入的是什么"), remedy=_("选一种"))
    since = request.POST.get("since", "").strip()
    try:
        date.fromisoformat(since or "2000-01-01")
    except ValueError:
        raise Refused(_("建账日期不是日期"), remedy=_("写成 2026-09-01 这样")) from None
    account = request.POST.get("account", "").strip()[:64]
    return Upload(kind, file.name[:120], file.read(), account, since, papers=_papers(request, kind))


def _papers(request: HttpRequest, kind: str) -> dict[str, str]:
    """Photographs and texts handed in beside the file, sealed, by name."""
    files = request.FILES.getlist("papers")
    if not files:
        return {}
    content = ((one.name or "", one.read()) for one in files)
    return keep_papers(kind, request.village.code, content, by=request.actor, at=request.now)


def keep(request: HttpRequest, upload: Upload) -> None:
    """Keep the file for the person, in place of an earlier one; forget those that nobody took."""
    old = request.now - timedelta(days=KEPT_DAYS)
    Draft.objects.filter(case__startswith=KEPT_AS, saved_at__lt=old).delete()
    values = {
        "kind": upload.kind, "name": upload.name, "content": base64.b64encode(upload.content).decode("ascii"),
        "account": upload.account, "since": upload.since, "mapping": upload.mapping, "papers": upload.papers,
    }  # fmt: skip
    Draft.objects.update_or_create(
        **_key(request), defaults={"values": values, "papers": {}, "saved_at": request.now}
    )


def kept(request: HttpRequest) -> Upload | None:
    """The person's file for this village; None when there is none."""
    row = Draft.objects.filter(**_key(request)).first()
    if row is None:
        return None
    said = row.values
    try:
        content = base64.b64decode(said["content"], validate=True)
    except binascii.Error:
        return None
    return Upload(
        said["kind"], said["name"], content, said["account"], said["since"], said["mapping"], said["papers"]
    )


def drop(request: HttpRequest) -> None:
    """Forget the file."""
    Draft.objects.filter(**_key(request)).delete()


def _key(request: HttpRequest) -> dict[str, Any]:
    return {"user": request.user, "case": f"{KEPT_AS}{request.village.code}", "step": STEP}
