"""The bookkeeper's desk for tests: every call fills in what a test does not care about."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.services import confirm_edition
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money
from mingbai.ledger import services
from mingbai.organisations.rules import Actor, Mandate

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
VILLAGE = "340311104201"
OTHER = "340311104202"
CASE = "06-340311104201-2026-001"
NOW = datetime(2026, 9, 20, 1, 0, tzinfo=UTC)
MANDATE = Mandate("bookkeeper", VILLAGE, date(2026, 1, 1), None)


@dataclass
class Office:
    """The bookkeeper's desk: every call fills in what a test does not care about."""

    by: Actor = field(default_factory=lambda: Actor("a" * 32, "王会计", (MANDATE,)))
    at: datetime = NOW
    papers: int = 0

    def paper(self, village: str = VILLAGE) -> str:
        """Keep a new paper, unlike any before; returns its id."""
        self.papers += 1
        picture = io.BytesIO()
        Image.new("RGB", (8, 8), (self.papers % 256, self.papers // 256, 0)).save(picture, "PNG")
        kept = keep_paper(
            content=picture.getvalue(),
            name="fp.png",
            label="发票",
            village=village,
            actor=self.by.person,
            at=NOW,
        )
        return kept.id

    def pay(self, yuan: str = "100.00", **more: Any) -> Any:
        """Post a payment."""
        given = {
            "village": VILLAGE, "case": CASE, "decision": "liangwei-2026-001", "purpose": "渠道清淤工程款",
            "payee": "蚌埠市某建筑公司", "payee_account": None, "method": "bank", "amount": Money.parse(yuan),
            "occurred_on": date(2026, 9, 10), "office": "bookkeeper", "by": self.by, "at": self.at,
        }  # fmt: skip
        given.update(more)
        given.setdefault("papers", None)
        if given["papers"] is None:
            given["papers"] = [self.paper()]
        return services.post_payment(**given)

    def receive(self, yuan: str = "500.00", **more: Any) -> Any:
        """Post a receipt."""
        given = {
            "village": VILLAGE, "case": "", "purpose": "鱼塘发包收入", "payer": "某水产合作社", "method": "bank",
            "amount": Money.parse(yuan), "occurred_on": date(2026, 9, 10), "office": "bookkeeper",
            "by": self.by, "at": self.at,
        }  # fmt: skip
        given.update(more)
        given.setdefault("papers", [self.paper()])
        return services.post_receipt(**given)

    def open(self, village: str = VILLAGE, **sums: str) -> Any:
        """Open a book; sums are yuan by account, written a102=..."""
        opening = {code.removeprefix("a"): Money.parse(yuan) for code, yuan in sums.items()}
        return services.open_book(
            village=village, opening=opening, on=date(2026, 8, 1), by=self.by, at=self.at
        )

    def close(self, month: str, **more: Any) -> Any:
        """Close a month."""
        given = {
            "village": VILLAGE,
            "month": month,
            "office": "bookkeeper",
            "by": self.by,
            "at": self.at,
            **more,
        }
        return services.close_period(**given)

    def move(self, yuan: str, to: str, **more: Any) -> Any:
        """Draw cash, or bank it."""
        given = {
            "village": VILLAGE, "to": to, "amount": Money.parse(yuan), "papers": [self.paper()],
            "occurred_on": date(2026, 9, 10), "by": self.by, "office": "bookkeeper", "at": self.at, **more,
        }  # fmt: skip
        return services.move_money(**given)

    def undo(self, number: str, **more: Any) -> Any:
        """Correct a voucher."""
        given = {
            "village": VILLAGE, "number": number, "reason": "记错", "papers": [self.paper()],
            "occurred_on": date(2026, 9, 12), "by": self.by, "office": "bookkeeper", "at": self.at, **more,
        }  # fmt: skip
        return services.reverse_voucher(**given)

    def later(self, **delta: int) -> None:
        """Let time pass."""
        self.at += timedelta(**delta)


def district() -> None:
    """Confirm the real district as the edition in force."""
    confirm_edition(files=read_district(DISTRICT), since=date(2026, 1, 1), by_person="", office="", at=NOW)
