"""The door, without a database: kinds decide, texts are scanned, the default is no."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingbai.disclosure.rules.documents import digest_of, freeze, seal, thaw
from mingbai.disclosure.rules.profiles import Profiles, load_profiles
from mingbai.disclosure.rules.redaction import WITHHELD, clean_data, show_field
from mingbai.journal.events import TypedField
from mingbai.kernel import BadFile, FieldKind

FILE = Path(__file__).parents[2] / "districts" / "huaishang" / "disclosure.yaml"
ID_CARD = "11010519491231002X"
SHOWN = {"money", "firm", "text", "date", "integer", "choice", "office"}


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return load_profiles(FILE.read_text("utf-8"))


def test_the_district_file_has_a_rule_for_every_kind(profiles: Profiles) -> None:
    assert {kind.value for kind in profiles.kinds} == {kind.value for kind in FieldKind}
    assert {kind.value for kind, rule in profiles.kinds.items() if rule.show} == SHOWN


@pytest.mark.parametrize("kind", [kind.value for kind in FieldKind] + ["diagnosis", "", "Money"])
def test_a_kind_shows_only_when_law_and_act_and_kernel_let_it(profiles: Profiles, kind: str) -> None:
    act = profiles.act("case.step_completed")
    shown = show_field(TypedField("f", "栏目", kind, "某个值"), act, profiles)
    assert shown.value == ("某个值" if kind in SHOWN else None)
    assert bool(shown.masked_rule) == (kind not in SHOWN)


def test_a_withheld_field_names_its_rule_and_article(profiles: Profiles) -> None:
    act = profiles.act("case.step_completed")
    shown = show_field(TypedField("f", "申请人", "person", "张三"), act, profiles, {"pipl": "个人信息保护法"})
    assert shown.value is None
    assert shown.masked_rule == "个人姓名不公开（个人信息保护法第25条）"


def test_an_act_shows_less_than_the_kinds_allow(profiles: Profiles) -> None:
    act = profiles.act("objection.lodged")
    shown = show_field(TypedField("text", "异议内容", "text", "报价不对"), act, profiles)
    assert shown.value is None
    assert "异议原文不自动公开" in (shown.masked_rule or "")


@pytest.mark.parametrize("kind", ["text", "firm", "choice", "office", "date", "integer"])
@pytest.mark.parametrize(
    "number", [ID_CARD, "１１０１０５１９４９１２３１００２Ｘ", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X"]
)
def test_every_shown_kind_is_scanned_again(profiles: Profiles, kind: str, number: str) -> None:
    act = profiles.act("case.step_completed")
    shown = show_field(TypedField("f", "备注", kind, f"经办{number}"), act, profiles)
    assert shown.value is None
    assert "遮住了：" in (shown.masked_rule or "") and "第2" in (shown.masked_rule or "")


def test_a_label_is_text_too(profiles: Profiles) -> None:
    act = profiles.act("case.step_completed")
    shown = show_field(TypedField("f", f"付给{ID_CARD}", "money", "100.00"), act, profiles)
    assert shown.label == WITHHELD


def test_data_leaves_by_name_only_and_scanned_at_any_depth(profiles: Profiles) -> None:
    act = profiles.act("case.step_completed")
    data = {
        "case": "05-1",
        "secret": "x",
        "papers": [{"label": "发票"}],
        "next": [{"title": f"找{ID_CARD}", "lane": "村委会", ID_CARD: 1}],
        "title": "修路",
        "here": [{"a": [{"b": [{"c": [{"d": 1}]}]}]}],
        "ended": 1.5,
    }
    cleaned = clean_data(data, act)
    assert "secret" not in cleaned.data
    assert "papers" not in cleaned.data
    assert cleaned.data["next"] == [{"title": None, "lane": "村委会"}]
    assert ID_CARD not in str(cleaned.data)
    assert cleaned.data["ended"] is None
    assert cleaned.withheld == 3


def test_an_unknown_act_has_no_profile(profiles: Profiles) -> None:
    assert profiles.act("organisations.mandate_given") is None
    assert profiles.act("case.opened ") is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("show: true", "show: perhaps"), "show"),
        (("actor: shown", "actor: everybody"), "actor"),
        (("  money:\n", "  cash:\n"), "cash"),
        (("    papers: true", "    papers: true\n    colour: red"), "colour"),
        (("fields: [money,", "fields: [soul,"), "fields"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(change: tuple[str, str], reason: str) -> None:
    text = FILE.read_text("utf-8").replace(*change, 1)
    with pytest.raises(BadFile) as bad:
        load_profiles(text)
    assert reason in str(bad.value)
    assert bad.value.line > 1


def test_the_digest_is_salted_and_the_bytes_are_canonical() -> None:
    body = freeze({"b": 1, "a": "明白"})
    assert body == '{"a":"明白","b":1,"format":"mingbai/publication/1"}'.encode()
    assert digest_of(b"1" * 32, body) != digest_of(b"2" * 32, body)
    assert thaw(body)["a"] == "明白"
    assert seal(b"1", "ab" * 32) != "ab" * 32
    assert seal(b"1", "") == ""
