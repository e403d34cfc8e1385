"""Pictures re-made from their pixels: nothing of the file around them survives."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from mingbai.evidence.rules import MAX_PIXELS, only_pixels
from mingbai.kernel import Refused

_LONGEST = 2400
_FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class Box:
    """A mask: a rectangle in pixels of the cleaned copy. `page` is 0: a cleaned copy is one picture."""

    page: int
    x: int
    y: int
    w: int
    h: int


def cleaned(content: bytes) -> bytes:
    """A JPEG of the same picture, upright, at most 2,400 pixels long, without any metadata.

    Raises:
        Refused: the picture cannot be opened, moves, or has more than 40 million pixels; the size is checked
            before anything is decoded.
    """
    picture = opened(content)
    picture.thumbnail((_LONGEST, _LONGEST))
    return encoded(picture)


def masked(content: bytes, boxes: Sequence[Box]) -> bytes:
    """A JPEG of a cleaned copy with black rectangles in its pixels.

    Raises:
        Refused: a rectangle has no area, lies beside the picture, or names another page.
    """
    picture = opened(content)
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        inside = box.x < picture.width and box.y < picture.height and box.x + box.w > 0 and box.y + box.h > 0
        if box.page != 0 or box.w <= 0 or box.h <= 0 or not inside:
            raise Refused("遮盖的框画得不对", remedy="请在照片上重新画框")
        draw.rectangle((box.x, box.y, box.x + box.w, box.y + box.h), fill="black")
    return encoded(picture)


def dimensions(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture of our own making, from its header."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        return picture.size


def stacked(pages: Sequence[bytes]) -> bytes:
    """One JPEG of several pages, the next beneath the one before.

    Raises:
        Refused: a page cannot be opened, or all together have more than 40 million pixels.
    """
    pictures = [opened(page) for page in pages]
    width, height = max(one.width for one in pictures), sum(one.height for one in pictures)
    if width * height > MAX_PIXELS:
        raise Refused("这个 PDF 页数太多", remedy="请分成几份再传")
    whole, top = Image.new("RGB", (width, height), "white"), 0
    for one in pictures:
        whole.paste(one, (0, top))
        top += one.height
    return encoded(whole)


def opened(content: bytes) -> Image.Image:
    """A picture in RGB, upright. Raises `Refused` when it cannot be opened, moves, or is larger than 40 million pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
            if picture.width * picture.height <= MAX_PIXELS and getattr(picture, "n_frames", 1) == 1:
                picture.load()
                return _flat(ImageOps.exif_transpose(picture))
    except Exception as error:  # a decoder that is fed hostile bytes may raise anything
        if not isinstance(error, Image.DecompressionBombWarning | Image.DecompressionBombError):
            raise Refused("这张照片打不开", remedy="请重新拍一张") from error
    raise Refused("这张照片太大，或者是动图", remedy="请用手机的普通清晰度重拍")


def _flat(picture: Image.Image) -> Image.Image:
    """The picture in RGB; what was transparent lies on white."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return paper.convert("RGB")


def encoded(picture: Image.Image) -> bytes:
    """A JPEG of the pixels and of nothing else."""
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=82)
    if not only_pixels(out.getvalue()):
        raise RuntimeError("the encoder wrote more than pixels")
    return out.getvalue()
