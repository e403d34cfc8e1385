"""What the machine proposes to mask, measured on drawn receipts; numbers of persons stay masked whoever releases."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime

import pytest
from PIL import Image

from mingbai.evidence import finding, queries
from mingbai.evidence.proposing import Proposal, Word, proposals
from mingbai.evidence.services import find_personal, keep_paper, release_paper
from mingbai.kernel import Refused

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
SIZE = (1200, 1600)
WIDE, HIGH = 36, 18  # a Chinese character's width in pixels at 36 points, a digit's


def drawn(parts: list[tuple[str, str]], top: int) -> tuple[Word, list[tuple[int, int, str]]]:
    """A line as print lies on a sheet, and where its personal parts begin and end across it."""
    place, truth = 80, []
    for text, kind in parts:
        width = sum(HIGH if ord(one) < 0x2E80 else WIDE for one in text)
        if kind:
            truth.append((place, place + width, kind))
        place += width
    return Word(80, top, place - 80, 40, "".join(text for text, _ in parts)), truth


def receipts() -> list[list[tuple[Word, list[tuple[int, int, str]]]]]:
    """Forty receipts, lines with and without personal data; most numbers fail their check digit, as misread ones do."""
    chance, sheets = random.Random(5), []
    for _ in range(40):
        phone = f"1{chance.choice('3578')}{chance.randrange(10**9):09}"
        identity = (
            f"340311{chance.randrange(1950, 2010)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        )
        identity += f"{chance.randrange(10**4):04}"
        card = f"62284804{chance.randrange(10**11):011}"
        lines = [
            [("姓名：张某 身份证号：", ""), (identity, "id_number")], [("联系电话：", ""), (phone, "phone")],
            [("农商行 卡号：", ""), (card, "bank_account")], [("住址：", ""), ("淮上区小蚌埠镇某村12号", "address")],
            [("学生：", ""), ("李小某", "minor")], [(f"发票号码：26342000{chance.randrange(10**12):012}", "")],
            [("统一社会信用代码：91340311MA2MRFXW8L", "")], [(f"金额：{chance.randrange(10**6)}.00元", "")],
            [("2026年08月30日 渠道清淤 土方120立方米", "")], [(f"凭证号 2026-08-记-{chance.randrange(99)}", "")],
        ]  # fmt: skip
        sheets.append([drawn(line, 100 + 90 * number) for number, line in enumerate(lines)])
    return sheets


def measured() -> tuple[float, float]:
    """Recall: personal parts that are wholly covered. Precision: proposals that touch a personal part."""
    parts = covered = boxes = right = 0
    for sheet in receipts():
        found = proposals([word for word, _ in sheet], SIZE)
        boxes += len(found)
        for word, truth in sheet:
            own = [one for one in found if one.y < word.y + word.h and word.y < one.y + one.h]
            right += sum(any(one.x < end and start < one.x + one.w for start, end, _ in truth) for one in own)
            parts += len(truth)
            covered += sum(
                any(one.x <= start and end <= one.x + one.w for one in own) for start, end, _ in truth
            )
    return covered / parts, right / boxes


@pytest.mark.once
def test_recall_and_precision_on_drawn_receipts():
    recall, precision = measured()
    assert recall == 1.0 and precision == 1.0, (recall, precision)


@pytest.mark.once
def test_a_place_for_a_name_lies_behind_its_label_and_inside_the_sheet():
    (one,) = proposals([Word(900, 1580, 250, 40, "领款人签名：")], SIZE)
    assert one == Proposal(1150, 1560, 50, 40, "signature")
    assert proposals([Word(10, 10, 200, 40, "签名处不要涂改，谢谢合作")], SIZE) == ()


@pytest.fixture
def kept(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "papers"
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(out, "PNG")
    return keep_paper(
        content=out.getvalue(), name="f", label="收据", village="340311104201", actor="p", at=AT
    ).id


def test_what_was_found_stays_masked_and_a_person_only_adds(kept, monkeypatch):
    line = Word(100, 100, 400, 40, "电话：13855521234")
    monkeypatch.setattr(finding, "read_words", lambda copy: (line, Word(100, 300, 200, 40, "领款人签名：")))
    assert queries.findings(kept) is None
    found = find_personal(paper=kept, at=AT)
    assert queries.findings(kept) == found and [one.kind for one in found] == ["phone", "signature"]
    digest = release_paper(paper=kept, masks=[], actor="p", at=AT)
    public = Image.open(io.BytesIO(queries.public_bytes(digest)[0])).convert("L")
    assert (
        public.getpixel((400, 120)) < 10
        and public.getpixel((350, 320)) < 10
        and public.getpixel((700, 500)) > 240
    )


def test_without_a_reader_a_person_masks_alone(kept, monkeypatch, tmp_path):
    program = tmp_path / "reader.py"
    program.write_text("raise SystemExit(5)")
    monkeypatch.setattr(finding, "_PROGRAM", program)
    with pytest.raises(Refused, match="没有装认字的程序"):
        find_personal(paper=kept, at=AT)
    program.write_text("raise SystemExit(1)")
    with pytest.raises(Refused, match="认不出字"):
        find_personal(paper=kept, at=AT)
    assert queries.findings(kept) is None


def test_where_a_reader_is_installed_a_release_looks_by_itself(kept, monkeypatch):
    monkeypatch.setattr(finding, "reader_installed", lambda: True)
    monkeypatch.setattr(finding, "read_words", lambda copy: (Word(100, 100, 400, 40, "电话：13855521234"),))
    digest = release_paper(paper=kept, masks=[], actor="p", at=AT)
    assert [one.kind for one in queries.findings(kept)] == ["phone"]
    assert Image.open(io.BytesIO(queries.public_bytes(digest)[0])).convert("L").getpixel((400, 120)) < 10
