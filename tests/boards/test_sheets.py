"""Cards and handbook: the words of the list to the letter, on the right paper, with fonts inside, none too small."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdfium2 import raw

from mingbai.boards.cards import BACK, make_card, make_cards
from mingbai.boards.handbook import make_handbook
from mingbai.boards.sheets import steps
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import wording
from mingbai.catalogue.services import confirm_edition

pytestmark = pytest.mark.django_db
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
FIRST = date(2026, 9, 1)
SITE = "https://mingbai.example"
A5, A4 = (420, 595), (595, 842)
SMALLEST = 9.0
TAG = 0.86
LONG = 150
_GAPS = re.compile(r"[\s\u200b\u2060①-⑳*]+")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The district's, with a digest of its own: editions are held by number and digest for a whole process."""
    held = dict(catalogue.read_district(DISTRICT))
    return {**held, "district.yaml": held["district.yaml"] + "# test_sheets\n"}


@pytest.fixture
def edition(files):
    return confirm(files)


def confirm(files):
    at = datetime(2026, 8, 31, 17, tzinfo=UTC)
    confirm_edition(files=files, since=FIRST, by_person="", office="district_government", at=at)
    return catalogue.latest()


def plain(text: str) -> str:
    """Without line ends, list numbers and marks."""
    return _GAPS.sub("", text)


def sides(made: bytes) -> list[str]:
    return [plain(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(made)]


def sizes(made: bytes) -> list[tuple[int, int]]:
    pages = PdfReader(io.BytesIO(made)).pages
    return [(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in pages]


def fonts_of(made: bytes) -> list[dict]:
    held = []
    for page in PdfReader(io.BytesIO(made)).pages:
        held += [one.get_object() for one in page["/Resources"]["/Font"].values()]
    return [one["/DescendantFonts"][0].get_object() for one in held]


def letters(made: bytes):
    """Size and box of every letter: (points, left, bottom, right, top)."""
    for page in pypdfium2.PdfDocument(made):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            if raw.FPDFText_GetUnicode(text, at) > 32:
                scale = raw.FS_MATRIX()
                raw.FPDFText_GetMatrix(text, at, scale)
                yield abs(scale.d) * raw.FPDFText_GetFontSize(text, at), *text.get_charbox(at)


def test_every_card_is_two_sides_of_a5_and_all_twenty_take_less_than_ten_seconds(edition):
    powers = catalogue.powers(edition)
    told = []
    started = time.perf_counter()
    made = make_cards(
        [one.id for one in powers], FIRST, base_url=SITE, demo=False, progress=lambda *at: told.append(at)
    )
    assert time.perf_counter() - started < 10
    assert sizes(made) == [A5] * 2 * len(powers)
    assert told[-1] == (len(powers), len(powers), powers[-1].name)
    for power, front, back in zip(powers, sides(made)[::2], sides(made)[1::2], strict=True):
        assert front.startswith("明白卡") and back.startswith("怎么走")
        assert plain(power.name) in front and plain(power.name) in back


def test_a_card_says_what_the_list_says_to_the_letter(edition):
    aside = (*BACK, "method", "thresholds")
    for power in catalogue.powers(edition):
        text = "".join(sides(make_card(power.id, FIRST, base_url=SITE, demo=False)))
        groups = [one for one in wording.groups(power, edition, FIRST) if one.id not in aside]
        said = [one.text for group in groups for one in group.said]
        said += [one.text for _, one in wording.facts(power)[:2]]
        laws = [one.title + one.articles for one in wording.bases(power, catalogue.laws(edition))]
        for sentence in [power.name, power.category, power.nature_title, *said, *laws]:
            assert plain(sentence) in text, f"{power.id}: {sentence}"


def test_side_two_carries_every_step_of_the_chart_that_runs(edition):
    for power in catalogue.powers(edition):
        chart = steps.chart(edition, power.procedure, FIRST, drawn=False)
        back = sides(make_card(power.id, FIRST, base_url=SITE, demo=False))[1]
        for step in chart["steps"] if chart else ():
            assert plain(step["title"]) in back, f"{power.id}: {step['title']}"
            assert all(plain(one["label"]) in back for one in step["exits"]), f"{power.id}: {step['exits']}"


def test_a_power_without_a_chart_says_so_on_paper(files):
    path = "powers/12-dibao.yaml"
    confirm({**files, path: files[path].replace("procedure: dibao\n", "")})
    back = sides(make_card("dibao", FIRST, base_url=SITE, demo=False))[1]
    assert "这一项的流程图还没有编好" in back and "社会救助法" in back
    assert "这一项的流程图还没有编好" in "".join(sides(make_handbook(FIRST, base_url=SITE, demo=False)))


def test_fonts_are_inside_and_nothing_is_too_small_or_off_the_sheet(edition):
    made = make_cards([one.id for one in catalogue.powers(edition)], FIRST, base_url=SITE, demo=False)
    for font in fonts_of(made):
        descriptor = font["/FontDescriptor"]
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
    seen = Counter()
    for size, left, bottom, right, top in letters(made):
        assert left > 20 and bottom > 15 and right < A5[0] - 20 and top < A5[1] - 20
        seen[size >= SMALLEST - 0.01] += 1
        assert size >= SMALLEST * TAG - 0.01
    assert seen[True] > 0.98 * seen.total()


def test_what_is_assumed_is_marked_and_a_demo_says_so(edition):
    made = make_card("procurement-small-works", FIRST, base_url=SITE, demo=True)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    text = re.sub(r"[ \u2060\u200b]", "", text)
    assert "*待确认" in text and "5,000元以下*" in text
    assert "演示" in text
    assert "演示" not in "".join(sides(make_card("dibao", FIRST, base_url=SITE, demo=False)))


def test_a_long_text_runs_on_over_another_side_and_nothing_is_lost(files):
    path = "powers/12-dibao.yaml"
    long = "这一条写得特别长，" * LONG
    confirm(
        {**files, path: files[path].replace("text: 未经法定程序不得直接纳入", f"text: {long}不得直接纳入")}
    )
    made = make_card("dibao", FIRST, base_url=SITE, demo=False)
    assert set(sizes(made)) == {A5} and len(sizes(made)) > 2
    assert "不得直接纳入" in "".join(sides(made))
    assert "".join(sides(made)).count("这一条写得特别长") >= LONG - 1  # one stands on both sides


def test_the_handbook_has_every_word_of_the_list_with_contents_register_and_remedies(edition):
    made = make_handbook(FIRST, base_url=SITE, demo=False)
    pages = sides(made)
    text = "".join(pages)
    assert set(sizes(made)) <= {A4, A4[::-1]}
    for power in catalogue.powers(edition):
        said = [one.text for group in wording.groups(power, edition, FIRST) for one in group.said]
        for sentence in [*said, *(one.text for one in power.five_disclosures)]:
            assert plain(sentence) in text, f"{power.id}: {sentence}"
    for law in wording.register(edition):
        assert plain(law.title) in text and plain(law.note) in text
    for remedy in wording.remedies(edition):
        assert plain(remedy.text) in text and plain(remedy.basis) in text
    assert "演示" not in text


def test_the_contents_name_the_page_on_which_each_power_begins(edition):
    made = make_handbook(FIRST, base_url=SITE, demo=True, large=True)
    document = pypdfium2.PdfDocument(made)
    contents = "".join(document[at].get_textpage().get_text_range() for at in (1, 2))
    for power in catalogue.powers(edition):
        found = re.search(rf"{re.escape(power.name)}\s+(\d+)\s", contents)
        assert found, power.name
        begins = document[int(found[1]) - 1].get_textpage().get_text_range()
        assert f"第{power.number}项" in plain(begins) and "哪些" in begins
    body = Counter(round(size) for size, *_ in letters(made))
    assert body.most_common(1)[0][0] >= 16
    assert "演示" in "".join(sides(made)[:1])


def test_the_same_sheet_is_the_same_file(edition):
    one = make_cards(["dibao"], FIRST, base_url=SITE, demo=False)
    assert one == make_cards(["dibao"], FIRST, base_url=SITE, demo=False)
