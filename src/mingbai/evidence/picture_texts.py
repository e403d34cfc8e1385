"""What a picture says beside its pixels (EXIF, comments, XMP), and what is printed in it where a reader is installed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image

from mingbai.evidence.file_texts import Text
from mingbai.evidence.finding import read_words
from mingbai.evidence.pictures import cleaned
from mingbai.evidence.proposing import Word
from mingbai.kernel import Refused

LOOKED = "人脸、签名、手写、印章：机器不认，要人逐处看"
_GPS = 0x8825


def told(content: bytes) -> tuple[tuple[Text, ...], bool]:
    """The texts in the file around the pixels, and whether it says where it was taken.

    Raises:
        Refused: no picture that can be opened.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
            exif = picture.getexif()
            return tuple(_texts(picture, exif)), bool(exif.get_ifd(_GPS))
    except Exception as error:  # a decoder that is fed hostile bytes may raise anything
        raise Refused("这张照片打不开", remedy="请重新拍一张") from error


def _texts(picture: Image.Image, exif: Image.Exif) -> Iterator[Text]:
    for key, value in (*exif.items(), *exif.get_ifd(ExifTags.IFD.Exif).items()):
        if isinstance(value, str | bytes):
            yield Text(f"照片属性 {ExifTags.TAGS.get(key, key)}", _plain(value))
    for key, value in picture.info.items():
        if isinstance(value, str | bytes) and key not in ("exif", "icc_profile"):
            yield Text(f"照片属性 {key}", _plain(value))


def _plain(value: str | bytes) -> str:
    """Bytes of metadata as text: UTF-8 where it is, UTF-16 where every second byte is none."""
    if isinstance(value, str):
        return value
    body = value.removeprefix(b"ASCII\0\0\0").removeprefix(b"UNICODE\0")
    return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-8", "ignore").replace("\0", "")


def printed(content: bytes) -> tuple[tuple[Word, ...], str]:
    """The lines of print in a picture, or none and why no machine read them."""
    try:
        return read_words(cleaned(content)), ""
    except Refused as problem:
        return (), f"照片里的字：{problem.reason}"
