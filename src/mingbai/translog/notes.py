"""The log's checkpoint as a signed note: the name of this installation, the key of its directory."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from mingbai import merkle


def vkey(key: Ed25519PrivateKey) -> str:
    """The public key as verifiers write it: `<origin>+<hash>+<key>`."""
    return merkle.vkey(settings.MINGBAI_LOG_ORIGIN, key.public_key().public_bytes_raw())


def signed(size: int, root: bytes, key: Ed25519PrivateKey) -> str:
    """The signed checkpoint of a tree. Ed25519 is deterministic: signing twice gives the same bytes."""
    origin = settings.MINGBAI_LOG_ORIGIN
    return merkle.sign_note(merkle.write_checkpoint(merkle.Checkpoint(origin, size, root)), origin, key)


def opened(note: bytes, key: Ed25519PrivateKey) -> tuple[int, bytes] | None:
    """Size and root of a checkpoint that this very key signed under this name; None for anything else."""
    origin = settings.MINGBAI_LOG_ORIGIN
    try:
        head = merkle.parse_checkpoint(merkle.open_note(note, origin, key.public_key().public_bytes_raw()))
    except merkle.BadNote:
        return None
    return (head.size, head.root) if head.origin == origin else None
