"""Masked copies of files: what was found is covered in the text itself, or the page is made again from its pixels."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from PIL import Image

from mingbai.evidence.file_texts import plain_text
from mingbai.evidence.office_files import OfficeFile
from mingbai.evidence.pages import drawn_pages
from mingbai.evidence.pdf_texts import pdf_said
from mingbai.evidence.picture_texts import printed
from mingbai.evidence.pictures import Box, cleaned, dimensions, masked, opened
from mingbai.evidence.proposing import proposals
from mingbai.evidence.recognising import hidden, recognise
from mingbai.evidence.redacting import inspect, kind_of
from mingbai.kernel import Refused

_MARGIN = 3  # pixels around a character that is covered


def masked_copy(content: bytes) -> bytes:
    """The file with everything personal covered that a machine found, and without what it says of itself.

    Text, Word and Excel stay what they are, every picture in them is covered whole; a PDF becomes pictures of its
    pages, a photograph a JPEG. The copy is looked at again before it is given out.

    Raises:
        Refused: the format cannot be masked here (then a person masks a photograph of it), or something is left.
    """
    copy = {"text": _text, "office": _office, "pdf": _pdf, "image": _image}[kind_of(content)](content)
    if inspect(copy).places:
        raise Refused("遮过一遍，里面还有没遮住的", remedy="打印出来拍成照片，在照片上遮")
    return copy


def _text(content: bytes) -> bytes:
    text = plain_text(content)
    return hidden(text, recognise(text)).encode()


def _office(content: bytes) -> bytes:
    file = OfficeFile(content)
    if file.foreign:
        raise Refused("这个文件里夹带了别的文件或者程序，遮不了", remedy="把内容粘贴到一个新文件里再遮")
    for block in file.blocks():
        block.put(hidden(block.text, recognise(block.text)))
    return file.packed({name: _covered(file.part(name), name) for name in file.pictures})


def _covered(picture: bytes, name: str) -> bytes:
    """A grey picture of the same size: what nobody looked at is not shown."""
    out = io.BytesIO()
    Image.new("RGB", opened(picture).size, "grey").save(
        out, "PNG" if name.lower().endswith(".png") else "JPEG"
    )
    return out.getvalue()


def _image(content: bytes) -> bytes:
    copy = cleaned(content)
    lines, _unread = printed(content)
    found = proposals(lines, dimensions(copy))
    return masked(copy, [Box(0, one.x, one.y, one.w, one.h) for one in found])


def _pdf(content: bytes) -> bytes:
    pages = drawn_pages(content)
    said = pdf_said(content)["pages"]
    if not pages or len(pages) != len(said):
        raise Refused("这个 PDF 的页面画不出来", remedy="打印出来拍成照片，在照片上遮")
    first, *others = [
        opened(masked(page, tuple(_boxes(one, dimensions(page)))))
        for page, one in zip(pages, said, strict=True)
    ]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=150, producer="")
    return out.getvalue()


def _boxes(page: dict[str, Sequence[float]], size: tuple[int, int]) -> Iterator[Box]:
    """The rectangles of the characters that are covered, in pixels from the upper left."""
    across, down = size[0] / page["size"][0], size[1] / page["size"][1]
    for one in recognise(str(page["text"])):
        for left, bottom, right, top in page["boxes"][one.start : one.end]:  # type: ignore[attr-defined, misc]
            x, y = round(left * across) - _MARGIN, round(size[1] - top * down) - _MARGIN
            w, h = round((right - left) * across) + 2 * _MARGIN, round((top - bottom) * down) + 2 * _MARGIN
            if x < size[0] and y < size[1] and x + w > 0 and y + h > 0:
                yield Box(0, x, y, w, h)
