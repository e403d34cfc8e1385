"""A law changes: what it touches, to the field and the node, and the renumbering carried out letter by letter.

The district is put back to the numbers that 村民委员会组织法 had before 2026: 第30至32条 were openness and supervision, now
第35至37条 (both texts compared), and the articles around them moved as well. Carrying out the amendment must give
today's files again, to the letter.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mingbai.catalogue.queries import catalogue_of, read_district
from mingbai.catalogue.rules import amending as law_changes
from mingbai.catalogue.rules.affected import Standing, affected, affected_powers
from mingbai.catalogue.rules.citing import citings
from mingbai.kernel import BadFile, Refused, canonical_bytes, sha256_hex

pytestmark = pytest.mark.once
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
CITED = re.compile(r"村民委员会组织法(?:\(2025修正\))?[》 ]*(?:[、至]?第[\d至]+条(?:第\d+[款项])*)+")
HEAD = (
    "law: vcol\nauthority: 全国人大常委会关于修改村民委员会组织法的决定\neffective: 2026-01-01\narticles:\n"
)
ALL = "  - {article: 第21至28条, change: renumbered, to: 第25至32条}\n  - {article: 第30至37条, change: renumbered, to: 第35至42条}\n"
THREE = "  - {article: 第30至32条, change: renumbered, to: 第35至37条}\n"


def _before(text: str) -> str:
    """Every article number of the law as it stood before the amendment of 2025."""

    def old(match: re.Match[str]) -> str:
        new = int(match[0])
        return str(new - 4 if 25 <= new <= 32 else new - 5 if 35 <= new <= 42 else new)

    return re.sub(r"(?<=第)\d+(?=[条至])|(?<=至)\d+(?=条)", old, text)


def as_before(text: str) -> str:
    """A file of the district in the old numbers; found by lines, not by the code that is tested here."""
    lines, coded = [], False
    for line in text.splitlines():
        if "law:" in line:
            coded = bool(re.search(r"law: vcol\b(?!-)", line))
        if coded and re.search(r"law: vcol\b|article|^ +- \"?第", line):
            line = _before(line)
        lines.append(CITED.sub(lambda match: _before(match[0]), line))
        coded = coded and not re.match(r" +(point|source|checked):", line)
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def today() -> dict[str, str]:
    return dict(read_district(DISTRICT))


@pytest.fixture(scope="module")
def before(today: dict[str, str]) -> dict[str, str]:
    return {
        name: as_before(text) if name.endswith(".yaml") and name != "laws.yaml" else text
        for name, text in today.items()
    }


def read_folder(files: dict[str, str]):
    return catalogue_of(files, sha256_hex(canonical_bytes(files)))


def change(files: dict[str, str], text: str) -> law_changes.LawChange:
    return law_changes.read_change(text, "change.yaml", read_folder(files).laws)


def cited(files: dict[str, str]):
    return citings(files, read_folder(files).laws)


def test_the_amendment_of_2025_gives_todays_district_to_the_letter(today, before) -> None:
    amendment = change(before, HEAD + ALL)
    law_changes.refuse_collisions(amendment, cited(before))
    after = law_changes.renumbered(before, amendment, cited(before))
    assert len(after) > 20
    assert {**before, **after} == today


def test_openness_and_supervision_move_from_30_31_32(before) -> None:
    assert "article: 第30条第4款" in before["procedures/four-deliberations.yaml"]
    assert "第21至26条" in before["powers/01-village-major-decision.yaml"]
    found = {
        one.citing.where(): one.hits
        for one in law_changes.touched(change(before, HEAD + THREE), cited(before))
        if one.citing.file == "disclosure.yaml"
    }
    assert found["kinds.money.basis.article"][0].text() == "第30条第2款：改了条号，现为第35条第2款"
    assert found["acts.objection.lodged.basis.article"][0].to == "第36条"
    assert found["acts.finding.raised.basis.article"][0].to == "第37条"


def test_a_number_that_is_taken_and_not_said_to_move_is_refused(before) -> None:
    with pytest.raises(Refused, match=r"第30条要改成第35条.*没有写明") as caught:
        law_changes.refuse_collisions(change(before, HEAD + THREE), cited(before))
    assert "powers/" in caught.value.reason
    told = THREE + "  - {article: 第33至37条, change: renumbered, to: 第38至42条}\n"
    law_changes.refuse_collisions(change(before, HEAD + told), cited(before))
    gone = THREE + "  - {article: 第35至37条, change: repealed}\n"
    law_changes.refuse_collisions(change(before, HEAD + gone), cited(before))


def test_an_amendment_is_noted_in_the_register_and_never_carried_out_twice(before) -> None:
    amendment = change(before, HEAD + ALL)
    assert not law_changes.follows_already(amendment, read_folder(before).laws)
    files = {**before, **law_changes.renumbered(before, amendment, cited(before))}
    files["laws.yaml"] = law_changes.noted(files["laws.yaml"], amendment)
    laws = read_folder(files).laws
    assert law_changes.follows_already(amendment, laws)
    assert not law_changes.follows_already(change(files, HEAD.replace("2026", "2027") + THREE), laws)
    assert laws["vcol"].amendments[0].authority == amendment.authority
    assert files["laws.yaml"].count("\n") == before["laws.yaml"].count("\n") + 2
    again = law_changes.noted(files["laws.yaml"], change(files, HEAD.replace("2026", "2027") + THREE))
    twice = read_folder({**files, "laws.yaml": again}).laws["vcol"].amendments
    assert [one.since.year for one in twice] == [2026, 2027]


def test_what_an_amended_paragraph_touches_is_exact(today) -> None:
    amendment = change(today, HEAD + "  - {article: 第35条第4款, change: amended, note: 不少于二十日}\n")
    standing = Standing(today, read_folder(today))
    places = affected(standing, law_changes.touched(amendment, cited(today)))
    by_kind: dict[str, set[str]] = {}
    for one in places:
        assert one.touched.to_review
        assert "不少于二十日" in one.text()
        by_kind.setdefault(one.subject.kind, set()).add(one.subject.id)
    assert by_kind["parameter"] == {"affairs_disclosure_days"}
    assert "four-deliberations" in by_kind["chart"]
    assert by_kind["office"] == {"villager"}, "第35条 as a whole; 第37条 is not touched"
    assert "risk_rule" not in by_kind and "body" not in by_kind
    nodes = {one.subject.part for one in places if one.subject.id == "four-deliberations"}
    assert nodes == {"publish_decision", "#"}, "the step, and the comment at the head of the file"
    powers = {one.id: one for one in affected_powers(standing, places)}
    assert "publicity.0.source" in powers["village-major-decision"].fields
    assert "four-deliberations" in powers["procurement-small-works"].charts
    assert powers["village-fund-approval"].figures == ("affairs_disclosure_days",)
    assert "district_organization" in powers["village-major-decision"].keepers
    assert "land-requisition-pension" in powers and "party-member-recruitment" not in powers


def test_every_touched_place_has_a_keeper(today) -> None:
    whole = change(today, HEAD.replace("articles:\n", "change: amended\n"))
    places = affected(Standing(today, read_folder(today)), law_changes.touched(whole, cited(today)))
    assert len(places) == sum(one.law == "vcol" for one in cited(today))
    assert [one.text() for one in places if not one.subject.keepers] == []


def test_a_law_cited_without_an_article_must_be_looked_at_when_anything_in_it_is_amended(today) -> None:
    head = HEAD.replace("law: vcol", "law: orphan-2010")
    files = {**today, "extra.yaml": "basis: {law: orphan-2010, article: 条号未核对}\n"}
    amended = change(files, head + "  - {article: 第3条, change: amended}\n")
    found = law_changes.touched(amended, cited(files))
    assert [one.hits[0].change for one in found if one.citing.file == "extra.yaml"] == ["unclear"]
    moved = change(files, head + "  - {article: 第3条, change: renumbered, to: 第4条}\n")
    assert not [one for one in law_changes.touched(moved, cited(files)) if one.citing.file == "extra.yaml"]


def test_laws_called_by_name_in_words_and_comments_are_found(today) -> None:
    files = {
        **today,
        "extra.yaml": "# 见《村民委员会组织法(2025修正)》第37条\n"
        "a: 农村集体经济组织法 第26条、第27条；村民委员会组织法(2025修正) 第28条第3款\n"
        'b: "实施办法 第9条"\nc: 某省实施村民委员会组织法(2025修正)办法 第12条\n',
    }
    found = [
        (one.line, one.law, " ".join(place.text() for place in one.places()))
        for one in cited(files)
        if one.file == "extra.yaml"
    ]
    assert found == [(1, "vcol", "第37条"), (2, "rceo", "第26条 第27条"), (2, "vcol", "第28条第3款")]


@pytest.mark.parametrize(
    ("articles", "line", "reason"),
    [
        ("  - {article: 第三部分, change: amended}\n", 5, "看不懂"),
        ("  - {article: 第30条, change: renumbered}\n", 5, "to"),
        ("  - {article: 第30条, change: amended, to: 第31条}\n", 5, "to"),
        ("  - {article: 第30至32条, change: renumbered, to: 第35至36条}\n", 5, "对不上"),
        (THREE + "  - {article: 第30条, change: renumbered, to: 第50条}\n", 6, "写了两遍"),
        (THREE + "  - {article: 第29条, change: renumbered, to: 第36条}\n", 6, "两条都改成了第36条"),
        (THREE + "  - {article: 第31条, change: repealed}\n", 6, "又废止又改条号"),
        (
            "  - {article: 第9条, change: repealed}\n  - {article: 第9条, change: amended}\n",
            6,
            "又修改又废止",
        ),
        ("  - {article: 第9条第2款, change: renumbered, to: 第10条}\n", 5, "同一级"),
        ("  - {article: 第9条, change: renumbered, to: 第9条}\n", 5, "没有改条号"),
        ("  - {article: 第9条, change: moved}\n", 5, "规定的几个词"),
        ("  []\n", 1, "写明改了哪些条"),
    ],
)
def test_a_bad_change_names_line_and_reason(today, articles: str, line: int, reason: str) -> None:
    with pytest.raises(BadFile, match=reason) as caught:
        change(today, HEAD + articles)
    assert (caught.value.file, caught.value.line) == ("change.yaml", line)


def test_an_unknown_law_is_refused(today) -> None:
    with pytest.raises(BadFile, match="没有“nothing”这部法律"):
        change(today, HEAD.replace("vcol", "nothing") + THREE)
