"""Personal numbers in free text, however they are spelt (security R1), and what must be left alone (R5)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from mingbai.kernel import Hit, Money, scan_text

RANDOM = random.Random(20260901)
REGIONS = ["340311", "340302", "110105", "310115", "441900", "500234", "652901", "710000", "830000", "341126"]
REGIONS = [region for region in REGIONS if region[2:4] != "00"]
SENTENCES = [
    "{}",
    "联系人王某某，电话{}，可来领取",
    "第1号{}号",
    "备注：{}（已核）",
    "收款人{}，2026年8月10日",
    "a{}b",
]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _identity() -> str:
    """A citizen's number of nobody: the check digit is counted here by GB 11643's weights, not by the library."""
    born = date(1935, 1, 1) + timedelta(RANDOM.randrange(30_000))
    first = f"{RANDOM.choice(REGIONS)}{born:%Y%m%d}{RANDOM.randrange(1000):03d}"
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11]


def _card() -> str:
    first = RANDOM.choice(["622848", "621700", "621226", "623059", "625955"])
    first += "".join(RANDOM.choice("0123456789") for _ in range(RANDOM.choice([9, 12])))
    return first + luhn.calc_check_digit(first)


def _phone() -> str:
    return f"1{RANDOM.choice('3456789')}{RANDOM.randrange(10**9):09d}"


FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
CAPITAL = str.maketrans("0123456789", "〇壹贰叁肆伍陆柒捌玖")
SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "full-width": lambda n: n.translate(FULL),
    "spaced": lambda n: " ".join(n),
    "wide spaces": lambda n: "\u3000".join(n),
    "hyphens": lambda n: "-".join(n),
    "zero-width": lambda n: "\u200b".join(n),
    "soft hyphens": lambda n: "\u00ad".join(n),
    "bidi marks": lambda n: "\u202a" + "\u200e".join(n) + "\u202c",
    "entities": lambda n: "".join(f"&#{ord(d)};" for d in n),
    "hex entities": lambda n: "".join(f"&#x{ord(d):x};" for d in n),
    "hard space entities": lambda n: "&nbsp;".join(n),
    "chinese": lambda n: n.translate(CHINESE),
    "capitals": lambda n: n.translate(CAPITAL),
    "mixed scripts": lambda n: n[:5] + n[5:9].translate(CHINESE) + n[9:].translate(FULL),
    "keycaps": lambda n: "".join(d + "\ufe0f\u20e3" for d in n),
}
GROUPED: dict[str, list[tuple[int, ...]]] = {
    "phone": [(3, 4, 4), (4, 3, 4), (3, 3, 5), (3, 8)],
    "id_number": [(6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 2, 2, 4), (14, 4)],
    "bank_account": [(4, 4, 4, 4, 3), (6, 13), (4, 4, 11)],
}
MAKERS = {"id_number": _identity, "bank_account": _card, "phone": _phone}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_is_found_in_every_spelling_and_every_sentence(kind: str, spelling: str) -> None:
    for sentence in SENTENCES:
        for _ in range(4):
            number = MAKERS[kind]()
            text = sentence.format(SPELLINGS[spelling](number))
            assert [hit.kind for hit in scan_text(text)] == [kind], text


@pytest.mark.parametrize("kind", GROUPED)
@pytest.mark.parametrize("gap", [" ", "-", "－", " - ", "·", "\u00a0", "–"])
def test_a_number_is_found_in_its_usual_groups(kind: str, gap: str) -> None:
    for sizes in GROUPED[kind]:
        number, parts = MAKERS[kind](), list[str]()
        while kind == "bank_account" and len(number) != 19:
            number = MAKERS[kind]()
        for size in sizes:
            parts, number = [*parts, number[:size]], number[size:]
        text = f"号码 {gap.join(parts)} 完"
        assert [hit.kind for hit in scan_text(text)] == [kind], text


def test_the_place_is_that_of_the_original_text() -> None:
    text = "电话：&#49;\u200b３８-1234-五六七八，谢谢"
    assert scan_text(text) == (Hit("phone", 3, text.index("，谢谢")),)
    assert scan_text("甲13812345678乙13912345678") == (Hit("phone", 1, 12), Hit("phone", 13, 24))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第一13812345678号", "phone"), ("+86 13812345678", "phone"), ("8613812345678", "phone"), ("0086-138-1234-5678", "phone"),
        ("(86)13812345678", "phone"), ("13812345678 340311104201", "phone"), ("2 138 1234 5678", "phone"),
        ("身份证号：340311650101123", "id_number"), ("身份证号码 110105194912310021", "id_number"),
        ("编号0011010519491231002X99", "id_number"), ("11010519491231002x", "id_number"),
        ("账号：20000123456789012345", "bank_account"), ("卡号 6222020200112233443", "bank_account"),
        ("幺三八零零一三八零零零", "phone"),
    ],
)  # fmt: skip
def test_numbers_that_the_text_names_or_runs_together(text: str, kind: str) -> None:
    assert [hit.kind for hit in scan_text(text)] == [kind]


def _credit_code() -> str:
    """A unified social credit code in digits and letters, whose own check character is right."""
    while True:
        first = (
            "91"
            + RANDOM.choice(REGIONS)
            + "MA"
            + "".join(RANDOM.choice("0123456789ABCDEFGH") for _ in range(7))
        )
        code = first + uscc.calc_check_digit(first)
        if uscc.is_valid(code):
            return code


def _negatives() -> list[str]:
    """What a village's disclosures are full of."""
    texts: list[str] = []
    for _ in range(60):
        fen = RANDOM.randrange(1, 10**12)
        texts += [
            f"3403111{RANDOM.randrange(10**5):05d}", _credit_code(), f"合计{Money(fen).yuan()}元", Money(fen).daxie(),
            f"{fen // 100}.{fen % 100:02d}元", f"发票号码{RANDOM.randrange(10**8):08d}", f"0552-{RANDOM.randrange(10**7):07d}",
            f"发票代码0340019{RANDOM.randrange(10**5):05d}", f"2026年{RANDOM.randrange(1, 13)}月8日至2026年12月31日",
            f"2026-0{RANDOM.randrange(1, 10)}-15 2026-10-01", f"05-340311104201-2026-{RANDOM.randrange(1000):03d}",
        ]  # fmt: skip
    return texts


@pytest.mark.parametrize("sentence", ["{}", "村（{}）", "见 {} 。"])
def test_no_code_sum_date_or_document_is_taken_for_a_person(sentence: str) -> None:
    hits = [text for text in _negatives() if scan_text(sentence.format(text))]
    assert hits == []


@pytest.mark.parametrize(
    "text",
    [
        "", "修渠三百米", "一二三四五六七八九十", "第十三条第五款", "15000-200000元", "18000—250000", "淮办〔2026〕13号",
        "13812345678.50", "共13812345678元", "服务热线 400-800-1234", "监督电话12388、12345", "12,345,678,901.00",
        "20260810123045", "340311104201.0", "2026-09-记-1", "国办发明电〔2025〕7号", "34°11′45″N 117°22′33″E",
        "统一社会信用代码：91340311MA2RGT8Q1X", "规格1200x600x18mm，共150块", "DN160管 1350米 单价 13.80元", "K1+380至K2+150",
        "车牌皖C12345", "工期2026.03.15-2026.06.30", "13 812 345", "第1380号文，2026年1月1日", "一三五、二四六",
    ],
)  # fmt: skip
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert scan_text(text) == ()


def test_a_wrong_check_digit_is_no_hit_unless_the_text_names_it() -> None:
    number = "110105194912310021"
    assert not ric.is_valid(number)
    assert scan_text(number) == ()
    assert scan_text(f"身份证{number}") == (Hit("id_number", 3, 21),)


@pytest.mark.parametrize(
    "hostile",
    ["1" * 100_000, "1 " * 50_000, "1-3 " * 25_000, "138 " * 25_000, "x" * 100_000, "&#49;" * 20_000, "一" * 100_000,
     "&" * 100_000, "&#" * 50_000, "340311199001" * 8_000, "1\u200b" * 50_000, "身份1 " * 25_000, " " * 100_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_time_is_linear(hostile: str) -> None:
    start = time.process_time()
    scan_text(hostile)
    assert time.process_time() - start < 3  # about 0.4 s on an idle machine; anything quadratic takes minutes


@given(st.text(max_size=80))
def test_hits_lie_in_the_text_in_order_and_apart(text: str) -> None:
    last = 0
    for hit in scan_text(text):
        assert last <= hit.start < hit.end <= len(text)
        last = hit.end


@given(st.text("ab甲乙，。", max_size=20), st.text("ab甲乙，。", max_size=20), st.integers(0, 10**9 - 1))
def test_words_around_a_number_never_hide_it(before: str, after: str, number: int) -> None:
    text = f"{before}13{number:09d}{after}"
    assert [hit.kind for hit in scan_text(text)] == ["phone"]
