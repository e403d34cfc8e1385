"""The verifier over whole logs: honest ones of many sizes, and dishonest ones of many kinds (security T1, T2, T9, G9)."""

from __future__ import annotations

import base64
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import merkle_logs as logs
import pytest

from mingbai.merkle import Checkpoint, bundle_entries, cosign, open_note, sign_note, vkey, write_checkpoint
from mingbai.merkle.__main__ import main
from mingbai.merkle.cosignature import COSIGNATURE
from mingbai.merkle.verifier import verify_log

VILLAGE = "340311104201"
PUBLIC = logs.KEY.public_key().public_bytes_raw()
KEY = vkey(logs.NAME, PUBLIC)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 512, 700])
def test_an_honest_log_passes(tmp_path: Path, size: int) -> None:
    report = verify_log(str(logs.write(tmp_path, logs.statements(size))), key=KEY)
    assert report.ok, report.lines


def test_65537_entries_pass_quickly(tmp_path: Path) -> None:
    folder = logs.write(tmp_path, [b"%d" % number for number in range(65_537)])
    assert (folder / "tile/2/000.p/1").exists()
    start = time.perf_counter()
    report = verify_log(str(folder), key=KEY)
    assert report.ok, report.lines
    assert time.perf_counter() - start < 5


def test_a_log_in_a_third_level_needs_its_tiles(tmp_path: Path) -> None:
    folder = logs.write(tmp_path, [b"%d" % number for number in range(257)])
    (folder / "tile/1/000.p/1").unlink()
    assert not verify_log(str(folder), key=KEY).ok


def test_every_changed_byte_is_caught(tmp_path: Path) -> None:
    """Each byte of each file of a small log, its key and its publication included."""
    folder = logs.write(tmp_path, logs.statements(3))
    logs.publish(folder, VILLAGE, 2, 1)
    assert verify_log(str(folder), publication=f"{VILLAGE}-2").ok
    for file in (path for path in sorted(folder.rglob("*")) if path.is_file()):
        honest = file.read_bytes()
        for place in range(len(honest)):
            file.write_bytes(honest[:place] + bytes([honest[place] ^ 1]) + honest[place + 1 :])
            assert not verify_log(str(folder), publication=f"{VILLAGE}-2").ok, (file.name, place)
        file.write_bytes(honest)


def test_every_missing_cut_or_lengthened_file_is_caught(tmp_path: Path) -> None:
    folder = logs.write(tmp_path, logs.statements(300))
    for file in (path for path in sorted(folder.rglob("*")) if path.is_file()):
        honest = file.read_bytes()
        file.unlink()
        assert not verify_log(str(folder)).ok, file.name
        for changed in (b"", honest[:-1] if file.name != "vkey" else honest[:-2], honest + b"\0", honest * 2):
            file.write_bytes(changed)
            assert not verify_log(str(folder)).ok, (file.name, len(changed))
        file.write_bytes(honest)
    assert verify_log(str(folder)).ok


def _write_bundle(folder: Path, entries: list[bytes]) -> None:
    logs.put(folder, f"tile/entries/000.p/{len(entries)}", bundle_entries(entries))


def _edit_bundle_only(folder: Path, entries: list[bytes]) -> None:
    _write_bundle(folder, [*entries[:3], logs.statement(VILLAGE, 4, kind="other"), *entries[4:]])


def _edit_bundle_and_tiles(folder: Path, entries: list[bytes]) -> None:
    note = (folder / "checkpoint").read_bytes()
    logs.write(folder, [*entries[:3], logs.statement(VILLAGE, 4, kind="other"), *entries[4:]])
    (folder / "checkpoint").write_bytes(note)


def _swap_two(folder: Path, entries: list[bytes]) -> None:
    _write_bundle(folder, [entries[1], entries[0], *entries[2:]])


def _drop_one(folder: Path, entries: list[bytes]) -> None:
    note = (folder / "checkpoint").read_bytes()
    shutil.rmtree(folder / "tile")
    logs.write(folder, [*entries[:3], *entries[4:]])
    (folder / "checkpoint").write_bytes(note)


def _sign_with_another_key(folder: Path, entries: list[bytes]) -> None:
    logs.write(folder, entries, logs.OTHER)


def _claim_another_size(folder: Path, entries: list[bytes]) -> None:
    text = open_note((folder / "checkpoint").read_bytes(), logs.NAME, PUBLIC)
    logs.put(folder, "checkpoint", sign_note(text.replace("\n10\n", "\n9\n"), logs.NAME, logs.KEY).encode())


def _claim_a_huge_size(folder: Path, entries: list[bytes]) -> None:
    head = Checkpoint(logs.NAME, 10**15, bytes(32))
    logs.put(folder, "checkpoint", sign_note(write_checkpoint(head), logs.NAME, logs.KEY).encode())


def _claim_another_log(folder: Path, entries: list[bytes]) -> None:
    text = open_note((folder / "checkpoint").read_bytes(), logs.NAME, PUBLIC).replace("huaishang", "bengshan")
    logs.put(folder, "checkpoint", sign_note(text, logs.NAME, logs.KEY).encode())


def _claim_to_be_empty(folder: Path, entries: list[bytes]) -> None:
    head = Checkpoint(logs.NAME, 0, bytes(32))
    logs.put(folder, "checkpoint", sign_note(write_checkpoint(head), logs.NAME, logs.KEY).encode())


def _two_log_lines(folder: Path, entries: list[bytes]) -> None:
    note = (folder / "checkpoint").read_text()
    logs.put(folder, "checkpoint", (note + note.rpartition("\n\n")[2]).encode())


def _leave_a_number_out(folder: Path, entries: list[bytes]) -> None:
    """The log itself is honest in every hash; a publication was never put in."""
    shutil.rmtree(folder / "tile")
    logs.write(folder, [*entries[:3], *entries[4:]])


def _number_twice(folder: Path, entries: list[bytes]) -> None:
    logs.write(folder, [*entries[:9], entries[8]])


def _id_twice(folder: Path, entries: list[bytes]) -> None:
    """Numbers run on, but the last publication bears the id of another."""
    logs.write(folder, [*entries[:9], logs.statement(VILLAGE, 10, id=f"{VILLAGE}-9")])


DISHONEST: list[Callable[[Path, list[bytes]], None]] = [
    _edit_bundle_only, _edit_bundle_and_tiles, _swap_two, _drop_one, _sign_with_another_key, _claim_another_size,
    _claim_a_huge_size, _claim_another_log, _claim_to_be_empty, _two_log_lines, _leave_a_number_out, _number_twice, _id_twice,
]  # fmt: skip


@pytest.mark.parametrize("harm", DISHONEST, ids=lambda harm: harm.__name__)
def test_a_dishonest_log_fails(tmp_path: Path, harm: Callable[[Path, list[bytes]], None]) -> None:
    entries = logs.statements(10)
    folder = logs.write(tmp_path, entries)
    assert verify_log(str(folder), key=KEY).ok
    harm(folder, entries)
    report = verify_log(str(folder), key=KEY)
    assert not report.ok
    assert report.lines[-1]


def test_a_size_beyond_belief_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    folder = logs.write(tmp_path, logs.statements(10))
    _claim_a_huge_size(folder, [])
    assert "多得不可信" in verify_log(str(folder), key=KEY).lines[-1]


def test_a_gap_names_village_and_number(tmp_path: Path) -> None:
    entries = logs.statements(10)
    report = verify_log(str(logs.write(tmp_path, [*entries[:3], *entries[4:]])), key=KEY)
    assert f"不对：{VILLAGE} 的公布断了号：第 3 条应是 4 号，却是 5 号" in report.lines


def test_a_rebuilt_log_fails_by_the_remembered_head_alone(tmp_path: Path) -> None:
    """Rewritten, rebuilt and signed again with the log's own key: only memory shows it."""
    entries = logs.statements(10)
    old = logs.checkpoint(entries[:6]).encode()
    honest = logs.write(tmp_path / "honest", entries)
    assert verify_log(str(honest), key=KEY, old=old).ok
    forged = [*entries[:3], logs.statement(VILLAGE, 4, kind="other"), *entries[4:]]
    rewritten = logs.write(tmp_path / "rewritten", forged)
    assert verify_log(str(rewritten), key=KEY).ok
    report = verify_log(str(rewritten), key=KEY, old=old)
    assert not report.ok
    assert sum("树根" in line and line.startswith("注意") for line in report.lines) == 2  # both heads


def test_a_log_that_shrank_fails(tmp_path: Path) -> None:
    entries = logs.statements(10)
    folder = logs.write(tmp_path, entries[:6])
    assert not verify_log(str(folder), key=KEY, old=logs.checkpoint(entries).encode()).ok
    empty = logs.write(tmp_path / "empty", [])
    assert not verify_log(str(empty), key=KEY, old=logs.checkpoint(entries).encode()).ok


def test_the_remembered_head_must_be_the_logs_own(tmp_path: Path) -> None:
    folder = logs.write(tmp_path, logs.statements(3))
    old = logs.checkpoint(logs.statements(2), logs.OTHER).encode()
    assert not verify_log(str(folder), key=KEY, old=old).ok


def test_a_publication_passes_and_says_where_it_stands(tmp_path: Path) -> None:
    folder = logs.write(tmp_path, logs.statements(5))
    logs.publish(folder, VILLAGE, 3, 2)
    report = verify_log(str(folder), key=KEY, publication=f"{VILLAGE}-3")
    assert report.ok
    assert report.lines[-1] == f"对：公布 {VILLAGE}-3 和公布那天一模一样，是日志第 2 条"


def test_a_corrected_publication_says_so(tmp_path: Path) -> None:
    entries = [*logs.statements(4), logs.statement(VILLAGE, 5, supersedes=f"{VILLAGE}-3")]
    folder = logs.write(tmp_path, entries)
    logs.publish(folder, VILLAGE, 3, 2)
    report = verify_log(str(folder), key=KEY, publication=f"{VILLAGE}-3")
    assert report.ok
    assert report.lines[-1] == f"注意：公布 {VILLAGE}-3 后来有更正，见 {VILLAGE}-5"


@pytest.mark.parametrize(
    "other",
    [
        {"index": 3}, {"index": 99}, {"index": -1}, {"index": True}, {"index": "2"}, {"salt": "00"}, {"salt": "zz"},
        {"salt": logs.SALT.hex().upper()}, {"salt": ""}, {"body": base64.b64encode(b"{}").decode()}, {"body": "!"},
        {"id": f"{VILLAGE}-4"}, {"body": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_changed_publication_fails(tmp_path: Path, other: dict[str, object]) -> None:
    folder = logs.write(tmp_path, logs.statements(5))
    logs.publish(folder, VILLAGE, 3, 2, **other)
    assert not verify_log(str(folder), key=KEY, publication=f"{VILLAGE}-3").ok


@pytest.mark.parametrize(
    "content", ["", "[]", "null", "{", "[" * 100_000, json.dumps({"id": f"{VILLAGE}-3"})]
)
def test_a_publication_that_is_no_publication_fails(tmp_path: Path, content: str) -> None:
    folder = logs.write(tmp_path, logs.statements(5))
    logs.put(folder, f"publications/{VILLAGE}-3.json", content.encode())
    assert not verify_log(str(folder), key=KEY, publication=f"{VILLAGE}-3").ok


@pytest.mark.parametrize("id", ["unknown-1", "../checkpoint", "", "a/b", "x" * 200, "a\0b"])
def test_an_unknown_or_hostile_id_fails(tmp_path: Path, id: str) -> None:
    assert not verify_log(str(logs.write(tmp_path, logs.statements(5))), key=KEY, publication=id).ok


@pytest.mark.parametrize(
    "entry", [b"[" * 60_000, b"{}", b"\xff", b"", b'{"id":1,"village":2,"number":3}', b"1e999"]
)
def test_an_entry_of_another_form_is_a_leaf_like_all_others(tmp_path: Path, entry: bytes) -> None:
    assert verify_log(str(logs.write(tmp_path, [*logs.statements(2), entry])), key=KEY).ok


def test_a_witness_must_have_seen_the_head(tmp_path: Path) -> None:
    entries = logs.statements(4)
    folder = logs.write(tmp_path, entries)
    witness = vkey("witness.example.org", logs.OTHER.public_key().public_bytes_raw(), COSIGNATURE)
    assert not verify_log(str(folder), key=KEY, witnesses=[witness]).ok
    note = (folder / "checkpoint").read_text()
    text = open_note(note.encode(), logs.NAME, PUBLIC)
    logs.put(
        folder, "checkpoint", (note + cosign(text, "witness.example.org", logs.OTHER, 1_790_000_000)).encode()
    )
    report = verify_log(str(folder), key=KEY, witnesses=[witness])
    assert report.ok
    assert "对：见证人 witness.example.org 在 2026-09-21 14:13 UTC 看过这个检查点" in report.lines
    logs.put(
        folder, "checkpoint", (note + cosign(text, "witness.example.org", logs.OTHER, 2**64 - 1)).encode()
    )
    assert not verify_log(str(folder), key=KEY, witnesses=[witness]).ok


def test_the_command_remembers_the_head(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = logs.statements(10)
    folder = logs.write(tmp_path / "log", entries[:6])
    memory = tmp_path / "head"
    assert main([str(folder), "--old", str(memory)]) == 0
    assert memory.read_bytes() == (folder / "checkpoint").read_bytes()
    shutil.rmtree(folder)
    logs.write(folder, entries)
    assert main([str(folder), "--old", str(memory), "--key", KEY]) == 0
    remembered = memory.read_bytes()
    shutil.rmtree(folder)
    logs.write(folder, [*entries[:9], logs.statement(VILLAGE, 10, kind="other")])
    capsys.readouterr()
    assert main([str(folder), "--old", str(memory)]) == 1
    assert memory.read_bytes() == remembered  # a head that failed is never remembered
    assert "没有通过" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["nothing-here", "http://127.0.0.1:1", "", "\0"])
def test_a_source_that_is_not_there_fails_in_words(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([where]) == 1
    assert "不对：" in capsys.readouterr().out


def test_without_a_key_of_ones_own_the_report_says_so(tmp_path: Path) -> None:
    report = verify_log(str(logs.write(tmp_path, logs.statements(1))))
    assert report.ok
    assert report.lines[0].startswith("注意：公钥是从日志自己那里取的") and KEY in report.lines[0]
