"""Personal numbers in free text, as named cases: one spelling, one neighbour, one innocent number at a time."""

from __future__ import annotations

import time

import pytest
from stdnum import luhn
from stdnum.cn import ric

from mingbai.kernel import scan_text

pytestmark = pytest.mark.once

ID = "34031119900101123"
ID += ric.calc_check_digit(ID + "0")
ID_X = next(
    base + "X" for n in range(1_000) if ric.calc_check_digit((base := f"34031119900101{n:03d}") + "0") == "X"
)
CARD = "622202120801689012"
CARD += luhn.calc_check_digit(CARD)
PHONE = "13812345678"
NUMBERS = {"id_number": ID, "bank_account": CARD, "phone": PHONE}
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
FORMAL = str.maketrans("0123456789", "〇壹贰叁肆伍陆柒捌玖")
FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
SPELT = {
    "plain": lambda n: n,
    "full-width": lambda n: n.translate(FULL),
    "zero-width": lambda n: "\u200b".join(n),
    "soft hyphens": lambda n: "\u00ad".join(n),
    "word joiners": lambda n: "\u2060".join(n),
    "every digit spaced": lambda n: " ".join(n),
    "every digit dashed": lambda n: "-".join(n),
    "ideographic spaces": lambda n: "\u3000".join(n),
    "chinese": lambda n: n.translate(CHINESE),
    "formal chinese": lambda n: n.translate(FORMAL),
    "entities": lambda n: "".join(f"&#{ord(c)};" for c in n),
}
GROUPED = [
    ("phone", "138 1234 5678"),
    ("phone", "138-1234-5678"),
    ("phone", "138－1234－5678"),
    ("phone", "138  1234  5678"),
    ("phone", "+86 13812345678"),
    ("phone", "幺三八幺二三四五六七八"),
    ("id_number", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
    ("id_number", ID_X),
    ("id_number", ID_X.lower()),
    ("id_number", ID_X.translate(FULL)),
    ("bank_account", " ".join(CARD[i : i + 4] for i in range(0, 19, 4))),
]
INNOCENT = [
    "修王庄组排水渠 300 米",
    "340311104201",
    "340311 104 201",
    "05-340311104201-2026-001",
    "340311104201-17",
    "统一社会信用代码 91340300MA2N0A1B2C",
    "信用代码：92340311MA2T3K4L5M",
    "发票代码 034001900111，发票号码 12345678",
    "数电发票 26342000000012345678",
    "2026-09-20",
    "2026年9月20日 15:30",
    "20260920",
    "2026-09-20 2026-09-30",
    "1,250.50 元",
    "138,123,456.78 元",
    "13812345678.00 元",
    "叁万陆仟捌佰元整",
    "2026-09-记-1",
    "应到 27，实到 25，同意 24，反对 1，弃权 0",
    "第二十八条第二款",
    "0552-2821234",
    "x X Ｘ",
]


@pytest.mark.parametrize("spelling", SPELT)
@pytest.mark.parametrize("kind", NUMBERS)
def test_a_number_is_found_and_its_place_is_exact(kind: str, spelling: str) -> None:
    written = SPELT[spelling](NUMBERS[kind])
    text = f"请打给我：{written}，谢谢"
    (hit,) = scan_text(text)
    assert hit.kind == kind
    assert text[hit.start : hit.end] == written


@pytest.mark.parametrize(("kind", "written"), GROUPED)
def test_a_number_is_found_in_its_usual_groups(kind: str, written: str) -> None:
    assert [hit.kind for hit in scan_text(f"联系：{written}。")] == [kind]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_no_personal_number_is_left_alone(text: str) -> None:
    assert scan_text(text) == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"{PHONE} 2026-09-20", ["phone"]),
        (f"2026-09-20 {PHONE}", ["phone"]),
        (f"{PHONE} 13912345678", ["phone", "phone"]),
        (f"{PHONE}、{ID}、{CARD}", ["phone", "id_number", "bank_account"]),
        (f"{ID} {PHONE}", ["id_number", "phone"]),
        (f"9{ID}9", ["id_number"]),
        (f"340311104201 {PHONE}", ["phone"]),
    ],
)
def test_neighbours_hide_nothing(text: str, kinds: list[str]) -> None:
    hits = scan_text(text)
    assert [hit.kind for hit in hits] == kinds
    assert all(before.end <= after.start for before, after in zip(hits, hits[1:], strict=False))


HOSTILE = {
    "one digit": "1" * 100_000,
    "births": "34031119900101" * 7_200,
    "spaced": "1 " * 50_000,
    "gaps of three": "1   " * 25_000,
    "zero-width": "1\u200b" * 50_000,
    "mixed scripts": "1一" * 25_000,  # the slowest text: every character is a piece of its own
    "entities": "&#49;" * 20_000,
    "half entities": "&#" * 50_000,
    "account words": "账号 1 " * 16_000,
    "cards": "6222 " * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_less_than_a_second(name: str) -> None:
    started = time.process_time()
    scan_text(HOSTILE[name])
    assert (
        time.process_time() - started < 5
    )  # about 0.5 s on an idle machine; anything quadratic takes minutes
