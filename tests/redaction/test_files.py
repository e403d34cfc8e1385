"""Files before they are published: nothing in them is overlooked because a program does not show it (security R2, R4)."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image

from mingbai.evidence.masked_files import masked_copy
from mingbai.evidence.redacting import inspect
from mingbai.evidence.rules import only_pixels
from mingbai.kernel import Refused

sys.path.insert(0, str(Path(__file__).parent))
import redaction_files as files

pytestmark = pytest.mark.once
NUMBERS = (files.ID, files.CARD, files.PHONE)


def _found(content: bytes, name: str = "") -> set[tuple[str, str]]:
    return {(one.field, str(one.kind)) for one in inspect(content, name).places}


def _everything(packed: bytes) -> str:
    """All that is in a package, unpacked."""
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        return "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def test_word_is_read_to_its_deleted_text_comments_links_and_properties() -> None:
    found = _found(files.word(), f"转{files.PHONE}.docx")
    assert {("文件名", "phone"), ("正文第 1 段", "id_number"), ("正文第 2 段", "bank_account")} <= found
    assert {place for place, kind in found if kind == "phone"} > {
        "批注第 1 段",
        "word/_rels/document.xml.rels第 1 段",
    }
    assert ("文档属性第 2 段", "id_number") in found
    assert any("image1.png" in one for one in inspect(files.word()).unseen)


def test_the_masked_word_file_has_none_of_it_and_its_pictures_are_covered() -> None:
    copy = masked_copy(files.word())
    whole = _everything(copy)
    assert not any(number in whole for number in (*NUMBERS, files.ID[5:12], "演示甲")) and "收到 " in whole
    with zipfile.ZipFile(io.BytesIO(copy)) as parts:
        assert Image.open(io.BytesIO(parts.read("word/media/image1.png"))).getpixel((9, 9)) == (128, 128, 128)


def test_a_sheet_is_read_to_its_hidden_sheets_comments_and_numbers() -> None:
    found = _found(files.sheet())
    assert {("第 1 张表 B2", "phone"), ("第 2 张表 C3", "bank_account")} <= found
    assert any("comment" in place for place, kind in found if kind == "phone")
    assert len(inspect(files.sheet()).places) == 3
    assert _found(files.shared_sheet()) == {("第 1 张表 D7", "phone")}


def test_the_masked_sheet_opens_and_keeps_its_sums() -> None:
    copy = masked_copy(files.sheet())
    assert not any(number in _everything(copy) for number in (*NUMBERS, "演示甲"))
    book = load_workbook(io.BytesIO(copy))
    assert (book.worksheets[0]["A2"].value, book.worksheets[0]["B2"].value) == (13812, "█" * 11)
    assert book.worksheets[1]["C3"].value == "卡号" + "█" * 19


def test_a_pdf_is_read_to_its_title_and_the_copy_is_made_of_pixels() -> None:
    assert _found(files.pdf()) == {("第 1 页", "id_number"), ("文档属性 Title", "phone")}
    copy = masked_copy(files.pdf())
    document = pypdfium2.PdfDocument(copy)
    assert document[0].get_textpage().get_text_bounded() == "" and not document.get_metadata_dict().get(
        "Title"
    )
    before, after = (_black(content) for content in (files.pdf(), copy))
    assert after > 5 * before  # a bar stands where the number stood


def _black(pdf: bytes) -> int:
    """How many of the dark pixels a page has."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
    return sum(picture.histogram()[:40])


def test_a_photograph_tells_what_no_machine_saw_and_its_copy_is_only_pixels() -> None:
    report = inspect(files.photograph())
    assert {(one.field, str(one.kind)) for one in report.places} == {
        ("照片属性 ImageDescription", "phone"), ("照片属性 GPS", "address"),
    }  # fmt: skip
    assert any("人脸" in one for one in report.unseen)
    assert only_pixels(masked_copy(files.photograph()))
    assert inspect(files.picture_of(20, "PNG")).as_dict()["release"] == "person"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04 nothing", b"%PDF-1.4 nothing", b"\x89PNG\r\n\x1a\n nothing",
        files._packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        files._packed({"word/document.xml": "<a/>", "x.bin": "0" * (65 << 20)}),
    ],
    ids=["empty", "no package", "no pdf", "no picture", "entities", "bomb"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        inspect(content)


def test_a_file_with_foreign_parts_is_not_masked_by_a_machine() -> None:
    with pytest.raises(Refused, match="夹带"):
        masked_copy(files._packed({"word/document.xml": "<a>x</a>", "word/embeddings/one.bin": b"x"}))
