"""A sheet photographed at an angle: its corners found where they can be, its plane straightened, its seal untouched."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime
from functools import cache

import pytest
from django.db import DatabaseError, transaction
from PIL import Image, ImageDraw, ImageFilter

from mingbai.evidence import queries, store
from mingbai.evidence.models import Straightened
from mingbai.evidence.services import Box, keep_paper, release_paper, straighten_paper
from mingbai.evidence.straightening import found_corners, straightened
from mingbai.kernel import Refused

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
SHEET = (600, 840)
GROUNDS = ((60, 45, 35), (40, 60, 45), (70, 70, 75), (30, 30, 60))


@pytest.fixture(autouse=True)
def _shelves(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "papers"


def receipt() -> Image.Image:
    """A receipt with lines of print, a dark block in its upper left and a red seal."""
    sheet = Image.new("RGB", SHEET, (244, 242, 236))
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((60, 60, 160, 160), fill=(20, 20, 20))
    for top in range(220, 780, 40):
        draw.line((60, top, 540, top), fill=(60, 60, 60), width=6)
    draw.ellipse((380, 640, 520, 780), outline=(200, 30, 30), width=8)
    return sheet


@cache
def photograph(seed: int) -> tuple[bytes, tuple[tuple[float, float], ...]]:
    """The receipt on a darker table, at an angle, with noise and a shadow; and where its corners truly are."""
    chance = random.Random(seed)
    size = (1200, 1600)
    nudge = lambda x, y: (x + chance.uniform(-90, 90), y + chance.uniform(-90, 90))  # noqa: E731
    corners = (nudge(200, 220), nudge(1000, 220), nudge(1000, 1380), nudge(200, 1380))
    whole = ((0.0, 0.0), (float(SHEET[0]), 0.0), (float(SHEET[0]), float(SHEET[1])), (0.0, float(SHEET[1])))
    from mingbai.evidence.straightening import _perspective

    laid = receipt().transform(
        size, Image.Transform.PERSPECTIVE, _perspective(corners, whole), Image.Resampling.BICUBIC
    )
    shape = Image.new("L", size)
    ImageDraw.Draw(shape).polygon(corners, fill=255)
    picture = Image.composite(laid, Image.new("RGB", size, chance.choice(GROUNDS)), shape)
    shadow = Image.linear_gradient("L").resize(size).point([255 - one // 5 for one in range(256)])
    picture = Image.composite(picture, Image.new("RGB", size), shadow)
    noise = Image.effect_noise(size, 30).convert("RGB")
    picture = Image.blend(picture, noise, 0.06).filter(ImageFilter.GaussianBlur(1))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue(), corners


@pytest.mark.once
@pytest.mark.parametrize("seed", range(12))
def test_a_sheet_on_a_darker_table_is_found(seed):
    content, corners = photograph(seed)
    found = found_corners(content)
    assert found is not None
    away = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in zip(found, corners, strict=True)]
    assert max(away) < 24, away  # pixels of 1,600


@pytest.mark.once
@pytest.mark.parametrize("color", [(250, 250, 250), (20, 20, 20), (128, 128, 128)])
def test_where_no_sheet_stands_out_none_is_claimed(color):
    out = io.BytesIO()
    Image.blend(
        Image.new("RGB", (800, 600), color), Image.effect_noise((800, 600), 60).convert("RGB"), 0.1
    ).save(out, "JPEG")
    assert found_corners(out.getvalue()) is None


@pytest.mark.once
def test_between_its_corners_a_sheet_is_as_if_seen_from_above():
    content, corners = photograph(3)
    picture = Image.open(io.BytesIO(straightened(content, corners)))
    across, down = picture.width / SHEET[0], picture.height / SHEET[1]
    pixel = lambda x, y: picture.convert("L").getpixel((int(x * across), int(y * down)))  # noqa: E731
    assert pixel(110, 110) < 90 and pixel(30, 30) > 130 and pixel(200, 110) > 130 and pixel(300, 820) > 130
    assert pixel(110, 55) > 130 and pixel(110, 65) < 110 and pixel(165, 110) > 130 and pixel(155, 110) < 110


@pytest.mark.once
@pytest.mark.parametrize(
    "corners",
    [
        (), ((0, 0),) * 4, ((0, 0), (1200, 0), (0, 1600), (1200, 1600)), ((0, 0), (0, 1600), (1200, 1600), (1200, 0)),
        ((0, 0), (1300, 0), (1200, 1600), (0, 1600)), ((0, 0), (90, 0), (90, 90), (0, 90)),
        ((0, 0), (1200, 0), (1200, 1600), (float("nan"), 1600)),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused(corners):
    with pytest.raises(Refused, match="四个角"):
        straightened(photograph(3)[0], corners)


@pytest.mark.django_db
def test_the_straight_copy_is_shown_and_masked_and_the_seal_stays():
    content, corners = photograph(3)
    kept = keep_paper(content=content, name="f", label="收据", village="340311104201", actor="p", at=AT)
    before = queries.cleaned_bytes(kept.id)[0]
    straighten_paper(paper=kept.id, corners=corners, actor="p", at=AT)
    shown = queries.cleaned_bytes(kept.id)[0]
    assert shown != before and store.get("sealed", kept.digest) == content
    assert queries.photographed(kept.id)[0] == before
    width, height = queries.size(kept.id)
    digest = release_paper(paper=kept.id, masks=[Box(0, 0, 0, width, height // 2)], actor="p", at=AT)
    public = Image.open(io.BytesIO(queries.public_bytes(digest)[0]))
    assert public.size == (width, height) and public.convert("L").getpixel((width // 2, 10)) < 10
    straighten_paper(paper=kept.id, corners=(), actor="p", at=AT)
    assert queries.cleaned_bytes(kept.id)[0] == before
    with pytest.raises(DatabaseError), transaction.atomic():
        Straightened.objects.all().delete()
    with pytest.raises(Refused):
        straighten_paper(paper="0" * 32, corners=corners, actor="p", at=AT)
