"""The log's Ed25519 key: made once, in a file that only the owner can read."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from mingbai.kernel import Refused
from mingbai.translog.files import sync_folder


def place(data_dir: Path | None = None) -> Path:
    """Where the key lies: `<data>/keys/log.key`."""
    return Path(data_dir or settings.MINGBAI_DATA) / "keys" / "log.key"


def make(file: Path) -> None:
    """Make a new key, unless there is one. It is in place, whole, or not there at all."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(beside, file)  # never over a key that somebody else made meanwhile
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    sync_folder(file.parent)


def load() -> Ed25519PrivateKey:
    """The key.

    Raises:
        Refused: there is none, or it cannot be read: without it nothing may be signed, and no other will do.
    """
    remedy = "请系统管理员从备份里找回 keys/log.key"
    try:
        key = load_pem_private_key(place().read_bytes(), None)
    except (OSError, ValueError) as error:
        raise Refused("公示日志的签名钥匙不见了或坏了", remedy=remedy) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("公示日志的签名钥匙不是 Ed25519 的", remedy=remedy)
    return key
