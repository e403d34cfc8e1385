"""The transparency log's bytes: tree, tiles, checkpoint, signed note, proofs, and a verifier that trusts nothing.

Formats: RFC 6962 section 2 (hashing and proofs); C2SP tlog-tiles, tlog-checkpoint, signed-note. Pure, and needs no
Django and no database: `python -m mingbai.merkle URL_OR_DIR` checks a whole log.
"""

from __future__ import annotations

from mingbai.merkle.checkpoint import Checkpoint, parse_checkpoint, write_checkpoint
from mingbai.merkle.note import BadNote, key_hash, open_note, sign_note, vkey
from mingbai.merkle.proof import verify_consistency, verify_inclusion
from mingbai.merkle.tile import bundle_entries, bundle_path, parse_bundle, tile_path
from mingbai.merkle.tree import EMPTY_ROOT, leaf_hash, node_hash, root_of

__all__ = [
    "EMPTY_ROOT", "BadNote", "Checkpoint", "bundle_entries", "bundle_path", "key_hash", "leaf_hash", "node_hash",
    "open_note", "parse_bundle", "parse_checkpoint", "root_of", "sign_note", "tile_path", "verify_consistency",
    "verify_inclusion", "vkey", "write_checkpoint",
]
