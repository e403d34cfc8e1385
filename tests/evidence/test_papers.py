"""Uploads, honest and hostile; what is sealed, what is cleaned, what is shown (security U1 to U10, R4, T8)."""

from __future__ import annotations

import io
import os
import struct
import warnings
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image, PngImagePlugin

from mingbai.evidence import queries, store
from mingbai.evidence.rules import clean_label, only_pixels
from mingbai.evidence.services import Box, keep_paper, release_paper
from mingbai.kernel import Refused, sha256_hex

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
CANARY = b"CANARY-340311199001011234"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def _shelves(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "papers"


def keep(content: bytes, **other):
    values = {"name": "fp.jpg", "label": "发票", "village": "340311104201", "actor": "p", "at": AT}
    return keep_paper(content=content, **{**values, **other})


def image(kind="JPEG", size=(60, 40), mode="RGB", color="#336699", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **options)
    return out.getvalue()


def photo() -> bytes:
    """As a phone makes it: lying on its side, with place, maker and a comment."""
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("black", (0, 0, 10, 40))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, CANARY.decode(), {1: "N", 2: (32.0, 54.0, 1.0)}
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=CANARY, quality=95)
    return out.getvalue()


def pdf(pages: int = 1, text: bytes = b"BT /F1 24 Tf 72 700 Td (Invoice 12) Tj ET") -> bytes:
    """A PDF with a text layer on every page."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * n) for n in range(pages))
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)]
    for n in range(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources%s/Contents %d 0 R>>"
            % (font, 4 + 2 * n)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(text), text))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(out),
        )
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (image("JPEG"), "image/jpeg"), (image("PNG"), "image/png"), (image("WEBP"), "image/webp"),
        (image("PNG", mode="RGBA", color=(1, 2, 3, 0)), "image/png"), (image("PNG", mode="L", color=3), "image/png"),
        (image("PNG", mode="P", color=3), "image/png"), (image("JPEG", mode="CMYK", color=(0, 0, 0, 0)), "image/jpeg"),
        (image("PNG", mode="1", color=1), "image/png"), (image("PNG", mode="I;16", color=3), "image/png"),
    ],
)  # fmt: skip
def test_pictures_are_sealed_and_cleaned(content, kind):
    kept = keep(content)
    assert (kept.digest, kept.media_type, kept.size) == (sha256_hex(content), kind, len(content))
    assert store.get("sealed", kept.digest) == content
    clean, shown = queries.cleaned_bytes(kept.id)
    assert shown == "image/jpeg" and only_pixels(clean)
    view = queries.paper(kept.id)
    assert (view.label, view.village, view.public_digest) == ("发票", "340311104201", None)


def test_place_maker_and_comment_are_gone_and_the_picture_stands_upright():
    kept = keep(photo())
    clean, _ = queries.cleaned_bytes(kept.id)
    assert CANARY not in clean and b"Exif" not in clean
    picture = Image.open(io.BytesIO(clean))
    assert picture.size == (40, 60) and not picture.getexif()
    assert picture.getpixel((20, 3)) < (60, 60, 60) and picture.getpixel((20, 50)) > (200, 200, 200)


def test_text_in_a_png_is_gone():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", CANARY.decode())
    info.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    clean, _ = queries.cleaned_bytes(keep(image("PNG", pnginfo=info)).id)
    assert CANARY not in clean


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "只收照片"), (b"<html></html>", "只收照片"),
        (b"<?xml version='1.0'?><svg/>", "只收照片"), (b"MZ\x90\0" + b"\0" * 60, "只收照片"),
        (b"\x7fELF" + b"\0" * 60, "只收照片"), (archive(), "只收照片"), (b"alert(1)", "只收照片"),
        (image("GIF"), "只收照片"), (image("BMP"), "只收照片"), (image("TIFF"), "只收照片"), (EICAR, "病毒"),
        (image() + EICAR, "病毒"), (image() + archive(), "夹带"), (image("PNG") + archive(), "夹带"),
        (image() + b"<SCRIPT>alert(1)</SCRIPT>", "夹带"), (image() + b"<?php system('x'); ?>", "夹带"),
        (pdf() + archive(), "夹带"), (b"%PDF-1.4\n<html><script>1</script>\n%%EOF", "夹带"),
        (image("PNG", size=(300, 300))[:60], "打不开"), (image(size=(300, 300))[:400], "打不开"),
        (b"\xff\xd8\xff" + b"\0" * 99, "打不开"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "打不开"),
        (b"RIFF\0\0\0\0WEBPxxxx", "打不开"), (pdf()[:200], "不完整"), (b"\xff\xd8\xff" * 5_000_000, "12 兆"),
    ],
)  # fmt: skip
def test_what_is_not_a_paper_is_refused_with_a_sentence(content, says):
    with pytest.raises(Refused, match=says) as refused:
        keep(content)
    assert refused.value.remedy
    assert not store.place("sealed", sha256_hex(content)).exists()


def huge_png(width: int, height: int) -> bytes:
    """A few hundred bytes that claim to be a wall."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "size", [(6400, 6300), (10_000, 10_000), (50_000, 50_000), (2**31 - 1, 1), (2**31 - 1, 2**31 - 1)]
)
def test_pixel_bombs_are_refused_before_decoding(size, monkeypatch):
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(Refused, match="太大"):
        keep(huge_png(*size))


def test_a_moving_picture_is_refused():
    frames = [Image.new("RGB", (9, 9), (n * 40, 0, 0)) for n in range(3)]
    for kind in ("PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        with pytest.raises(Refused, match="动图"):
            keep(out.getvalue())


def test_a_warning_of_the_decoder_is_an_error(monkeypatch):
    def warn(*args, **kwargs):
        warnings.warn("odd file", UserWarning, stacklevel=1)

    monkeypatch.setattr(Image, "open", warn)
    with pytest.raises(Refused, match="打不开"):
        keep(image())


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a\0.jpg",
        "a\r\nX: y.jpg",
        "\u202egpj.exe",
        "x" * 300,
        "{{7*7}}.jpg",
        "张三 340311199001011233.jpg",
        "",
    ],
)
def test_the_name_decides_nothing_and_is_not_kept(name, tmp_path):
    kept = keep(image(), name=name)
    names = [file.name for file in (tmp_path / "papers").rglob("*") if file.is_file()]
    assert len(names) == 2 and all(len(one) == 64 for one in names)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM evidence_paper WHERE id = %s", [kept.id])
        assert not name or name not in str(cursor.fetchall())


def test_labels_are_neutralised_and_scanned():
    assert clean_label("发\u202e票\0\r\n ") == "发票"
    assert len(queries.paper(keep(image(), label="票" * 500).id).label) == 120
    for label in ("张三 340311199001011233", "１３８００１３８０００", "\u202e\0"):
        with pytest.raises(Refused):
            keep(image(), label=label)


def test_no_public_copy_before_somebody_released_it():
    kept = keep(image())
    clean = store.get("cleaned", sha256_hex(queries.cleaned_bytes(kept.id)[0]))
    for digest in (kept.digest, sha256_hex(clean)):
        assert queries.public_bytes(digest) is None
    with pytest.raises(Refused, match="有人看过"):
        release_paper(paper=kept.id, masks=(), actor="", at=AT)
    with pytest.raises(Refused):
        release_paper(paper="nothing", masks=(), actor="p", at=AT)


def test_masks_are_in_the_pixels_and_nothing_else_survives():
    noisy = Image.effect_noise((400, 300), 90).convert("RGB")
    out = io.BytesIO()
    noisy.save(out, "JPEG", comment=CANARY)
    original = out.getvalue()
    kept = keep(original)
    digest = release_paper(
        paper=kept.id, masks=[Box(0, 100, 80, 150, 60), Box(0, -5, 290, 50, 50)], actor="p", at=AT
    )
    content, media_type = queries.public_bytes(digest)
    assert media_type == "image/jpeg" and sha256_hex(content) == digest and only_pixels(content)
    shown = Image.open(io.BytesIO(content))
    assert max(max(one) for one in shown.crop((104, 84, 246, 136)).get_flattened_data()) < 40
    assert max(max(one) for one in shown.crop((300, 10, 390, 70)).get_flattened_data()) > 200
    assert CANARY not in content
    scan = original[original.index(b"\xff\xda") :]
    assert not any(scan[n : n + 24] in content for n in range(40, len(scan) - 24, 24))
    assert queries.paper(kept.id).public_digest == digest


@pytest.mark.parametrize(
    "box",
    [Box(1, 0, 0, 5, 5), Box(0, 0, 0, 0, 5), Box(0, 0, 0, 5, -1), Box(0, 60, 0, 5, 5), Box(0, -9, 0, 5, 5)],
)
def test_a_wrong_mask_is_refused_rather_than_left_out(box):
    with pytest.raises(Refused, match="框"):
        release_paper(paper=keep(image()).id, masks=[box], actor="p", at=AT)


def test_the_newest_public_copy_counts():
    kept = keep(image())
    first = release_paper(paper=kept.id, masks=(), actor="p", at=AT)
    second = release_paper(paper=kept.id, masks=[Box(0, 0, 0, 20, 20)], actor="p", at=AT)
    assert first != second and queries.paper(kept.id).public_digest == second


def test_pages_of_a_pdf_become_one_picture_without_text():
    pytest.importorskip("pypdfium2")
    kept = keep(pdf(2))
    assert store.get("sealed", kept.digest) == pdf(2)
    clean, media_type = queries.cleaned_bytes(kept.id)
    picture = Image.open(io.BytesIO(clean))
    assert media_type == "image/jpeg" and picture.size == (1240, 2 * 1755)
    assert picture.convert("L").point(lambda v: 255 if v < 90 else 0).getbbox() is not None
    digest = release_paper(paper=kept.id, masks=[Box(0, 100, 100, 900, 300)], actor="p", at=AT)
    content, _ = queries.public_bytes(digest)
    assert only_pixels(content) and b"Invoice" not in content and b"%PDF" not in content


def test_a_pdf_of_many_pages_is_refused():
    pytest.importorskip("pypdfium2")
    with pytest.raises(Refused, match="12 页"):
        keep(pdf(13))


def test_a_pdf_that_cannot_be_drawn_stays_sealed_and_is_never_public():
    content = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    kept = keep(content)
    assert queries.cleaned_bytes(kept.id) == (content, "application/pdf")
    with pytest.raises(Refused, match="拍成照片"):
        release_paper(paper=kept.id, masks=(), actor="p", at=AT)


def test_a_flipped_byte_on_disk_is_noticed_and_never_served():
    kept = keep(image())
    digest = release_paper(paper=kept.id, masks=(), actor="p", at=AT)
    assert queries.altered() == ()
    flip(store.place("public", digest))
    assert queries.public_bytes(digest) is None
    flip(store.place("sealed", kept.digest))
    assert queries.altered() == (kept.id,)
    with pytest.raises(Refused, match="原件"):
        release_paper(paper=kept.id, masks=(), actor="p", at=AT)


def flip(file) -> None:
    content = bytearray(file.read_bytes())
    content[30] ^= 1
    file.chmod(0o640)
    file.write_bytes(content)


@pytest.mark.parametrize("digest", ["", "../x", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n", "/" * 64])
def test_nothing_but_a_digest_becomes_a_path(digest):
    with pytest.raises(ValueError):
        store.place("sealed", digest)


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_a_power_cut_while_writing_leaves_no_paper(name, monkeypatch, tmp_path):
    class PowerCut(BaseException):
        pass

    def cut(*args, **kwargs):
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(os, name, cut)
        with pytest.raises(PowerCut):
            keep(image())
    assert not store.place("sealed", sha256_hex(image())).exists()
    assert store.get("sealed", keep(image()).digest) == image()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_paper SET label = 'x'", "DELETE FROM evidence_paper", "UPDATE evidence_release SET digest = 'x'",
        "DELETE FROM evidence_release",
    ],
)  # fmt: skip
def test_the_database_itself_refuses(statement):
    release_paper(paper=keep(image()).id, masks=(), actor="p", at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
