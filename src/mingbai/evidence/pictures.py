"""Pictures re-made from their pixels: nothing of the file around them survives."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from mingbai.evidence.rules import MAX_PIXELS
from mingbai.kernel import Refused

_LONGEST = 2400


@dataclass(frozen=True)
class Box:
    """A mask: page (from 0; a picture has one) and a rectangle in pixels of the cleaned copy."""

    page: int
    x: int
    y: int
    w: int
    h: int


def cleaned(content: bytes) -> bytes:
    """A JPEG of the same picture, upright, at most 2,400 pixels long, without any metadata.

    Raises:
        Refused: the picture cannot be opened or has more than 40 million pixels; checked before decoding.
    """
    return _encoded(_opened(content))


def masked(content: bytes, boxes: Sequence[Box]) -> bytes:
    """A JPEG of a cleaned copy with black rectangles in its pixels.

    Raises:
        Refused: a rectangle has no area or another page is named.
    """
    picture = _opened(content)
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        if box.page != 0 or box.w <= 0 or box.h <= 0:
            raise Refused("遮盖的框画得不对", remedy="请在照片上重新画框")
        draw.rectangle((box.x, box.y, box.x + box.w, box.y + box.h), fill="black")
    return _encoded(picture)


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
            if picture.width * picture.height > MAX_PIXELS or getattr(picture, "n_frames", 1) > 1:
                raise Refused("这张照片太大，或者是动图", remedy="请用手机的普通清晰度重拍")
            picture.load()
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused("这张照片打不开", remedy="请重新拍一张") from error


def _encoded(picture: Image.Image) -> bytes:
    picture.thumbnail((_LONGEST, _LONGEST))
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=82)
    return out.getvalue()
