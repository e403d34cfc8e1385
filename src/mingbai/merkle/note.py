"""Signed notes (C2SP signed-note) with Ed25519 signatures (type 0x01). Unknown signature lines are ignored."""

from __future__ import annotations

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_MAX_NOTE = 1_000_000
_MAX_SIGNATURES = 100


class BadNote(ValueError):
    """A note that is malformed, or that no known key signed."""


def key_hash(name: str, public: bytes) -> bytes:
    """The four bytes by which a signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def vkey(name: str, public: bytes) -> str:
    """A verifier key: `name+hash+base64(type and key)`."""
    return f"{name}+{key_hash(name, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def parse_vkey(text: str) -> tuple[str, bytes]:
    """The name and the 32 bytes of an Ed25519 verifier key.

    Raises:
        BadNote: another form, another algorithm, or a hash that does not fit.
    """
    name, _, rest = text.strip().partition("+")
    digest, _, key = rest.partition("+")
    raw = _base64(key)
    if not name or len(raw) != 33 or raw[:1] != _ED25519 or key_hash(name, raw[1:]).hex() != digest:
        raise BadNote("公钥的写法不对")
    return name, raw[1:]


def sign_note(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note: the text, an empty line, one signature line.

    Raises:
        BadNote: the text is empty, does not end its last line or has a control character.
    """
    _refuse_text(text)
    public = key.public_key().public_bytes_raw()
    signature = base64.b64encode(key_hash(name, public) + key.sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def open_note(note: bytes, name: str, public: bytes) -> str:
    """The text of a note that this key signed.

    Raises:
        BadNote: malformed, too large, or not signed by the key.
    """
    text, lines = _split(note)
    for line in lines:
        who, _, encoded = line.removeprefix("— ").partition(" ")
        signature = _base64(encoded)
        if not line.startswith("— ") or len(signature) < 5:
            raise BadNote("签名行的写法不对")
        if who == name and signature[:4] == key_hash(name, public):
            _verify(public, signature[4:], text.encode())
            return text
    raise BadNote("没有这把公钥的签名")


def _split(note: bytes) -> tuple[str, list[str]]:
    if len(note) > _MAX_NOTE:
        raise BadNote("太大")
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise BadNote("不是 UTF-8") from error
    _refuse_text(whole)
    text, gap, signatures = whole.rpartition("\n\n")
    lines = signatures.removesuffix("\n").split("\n")
    if not gap or not signatures or len(lines) > _MAX_SIGNATURES:
        raise BadNote("缺少签名")
    return text + "\n", lines


def _refuse_text(text: str) -> None:
    if not text.endswith("\n") or any(ord(one) < 32 and one != "\n" for one in text):
        raise BadNote("有控制字符，或者最后一行没有结束")


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("不是合格的 base64") from error


def _verify(public: bytes, signature: bytes, text: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError) as error:
        raise BadNote("签名不对") from error
