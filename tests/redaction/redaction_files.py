"""Files with personal numbers where a clerk does not look: properties, comments, hidden sheets, tracked changes, EXIF."""

from __future__ import annotations

import io
import zipfile

import typst
from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import Image
from stdnum import luhn
from stdnum.cn import ric

ID = "34031119900101123"
ID += ric.calc_check_digit(ID + "0")
CARD = "622202120801689012"
CARD += luhn.calc_check_digit(CARD)
PHONE = "13800138000"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CORE = "http://purl.org/dc/elements/1.1/"


def word() -> bytes:
    """A Word file: a number over three runs, one deleted but tracked, one in a comment, one in the properties, one linked."""
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (ID[:5], ID[5:12], ID[12:]))
    body = f"<w:p><w:r><w:t>收到 </w:t></w:r>{runs}</w:p><w:p><w:del><w:r><w:delText>{CARD}</w:delText></w:r></w:del></w:p>"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        "word/comments.xml": f'<w:comments xmlns:w="{_WORD}"><w:comment w:author="{PHONE}"><w:p><w:r><w:t>问{PHONE}</w:t></w:r></w:p>'
        "</w:comment></w:comments>",
        "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="r1" Target="tel:{PHONE}"/></Relationships>',
        "docProps/core.xml": f'<core xmlns:dc="{_CORE}"><dc:creator>演示甲</dc:creator><dc:subject>{ID}</dc:subject></core>',
        "word/media/image1.png": picture_of(20, "PNG"),
    }
    return _packed(parts)


def sheet() -> bytes:
    """An Excel file: a phone as a number, a card as text on a hidden sheet, a comment, and sums that are no numbers of anybody."""
    book = Workbook()
    book.active.append(["金额", "电话", 340311104201])
    book.active.append([13812, int(PHONE), "修渠 300 米"])
    book.active["A2"].comment = Comment(f"打给{PHONE}", "演示甲")
    hidden = book.create_sheet("藏")
    hidden.sheet_state = "hidden"
    hidden["C3"] = f"卡号{CARD}"
    book.properties.creator = "演示甲"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shared_sheet() -> bytes:
    """An Excel file as Excel writes it: texts stand apart, a cell names the number of its text."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = '<row r="7"><c r="D7" t="s"><v>1</v></c><c r="E7"><v>1</v></c></row>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{main}"/>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>金额</t></si><si><r><t>138</t></r><r><t>{PHONE[3:]}</t></r></si></sst>',
    }
    return _packed(parts)


def pdf() -> bytes:
    """A PDF with a number in its text and one in its title."""
    return typst.compile(
        f'#set document(title: "T {PHONE}")\n#set page(width: 12cm, height: 8cm)\nNo. {ID} end'.encode()
    )


def picture_of(size: int, kind: str, **more: object) -> bytes:
    """A white picture."""
    out = io.BytesIO()
    Image.new("RGB", (size, size), "white").save(out, kind, **more)
    return out.getvalue()


def photograph() -> bytes:
    """A JPEG whose EXIF names a phone and the place where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = f"call {PHONE}"
    exif.get_ifd(0x8825)[1] = "N"
    return picture_of(60, "JPEG", exif=exif)


def _packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()
