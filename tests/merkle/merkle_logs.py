"""A small log writer for tests, apart from the one under `translog`, so that both are read by the same verifier."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mingbai.merkle import (
    Checkpoint,
    bundle_entries,
    bundle_path,
    leaf_hash,
    node_hash,
    root_of,
    sign_note,
    tile_path,
    vkey,
    write_checkpoint,
)

NAME = "log.example.cn/huaishang"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
SALT = bytes(range(32))


def body_of(id: str) -> bytes:
    return json.dumps({"id": id, "title": "修渠"}, ensure_ascii=False).encode()


def statement(village: str, number: int, **other: Any) -> bytes:
    id = f"{village}-{number}"
    digest = hashlib.sha256(SALT + body_of(id)).hexdigest()
    base = {"kind": "case.opened", "id": id, "village": village, "number": number, "digest": digest}
    return json.dumps({**base, "supersedes": None, "files": [], **other}, sort_keys=True).encode()


def statements(count: int, village: str = "340311104201") -> list[bytes]:
    return [statement(village, number) for number in range(1, count + 1)]


def checkpoint(entries: Sequence[bytes], key: Ed25519PrivateKey = KEY, name: str = NAME) -> str:
    root = root_of([leaf_hash(entry) for entry in entries])
    return sign_note(write_checkpoint(Checkpoint(name, len(entries), root)), name, key)


def write(folder: Path, entries: Sequence[bytes], key: Ed25519PrivateKey = KEY) -> Path:
    """Every file of a log, as C2SP tlog-tiles names it."""
    for index in range(0, len(entries), 256):
        part = entries[index : index + 256]
        put(folder, bundle_path(index // 256, len(part)), bundle_entries(part))
    level, hashes = 0, [leaf_hash(entry) for entry in entries]
    while hashes:
        for index in range(0, len(hashes), 256):
            part = hashes[index : index + 256]
            put(folder, tile_path(level, index // 256, len(part)), b"".join(part))
        hashes = [folded(hashes[i : i + 256]) for i in range(0, len(hashes) - 255, 256)]
        level += 1
    put(folder, "checkpoint", checkpoint(entries, key).encode())
    put(folder, "vkey", vkey(NAME, key.public_key().public_bytes_raw()).encode() + b"\n")
    return folder


def folded(hashes: Sequence[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def put(folder: Path, path: str, content: bytes) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def publish(folder: Path, village: str, number: int, at: int, **other: Any) -> None:
    id = f"{village}-{number}"
    given = {
        "id": id,
        "salt": SALT.hex(),
        "body": base64.b64encode(body_of(id)).decode(),
        "index": at,
        **other,
    }
    put(folder, f"publications/{id}.json", json.dumps(given).encode())


def subtree(leaves: Sequence[bytes]) -> bytes:
    """The root by RFC 6962's own recursive definition, written apart from the code under test."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + subtree(leaves[:split]) + subtree(leaves[split:])).digest()


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.1."""
    if len(leaves) == 1:
        return []
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < split:
        return [*inclusion(index, leaves[:split]), subtree(leaves[split:])]
    return [*inclusion(index - split, leaves[split:]), subtree(leaves[:split])]


def consistency(first: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """RFC 6962, section 2.1.2."""
    if first == len(leaves):
        return [] if whole else [subtree(leaves)]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if first <= split:
        return [*consistency(first, leaves[:split], whole), subtree(leaves[split:])]
    return [*consistency(first - split, leaves[split:], False), subtree(leaves[:split])]
