"""The English catalogue is whole: every sentence has its translation, with the same placeholders, and it is compiled."""

from __future__ import annotations

import re

import polib
import pytest
from django.test import Client
from update import FILE
from wording import messages

PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{[a-z_]+\}")
CATALOGUE = polib.pofile(str(FILE))


def _said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.once
def test_every_message_is_translated_and_no_other_stands_there() -> None:
    held = {(one.msgid, one.msgid_plural) if one.msgid_plural else (one.msgid,) for one in CATALOGUE}
    assert held == set(messages())
    assert [one.msgid for one in CATALOGUE if not all(_said(one))] == []


@pytest.mark.once
def test_translations_keep_every_placeholder_and_leave_no_chinese() -> None:
    for one in CATALOGUE:
        for text in _said(one):
            assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(one.msgid)), one.msgid
            assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"\([^)]*\)|“[^”]*”", "", text)), one.msgid


@pytest.mark.once
def test_the_compiled_file_says_the_same() -> None:
    compiled = {one.msgid: _said(one) for one in polib.mofile(str(FILE.with_suffix(".mo")))}
    assert compiled == {one.msgid: _said(one) for one in CATALOGUE}


@pytest.mark.django_db
def test_a_reader_who_asks_gets_english_and_a_phone_set_to_english_does_not(world) -> None:
    chinese = Client(headers={"accept-language": "en"}).get("/verify/")
    assert chinese.headers["Content-Language"] == "zh-hans" and "验一验" in chinese.content.decode()
    reader = Client()
    assert reader.post("/language/", {"language": "en", "next": "/verify/"}).status_code == 302
    english = reader.get("/verify/").content.decode()
    assert '<html lang="en"' in english and "Verify" in english
