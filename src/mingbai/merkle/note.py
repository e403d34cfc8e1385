"""Signed notes (C2SP signed-note) with Ed25519 keys: their text, signature lines and verifier keys.

A note is text, an empty line and signature lines `— <name> <base64 of key hash and signature>`. Lines of unknown
keys are ignored, so that other algorithms may stand beside ours; lines that are malformed are not.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
MAX_NOTE = 65_536
_MAX_SIGNATURES = 100


class BadNote(ValueError):
    """A note that is malformed, or that no known key signed."""


@dataclass(frozen=True)
class SignatureLine:
    """One line: the key's name, the four bytes of its hash, and what the key's algorithm put after them."""

    name: str
    key_hash: bytes
    signature: bytes


def key_hash(name: str, public: bytes, algorithm: bytes = ED25519) -> bytes:
    """The four bytes by which a signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + algorithm + public).digest()[:4]


def vkey(name: str, public: bytes, algorithm: bytes = ED25519) -> str:
    """A verifier key: `name+hash+base64(algorithm and key)`."""
    encoded = base64.b64encode(algorithm + public).decode()
    return f"{name}+{key_hash(name, public, algorithm).hex()}+{encoded}"


def parse_vkey(text: str, algorithm: bytes = ED25519) -> tuple[str, bytes]:
    """The name and the 32 bytes of a verifier key; one line, with or without its end.

    Raises:
        BadNote: another form, another algorithm, or a hash that does not fit.
    """
    name, _, rest = text.removesuffix("\n").partition("+")
    digest, _, key = rest.partition("+")
    raw = _base64(key)
    if not _is_name(name) or len(raw) != 33 or raw[:1] != algorithm:
        raise BadNote("公钥的写法不对")
    if key_hash(name, raw[1:], algorithm).hex() != digest:
        raise BadNote("公钥和它自己的编号对不上")
    return name, raw[1:]


def sign_note(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note: the text, an empty line, one signature line.

    Raises:
        BadNote: the text is empty, does not end its last line or has a control character; a name with a space.
    """
    _refuse_text(text)
    public = key.public_key().public_bytes_raw()
    return f"{text}\n{signature_line(name, key_hash(name, public), key.sign(text.encode()))}"


def signature_line(name: str, hash_: bytes, signature: bytes) -> str:
    """A signature line with its end.

    Raises:
        BadNote: a name that is empty or has a space or a plus sign.
    """
    if not _is_name(name):
        raise BadNote("名字里不能有空格和加号")
    return f"— {name} {base64.b64encode(hash_ + signature).decode()}\n"


def open_note(note: bytes, name: str, public: bytes) -> str:
    """The text of a note that this key signed, exactly once.

    Raises:
        BadNote: malformed, too large, not signed by the key, or signed by it on two lines.
    """
    text, lines = split_note(note)
    own = [line for line in lines if (line.name, line.key_hash) == (name, key_hash(name, public))]
    if len(own) > 1:
        raise BadNote("同一把公钥签了两行")
    if not own:
        raise BadNote("没有这把公钥的签名")
    verify(public, own[0].signature, text.encode())
    return text


def split_note(note: bytes) -> tuple[str, list[SignatureLine]]:
    """The text of a note and its signature lines, none of them checked.

    Raises:
        BadNote: malformed or too large.
    """
    if len(note) > MAX_NOTE:
        raise BadNote("签名的文件太大")
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise BadNote("签名的文件不是 UTF-8") from error
    _refuse_text(whole)
    text, gap, signatures = whole.rpartition("\n\n")
    lines = signatures.removesuffix("\n").split("\n")
    if not gap or not signatures or len(lines) > _MAX_SIGNATURES:
        raise BadNote("缺少签名，或者签名太多")
    return text + "\n", [_line(line) for line in lines]


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    """Check an Ed25519 signature.

    Raises:
        BadNote: it is not the key's over this message.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise BadNote("签名不对") from error


def _line(line: str) -> SignatureLine:
    name, _, encoded = line.removeprefix("— ").partition(" ")
    raw = _base64(encoded)
    if not line.startswith("— ") or not _is_name(name) or len(raw) < 5:
        raise BadNote("签名行的写法不对")
    return SignatureLine(name, raw[:4], raw[4:])


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(one.isspace() for one in name)


def _refuse_text(text: str) -> None:
    if not text.endswith("\n") or any(ord(one) < 32 and one != "\n" for one in text):
        raise BadNote("有控制字符，或者最后一行没有结束")


def _base64(text: str) -> bytes:
    """Only the one spelling that encoding gives: stray bits behind the padding are refused."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("不是合格的 base64") from error
    if base64.b64encode(raw).decode() != text:
        raise BadNote("不是合格的 base64")
    return raw
