"""A sheet photographed at an angle, made straight: found by its brightness, or by the corners a person set.

Corners are in pixels of the picture, clockwise from the upper left: upper left, upper right, lower right, lower left.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from mingbai.evidence.pictures import encoded, opened
from mingbai.kernel import Refused

Point = tuple[float, float]
_LOOK = 240
"""Side in pixels of the small picture in which a sheet is looked for."""
_LEAST = 0.2
"""A sheet covers at least this part of the picture, a person's as well as a found one's."""
_CONTRAST = 40
"""How much brighter the sheet is than what it lies on, of 255; below it no sheet is claimed."""


def straightened(content: bytes, corners: Sequence[Point]) -> bytes:
    """A JPEG of the sheet between four corners, as if it had been photographed from above.

    Raises:
        Refused: not four corners of a sheet in the picture, or the picture cannot be opened.
    """
    picture = opened(content)
    _check(corners, picture.size)
    size = _size(corners)
    upper_left, upper_right, lower_right, lower_left = corners
    target = ((0.0, 0.0), (size[0], 0.0), (float(size[0]), float(size[1])), (0.0, size[1]))
    plan = _perspective(target, (upper_left, upper_right, lower_right, lower_left))
    return encoded(picture.transform(size, Image.Transform.PERSPECTIVE, plan, Image.Resampling.BICUBIC))


def _check(corners: Sequence[Point], size: tuple[int, int]) -> None:
    """Four corners, in the picture, turning one way (convex), with enough area between them."""
    inside = all(0 <= x <= size[0] and 0 <= y <= size[1] for x, y in corners)
    turns = [_turn(*(corners[(n + k) % 4] for k in range(3))) for n in range(4)] if len(corners) == 4 else []
    if not inside or not turns or min(turns) <= 0 or _area(corners) < _LEAST * size[0] * size[1]:
        raise Refused("四个角标得不对", remedy="按左上、右上、右下、左下的次序，标在单据的四个角上")


def _turn(before: Point, at: Point, after: Point) -> float:
    return (at[0] - before[0]) * (after[1] - at[1]) - (at[1] - before[1]) * (after[0] - at[0])


def _area(corners: Sequence[Point]) -> float:
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _size(corners: Sequence[Point]) -> tuple[int, int]:
    """The longer of the two facing sides, so that nothing becomes smaller than it was photographed."""
    sides = [
        hypot(b[0] - a[0], b[1] - a[1]) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    return max(1, round(max(sides[0], sides[2]))), max(1, round(max(sides[1], sides[3])))


def _perspective(target: Sequence[Point], source: Sequence[Point]) -> list[float]:
    """The eight numbers of Pillow's perspective: where in the source each point of the target lies."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """Gauss and Jordan with the largest pivot; the corners were checked, so there is a solution."""
    for column in range(8):
        best = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        head = [value / rows[column][column] for value in rows[column]]
        rows[column] = head
        for row in range(8):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [value - factor * top for value, top in zip(rows[row], head, strict=True)]
    return [row[8] for row in rows]


def found_corners(content: bytes) -> tuple[Point, ...] | None:
    """The four corners of a bright sheet on a darker ground; None where none can honestly be claimed.

    A proposal that a person sees and may move. The sheet must stand out: what fills the whole picture, or lies on a
    ground as bright as itself, has no corners to find.
    """
    picture = opened(content)
    small = picture.convert("L")
    small.thumbnail((_LOOK, _LOOK))
    mask = _bright(small.filter(ImageFilter.MedianFilter(5)))
    sheet = _largest(mask) if mask else None
    if sheet is None:
        return None
    scale = picture.width / small.width, picture.height / small.height
    corners = tuple((x * scale[0], y * scale[1]) for x, y in _extremes(sheet))
    try:
        _check(corners, picture.size)
    except Refused:
        return None
    filled = sum(sheet.histogram()[255:]) * scale[0] * scale[1] / _area(corners)
    whole = _area(corners) > 0.97 * picture.width * picture.height
    return None if whole or not 0.9 < filled < 1.1 else corners


def _bright(small: Image.Image) -> Image.Image | None:
    """White where the picture is brighter than the level that parts it best (Otsu, 1979)."""
    counts = small.histogram()
    total, whole = sum(counts), sum(level * count for level, count in enumerate(counts))
    best, level, below, dark = 0.0, 0, 0, 0
    apart = 0.0
    for one, count in enumerate(counts):
        below, dark = below + count, dark + one * count
        if not 0 < below < total:
            continue
        gap = (whole - dark) / (total - below) - dark / below
        if below * (total - below) * gap * gap > best:
            best, level, apart = below * (total - below) * gap * gap, one, gap
    return small.point([255 if one > level else 0 for one in range(256)]) if apart >= _CONTRAST else None


def _largest(mask: Image.Image) -> Image.Image | None:
    """The bright part that lies in the middle, with the dark print inside it filled in."""
    width, height = mask.size
    middle = [
        (x, y) for y in range(height // 3, height * 2 // 3, 4) for x in range(width // 3, width * 2 // 3, 4)
    ]
    seeds = [point for point in middle if mask.getpixel(point) == 255]
    best: Image.Image | None = None
    while seeds:
        ImageDraw.floodfill(mask, seeds[0], 128)
        part = mask.point([255 if one == 128 else 0 for one in range(256)])
        if best is None or part.histogram()[255] > best.histogram()[255]:
            best = part
        mask = mask.point([64 if one == 128 else one for one in range(256)])
        seeds = [point for point in seeds if mask.getpixel(point) == 255]
    return _filled(best) if best is not None else None


def _filled(part: Image.Image) -> Image.Image:
    """Holes closed: what the ground outside cannot reach belongs to the sheet."""
    framed = Image.new("L", (part.width + 2, part.height + 2))
    framed.paste(part, (1, 1))
    ImageDraw.floodfill(framed, (0, 0), 128)
    outside = framed.point([255 if one == 128 else 0 for one in range(256)])
    return ImageChops.invert(outside).crop((1, 1, part.width + 1, part.height + 1))


def _extremes(sheet: Image.Image) -> tuple[Point, Point, Point, Point]:
    """The points that lie furthest towards the four corners of the picture."""
    width, height = sheet.size
    pixels = sheet.tobytes()
    points = [(n % width, n // width) for n in range(width * height) if pixels[n]]
    upper_left = min(points, key=lambda p: p[0] + p[1])
    upper_right = max(points, key=lambda p: p[0] - p[1])
    lower_right = max(points, key=lambda p: p[0] + p[1])
    lower_left = min(points, key=lambda p: p[0] - p[1])
    return (
        upper_left,
        (upper_right[0] + 1, upper_right[1]),
        (lower_right[0] + 1, lower_right[1] + 1),
        (lower_left[0], lower_left[1] + 1),
    )
