"""Signed notes, checkpoints and cosignatures: a vector made by Go's own tools, and a hostile corpus (security T9)."""

from __future__ import annotations

import base64

import merkle_logs as logs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingbai.merkle import (
    EMPTY_ROOT,
    BadNote,
    Checkpoint,
    cosign,
    cosigned_at,
    open_note,
    parse_checkpoint,
    sign_note,
    vkey,
    write_checkpoint,
)
from mingbai.merkle.cosignature import COSIGNATURE
from mingbai.merkle.note import key_hash, parse_vkey

GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_NOTE = GO_TEXT + (
    "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
PUBLIC = logs.KEY.public_key().public_bytes_raw()
TEXT = write_checkpoint(Checkpoint(logs.NAME, 5, bytes(32)))
NOTE = sign_note(TEXT, logs.NAME, logs.KEY)
STRANGER = sign_note(TEXT, "witness.example.org", logs.OTHER).rpartition("\n\n")[2]


def test_a_note_of_the_go_project_opens() -> None:
    name, public = parse_vkey(GO_KEY)
    assert open_note(GO_NOTE.encode(), name, public) == GO_TEXT
    assert vkey(name, public) == GO_KEY
    with pytest.raises(BadNote):
        open_note(GO_NOTE.replace("problem is", "answer is").encode(), name, public)


def test_what_we_sign_opens() -> None:
    assert open_note(NOTE.encode(), logs.NAME, PUBLIC) == TEXT
    assert parse_vkey(vkey(logs.NAME, PUBLIC) + "\n") == (logs.NAME, PUBLIC)


@pytest.mark.parametrize("order", ["before", "after"])
def test_signatures_of_unknown_keys_are_ignored(order: str) -> None:
    sm2 = f"— {logs.NAME} {base64.b64encode(b'abcd' + bytes(64)).decode()}\n"
    own = NOTE.rpartition("\n\n")[2]
    lines = STRANGER + sm2 + own if order == "before" else own + STRANGER + sm2
    assert open_note(f"{TEXT}\n{lines}".encode(), logs.NAME, PUBLIC) == TEXT


def test_extension_lines_carry_no_meaning() -> None:
    assert parse_checkpoint(TEXT + "anything\n").size == 5


@pytest.mark.parametrize(
    "note",
    {
        "signed by another": sign_note(TEXT, logs.NAME, logs.OTHER),
        "no signature": TEXT,
        "empty signatures": TEXT + "\n",
        "the log signs twice": NOTE + NOTE.rpartition("\n\n")[2],
        "control character": NOTE.replace("huaishang", "huai\tshang"),
        "carriage returns": NOTE.replace("\n", "\r\n"),
        "no last line end": NOTE[:-1],
        "a line that is no signature": NOTE + "hello\n",
        "a hyphen for the dash": NOTE.replace("—", "-"),
        "broken base64": NOTE[:-4] + "\n",
        "a short signature": f"{TEXT}\n— {logs.NAME} {base64.b64encode(key_hash(logs.NAME, PUBLIC)).decode()}\n",
        "too many lines": NOTE + STRANGER * 100,
        "huge": NOTE.replace("\n\n", "\n" + "x" * 70_000 + "\n\n"),
        "empty": "",
    }.items(),
    ids=lambda case: case[0],
)
def test_a_malformed_note_is_refused(note: tuple[str, str]) -> None:
    with pytest.raises(BadNote):
        open_note(note[1].encode(), logs.NAME, PUBLIC)


def test_a_note_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(BadNote):
        open_note(b"\xff" + NOTE.encode(), logs.NAME, PUBLIC)


def test_every_flipped_bit_of_a_note_is_caught() -> None:
    whole = NOTE.encode()
    for place in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[place] ^= 1 << bit
            with pytest.raises(BadNote):
                open_note(bytes(changed), logs.NAME, PUBLIC)


@pytest.mark.parametrize(
    "text",
    [
        "", "o\n", "o\n5\n", "o\n05\nR\n", "o\n+5\nR\n", "o\n-5\nR\n", "o\n 5\nR\n", "o\n5 \nR\n", "o\n５\nR\n",
        "o\n10000000000000000\nR\n", "\n5\nR\n", "o\n5\nR", "o\n5\nR\n\nx\n", "o\n5\nAAAA\n", "o\n5\n!\n", "o\n5\n\n",
        "o\n1e3\nR\n", "o\n\nR\n", "o\n5\nRx\n",
    ],
)  # fmt: skip
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        parse_checkpoint(text.replace("R", base64.b64encode(bytes(32)).decode()))


def test_a_root_has_one_spelling() -> None:
    root = base64.b64encode(bytes(32)).decode()
    stray = root[:-2] + "B="  # the same 32 bytes, with stray bits behind them
    assert base64.b64decode(stray) == bytes(32)
    with pytest.raises(BadNote):
        parse_checkpoint(f"o\n5\n{stray}\n")


@given(st.integers(0, 10**15), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_back(size: int, root: bytes) -> None:
    head = Checkpoint("o.example/log", size, root)
    assert parse_checkpoint(write_checkpoint(head)) == head


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_noise_is_refused_and_nothing_else_happens(noise: bytes) -> None:
    with pytest.raises(BadNote):
        open_note(noise, logs.NAME, PUBLIC)
    with pytest.raises(BadNote):
        open_note(NOTE.encode() + noise + b"x", logs.NAME, PUBLIC)


@pytest.mark.parametrize(
    "key",
    [
        "", "a+b", "a+00000000+AAAA", vkey("a b", PUBLIC), vkey("", PUBLIC), vkey(logs.NAME, PUBLIC, b"\x02"),
        vkey(logs.NAME, PUBLIC).replace(logs.NAME, "another"), vkey(logs.NAME, PUBLIC) + "\n\n",
        vkey(logs.NAME, PUBLIC) + "=", vkey(logs.NAME, PUBLIC[:-1]), " " + vkey(logs.NAME, PUBLIC),
    ],
)  # fmt: skip
def test_a_malformed_key_is_refused(key: str) -> None:
    with pytest.raises(BadNote):
        parse_vkey(key)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b"])
def test_a_key_name_has_no_space_and_no_plus(name: str) -> None:
    with pytest.raises(BadNote):
        sign_note(TEXT, name, logs.KEY)


def test_a_witness_states_when_it_saw_the_head() -> None:
    line = cosign(TEXT, "witness.example.org/w1", logs.OTHER, 1_679_315_147)
    public = logs.OTHER.public_key().public_bytes_raw()
    note = (NOTE + line).encode()
    assert cosigned_at(note, "witness.example.org/w1", public) == 1_679_315_147
    assert open_note(note, logs.NAME, PUBLIC) == TEXT  # the log's own signature still opens


def test_the_message_of_a_cosignature_is_that_of_the_format() -> None:
    """Verified here by hand, as C2SP tlog-cosignature writes it, and not by the code under test."""
    line = cosign(TEXT, "w", logs.OTHER, 1_679_315_147)
    raw = base64.b64decode(line.split(" ")[2])
    assert raw[:4] == key_hash("w", logs.OTHER.public_key().public_bytes_raw(), COSIGNATURE)
    assert raw[4:12] == (1_679_315_147).to_bytes(8, "big")
    logs.OTHER.public_key().verify(raw[12:], b"cosignature/v1\ntime 1679315147\n" + TEXT.encode())


def test_a_forged_cosignature_is_refused() -> None:
    public = logs.OTHER.public_key().public_bytes_raw()
    line = cosign(TEXT, "w", logs.OTHER, 7)
    raw = bytearray(base64.b64decode(line.split(" ")[2]))
    raw[11] ^= 1  # another time
    forged = f"— w {base64.b64encode(raw).decode()}\n"
    other_head = cosign(write_checkpoint(Checkpoint(logs.NAME, 6, EMPTY_ROOT)), "w", logs.OTHER, 7)
    plain = sign_note(TEXT, "w", logs.OTHER).rpartition("\n\n")[2]
    for lines in (forged, other_head, plain, line + line, ""):
        with pytest.raises(BadNote):
            cosigned_at((NOTE + lines).encode(), "w", public)
