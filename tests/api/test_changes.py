"""The feed of changes: the order of the log, nothing left out, and a proof that anyone can check."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime

from django.db import connection
from django.test import Client

from mingbai.merkle import leaf_hash, parse_checkpoint, verify_inclusion
from mingbai.translog.services import append_new, sign_head

VILLAGE = "340311104201"
NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def test_the_feed_goes_on_without_gap_and_says_when_there_is_nothing_new(logged: Client) -> None:
    read, after = [], 0
    while True:
        page = logged.get("/api/v1/changes", {"after": after, "limit": 3}).json()
        read += [one["position"] for one in page["items"]]
        if page["next"] == after:
            break
        after = page["next"]
    assert read == list(range(4))
    assert after == page["size"] == 4


def test_what_is_not_signed_yet_is_not_told_so_that_a_place_once_told_stays(
    logged: Client, publish_more: Callable[[], None]
) -> None:
    before = logged.get("/api/v1/changes")
    publish_more()
    append_new()
    unsigned = logged.get("/api/v1/changes").json()
    assert unsigned == before.json()
    assert sign_head(NOW)
    after = logged.get("/api/v1/changes", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    told = after.json()["items"]
    assert [one["position"] for one in told] == list(range(5))
    assert [one["leaf"] for one in told[:4]] == [one["leaf"] for one in before.json()["items"]]


def test_a_reader_beside_writers_reads_every_place_once_in_order(opening: Callable[[int], None]) -> None:
    writers, acts = 3, 4
    at_work = [True]

    def write(first: int) -> None:
        try:
            for serial in range(first, first + acts):
                opening(serial)
        finally:
            connection.close()

    def read() -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        try:
            while True:
                last_round = not at_work[0]
                page = Client().get("/api/v1/changes", {"after": len(found), "limit": 2}).json()
                found += [(one["position"], one["publication"]["id"]) for one in page["items"]]
                if last_round and not page["items"]:
                    return found
        finally:
            connection.close()

    with ThreadPoolExecutor(writers + 1) as pool:
        told = pool.submit(read)
        done = [pool.submit(write, 1 + acts * writer) for writer in range(writers)]
        wait(done)
        at_work[0] = False
        for one in done:
            one.result()
    assert [position for position, _id in told.result()] == list(range(1 + writers * acts))
    assert len({id for _position, id in told.result()}) == 1 + writers * acts


def test_an_answer_is_proved_without_asking_us_again(logged: Client) -> None:
    for item in logged.get("/api/v1/changes").json()["items"]:
        shown = item["publication"]
        proof = logged.get(shown["proof_path"]).json()
        assert proof["leaf"] == item["leaf"]
        leaf = base64.b64decode(proof["leaf"])
        hashes = [bytes.fromhex(one) for one in proof["hashes"]]
        root = bytes.fromhex(proof["root"])
        assert verify_inclusion(proof["index"], proof["size"], leaf_hash(leaf), hashes, root)
        checkpoint = parse_checkpoint(proof["checkpoint"].split("\n\n")[0] + "\n")
        assert (checkpoint.size, checkpoint.root) == (proof["size"], root)
        assert json.loads(leaf)["digest"] == shown["digest"]
        body = logged.get(shown["body_path"]).json()
        salted = bytes.fromhex(body["salt"]) + base64.b64decode(body["body"])
        assert hashlib.sha256(salted).hexdigest() == shown["digest"]
