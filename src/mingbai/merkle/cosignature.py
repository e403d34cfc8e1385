"""Cosignatures of witnesses (C2SP tlog-cosignature v1): a witness saw this head, at this time, after every earlier.

The signature line carries eight bytes of time (seconds since 1970, big-endian) and an Ed25519 signature over
`cosignature/v1`, a line `time <seconds>` and the text of the checkpoint. Keys are of type 0x04.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mingbai.merkle.note import BadNote, key_hash, signature_line, split_note, verify

COSIGNATURE = b"\x04"


def cosign(text: str, name: str, key: Ed25519PrivateKey, seconds: int) -> str:
    """The line by which witness `name` states that it saw the checkpoint `text` at `seconds` since 1970."""
    public = key.public_key().public_bytes_raw()
    signature = seconds.to_bytes(8, "big") + key.sign(_message(text, seconds))
    return signature_line(name, key_hash(name, public, COSIGNATURE), signature)


def cosigned_at(note: bytes, name: str, public: bytes) -> int:
    """When the witness with this key cosigned the checkpoint, in seconds since 1970.

    Raises:
        BadNote: no line of this witness, more than one, or a false one.
    """
    text, lines = split_note(note)
    named = (name, key_hash(name, public, COSIGNATURE))
    own = [line for line in lines if (line.name, line.key_hash) == named]
    if len(own) != 1 or len(own[0].signature) != 72:
        raise BadNote(f"没有见证人 {name} 的一行签名")
    seconds = int.from_bytes(own[0].signature[:8], "big")
    verify(public, own[0].signature[8:], _message(text, seconds))
    return seconds


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
