"""The inside of an electronic ballot box while its vote runs: sealed as one piece, and sealed anew with every ballot.

Were the tally a plain row, each change of it would stay behind in the database's log and in old pages of its files,
beside the code that was spent with it: whoever copies the disk could tell how each code voted. So everything that a
ballot changes stands in one ciphertext of constant length; the digests in it are sorted, and nothing pairs them.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mingbai.kernel import Refused

DIGEST = 32
"""Letters of a digest: 128 bits, of codes that have 80."""
_NONCE = 12
_HEAD, _EACH = 160, 2 * (DIGEST + 3)


@dataclass(frozen=True)
class Inside:
    """What a box holds: three sums, the digests of the codes spent and of the receipts given."""

    agree: int = 0
    against: int = 0
    abstain: int = 0
    spent: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()

    def with_ballot(self, choice: str, code: str, receipt: str) -> Inside:
        """One ballot more. The order of what is kept is that of the digests, which is no order."""
        return replace(
            self,
            **{choice: getattr(self, choice) + 1},
            spent=tuple(sorted((*self.spent, code))),
            receipts=tuple(sorted((*self.receipts, receipt))),
        )


def seal(inside: Inside, box: int, voters: int) -> str:
    """The inside as ciphertext (AES-256-GCM), as long for one ballot as for all `voters` of them."""
    plain = json.dumps(asdict(inside), separators=(",", ":")).encode().ljust(_HEAD + voters * _EACH)
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, plain, b"box-%d" % box)).decode()


def unseal(sealed: str, box: int) -> Inside:
    """The inside of a box; empty where nothing was ever put in.

    Raises:
        Refused: another key, another box's content, or somebody changed it.
    """
    if not sealed:
        return Inside()
    raw = base64.b64decode(sealed)
    try:
        held = json.loads(AESGCM(_key()).decrypt(raw[:_NONCE], raw[_NONCE:], b"box-%d" % box))
    except InvalidTag as changed:
        raise Refused(
            "电子票箱打不开：有人改动过，或者换过密钥", remedy="马上告诉主持人，并向镇（街）纪（工）委反映"
        ) from changed
    return Inside(**held | {name: tuple(held[name]) for name in ("spent", "receipts")})


def _key() -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"mingbai ballot box").derive(settings.SECRET_KEY.encode())
