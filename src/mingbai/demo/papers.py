"""Pictures of papers: a sheet with its title, its lines and 演示 across it, as a phone would photograph it."""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 620, 877


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    file = importlib.resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"
    return ImageFont.truetype(str(file), size)


def picture(title: str, lines: Sequence[str]) -> bytes:
    """A JPEG of a paper with `title` and `lines`, marked 演示."""
    sheet = Image.new("RGB", (_WIDTH, _HEIGHT), "#fbfaf4")
    draw = ImageDraw.Draw(sheet)
    draw.text((_WIDTH // 2, 90), title, fill="#222222", font=_font(34), anchor="mm")
    for row, line in enumerate(lines):
        draw.text((70, 170 + row * 48), line, fill="#333333", font=_font(22))
        draw.line((70, 204 + row * 48, _WIDTH - 70, 204 + row * 48), fill="#c8c4b4")
    draw.text((_WIDTH // 2, _HEIGHT - 120), "演示，不是真实单据", fill="#b39b5a", font=_font(40), anchor="mm")
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=70)
    return out.getvalue()
