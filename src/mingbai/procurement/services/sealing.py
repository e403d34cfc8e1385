"""The seal of a quote: two layers of public-key encryption (HPKE, RFC 9180), one for each of the two who open.

The secrets are codes on the openers' papers; nothing on the server, nor a copy of all of it, can read a quote before
both are typed. A commitment (SHA-256 over price, words and a random nonce) is fixed on receipt, so that what is opened
is what was received. A quote is padded to one length: the ciphertext does not tell how long the price is.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mingbai.kernel import canonical_bytes, plain_code, printed_code, sha256_hex

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_LENGTH = 1536
_CODE_BYTES = 20


@dataclass(frozen=True)
class Inside:
    """What is sealed: the call, the supplier, the price in fen, its words, and the nonce of the commitment."""

    call: str
    uscc: str
    fen: int
    note: str
    nonce: str


def new_code() -> str:
    """An opener's code, 160 bits, as it is printed once."""
    return printed_code(secrets.token_bytes(_CODE_BYTES))


def new_nonce() -> str:
    """128 random bits: without them nobody guesses a price from its commitment."""
    return secrets.token_hex(16)


def public_of(code: str) -> str:
    """The public key of an opener's code."""
    return base64.b64encode(_secret(code).public_key().public_bytes_raw()).decode()


def secret_of(code: str) -> str:
    """The secret key of an opener's code, to be kept until the other one's comes."""
    return base64.b64encode(_secret(code).private_bytes_raw()).decode()


def commitment_of(inside: Inside) -> str:
    """The digest that is fixed on receipt; anybody can make it again from the opening record."""
    return sha256_hex(canonical_bytes(asdict(inside)))


def seal(inside: Inside, publics: tuple[str, str]) -> str:
    """A quote under both openers' keys."""
    held = json.dumps(asdict(inside), ensure_ascii=False).encode().ljust(_LENGTH)
    for public in publics:
        key = X25519PublicKey.from_public_bytes(base64.b64decode(public))
        held = _SUITE.encrypt(held, key, info=inside.call.encode())
    return base64.b64encode(held).decode()


def unseal(sealed: str, call: str, private: tuple[str, str]) -> Inside | None:
    """What is in a quote, from both secrets in the order of the seal; None when it was changed or is another call's."""
    try:
        held = base64.b64decode(sealed)
        for one in reversed(private):
            key = X25519PrivateKey.from_private_bytes(base64.b64decode(one))
            held = _SUITE.decrypt(held, key, info=call.encode())
        return Inside(**json.loads(held))
    except (InvalidTag, ValueError, TypeError):
        return None


def _secret(code: str) -> X25519PrivateKey:
    derived = HKDF(SHA256(), 32, salt=None, info=b"mingbai quote opener").derive(plain_code(code).encode())
    return X25519PrivateKey.from_private_bytes(derived)
