"""Citations, refusals, canonical bytes, kinds and their masks."""

from __future__ import annotations

import pickle

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mingbai.kernel import (
    BadFile,
    Citation,
    Confidence,
    FieldKind,
    Refused,
    canonical_bytes,
    mask,
    sha256_hex,
)


def test_a_citation_in_words_and_in_records() -> None:
    citation = Citation("vcol", "第28条第2款")
    assert citation.text() == "vcol第28条第2款"
    assert citation.text({"vcol": "村民委员会组织法"}) == "村民委员会组织法第28条第2款"
    assert Citation.from_dict(citation.as_dict()) == citation
    assert Citation("x", "第1条", Confidence.assumed).text().endswith("（待确认）")


def test_a_refusal_is_a_sentence_and_survives_a_process_border() -> None:
    refused = Refused("还没有决议", Citation("vcol", "第24条"), "请先开会")
    assert str(refused) == "还没有决议（vcol第24条）。请先开会"
    again = pickle.loads(pickle.dumps(refused))
    assert (again.reason, again.basis, again.remedy) == (refused.reason, refused.basis, refused.remedy)
    assert str(Refused("不行")) == "不行"
    assert str(BadFile("a.yaml", 3, "缺少这一项")) == "a.yaml:3: 缺少这一项"


def test_canonical_bytes_have_one_spelling() -> None:
    assert canonical_bytes({"b": 1, "a": "修渠"}) == '{"a":"修渠","b":1}'.encode()
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical_bytes({"a": float("nan")})
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical_bytes({"a": 2**60})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert canonical_bytes(value) == canonical_bytes(dict(reversed(value.items())))


@pytest.mark.parametrize(
    "kind", ["person", "id_number", "bank_account", "phone", "address", "household", "minor"]
)
def test_personal_kinds_are_absent_under_a_rule(kind: str) -> None:
    masked = mask(kind, "张三")
    assert masked.shown is None and masked.rule and masked.basis and masked.basis.law == "pipl"


@pytest.mark.parametrize("kind", ["", "unknown", "Person", "text ", "money2"])
def test_an_unknown_kind_is_absent(kind: str) -> None:
    masked = mask(kind, "1,250.50")
    assert masked.shown is None and masked.rule and masked.basis


@pytest.mark.parametrize("kind", ["firm", "text", "choice", "office"])
def test_words_are_shown_unless_a_personal_number_stands_in_them(kind: str) -> None:
    assert mask(kind, "蚌埠水利工程有限公司").shown == "蚌埠水利工程有限公司"
    masked = mask(kind, "找王会计 138 0000 1234")
    assert masked.shown is None and masked.rule and masked.basis


@pytest.mark.parametrize(
    ("kind", "value"), [("money", "13,800,001,234.00"), ("integer", "13800001234"), ("date", "2026-08-10")]
)
def test_sums_dates_and_counts_are_shown_as_they_are(kind: str, value: str) -> None:
    assert mask(kind, value).shown == value


def test_every_kind_has_its_answer() -> None:
    shown = {kind for kind in FieldKind if mask(kind, "甲").shown is not None}
    assert shown == {"firm", "money", "text", "date", "integer", "choice", "office"}


@given(
    st.sampled_from(["person", "id_number", "bank_account", "phone", "address", "household", "minor", "?"]),
    st.text(),
)
def test_nothing_of_a_masked_value_is_ever_in_the_answer(kind: str, value: str) -> None:
    assert mask(kind, value).shown is None
