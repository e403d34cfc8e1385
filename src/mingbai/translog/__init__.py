"""The transparency log: one small statement for every publication, in a Merkle tree that can only grow.

Words: *leaf* (one statement), *statement* (who published what under which number, with a salted digest),
*checkpoint* (the size and root of the tree, signed), *tile* (256 hashes in a file), *proof* (that a leaf lies
under a checkpoint). Formats: RFC 6962 hashing; C2SP tlog-tiles, tlog-checkpoint, signed-note; Ed25519.

The order that never bends: leaves are committed durably, then a head is signed and stored, then files are
published. A head that a restored backup does not know, or that does not continue this tree, is never signed
over. The documents themselves are not in the log, so that a wrongly published one can be withdrawn, visibly,
by a later act.
"""
