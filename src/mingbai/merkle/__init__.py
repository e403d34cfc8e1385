"""The transparency log's bytes: tree, tiles, checkpoint, signed note, cosignatures, proofs, and a verifier.

Words: *entry* (a leaf's bytes), *tile* (256 hashes of one level), *bundle* (256 entries), *checkpoint* (signed
head), *note* (signed text), *cosignature* (a witness's), *report* (what a check found). Formats: RFC 6962 section
2, RFC 9162 section 2.1; C2SP tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature. Pure, and needs no Django
and no database: `python -m mingbai.merkle URL_OR_DIR` checks a whole log. It keeps no log: `translog` does.
"""

from __future__ import annotations

from mingbai.merkle.checkpoint import Checkpoint, parse_checkpoint, write_checkpoint
from mingbai.merkle.cosignature import cosign, cosigned_at
from mingbai.merkle.note import BadNote, key_hash, open_note, sign_note, vkey
from mingbai.merkle.proof import verify_consistency, verify_inclusion
from mingbai.merkle.tile import bundle_entries, bundle_path, parse_bundle, tile_path
from mingbai.merkle.tree import EMPTY_ROOT, leaf_hash, node_hash, root_of

__all__ = [
    "EMPTY_ROOT",
    "BadNote",
    "Checkpoint",
    "bundle_entries",
    "bundle_path",
    "cosign",
    "cosigned_at",
    "key_hash",
    "leaf_hash",
    "node_hash",
    "open_note",
    "parse_bundle",
    "parse_checkpoint",
    "root_of",
    "sign_note",
    "tile_path",
    "verify_consistency",
    "verify_inclusion",
    "vkey",
    "write_checkpoint",
]
