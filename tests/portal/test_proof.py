"""The proof on a publication's page: it holds for what was published, and fails loudly for anything else."""

from __future__ import annotations

import base64
import hashlib
import json

from django.db import connection
from django.test import Client

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.models import PublicationRow
from mingbai.merkle import leaf_hash, parse_checkpoint, verify_inclusion
from mingbai.portal.pages import publications
from mingbai.translog.models import Leaf


def test_a_page_says_it_was_not_changed(village, read):
    id = disclosure.of_case(village.paid)[3].id
    html = read(f"/p/{id}/")
    assert "这一页，没有改过" in html and "和公布那天一模一样" in html and "签了字" in html
    assert "proof failed" not in html


def test_what_is_downloaded_can_be_checked_at_home(village):
    for publication in disclosure.of_case(village.paid):
        response = Client().get(f"/p/{publication.id}.json")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        given = response.json()
        statement = base64.b64decode(given["statement"])
        digest = hashlib.sha256(bytes.fromhex(given["salt"]) + base64.b64decode(given["body"])).hexdigest()
        assert json.loads(statement)["digest"] == digest
        head = parse_checkpoint(given["checkpoint"].split("\n\n")[0] + "\n")
        path = [bytes.fromhex(one) for one in given["hashes"]]
        assert verify_inclusion(given["index"], head.size, leaf_hash(statement), path, head.root)


def test_a_changed_page_is_red_and_says_what_is_wrong(village, without_triggers):
    publication = disclosure.of_case(village.paid)[2]
    body = publication.body.replace("村西".encode(), "村东".encode())
    assert body != publication.body
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {PublicationRow._meta.db_table} SET body = %s WHERE village = %s AND number = %s",
            [body, publication.village, publication.number],
        )
    html = Client().get(f"/p/{publication.id}/").content.decode()
    assert "这一页，对不上" in html and "proof failed" in html and "这一页，没有改过" not in html


def test_a_publication_that_is_not_logged_yet_is_not_called_proved(village, without_triggers):
    publication = disclosure.of_case(village.paid)[2]
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Leaf._meta.db_table} WHERE publication = %s", [publication.id])
    html = Client().get(f"/p/{publication.id}/").content.decode()
    assert "正在记进公开总账" in html and "没有改过" not in html.split("<main")[1].split("公布了什么")[0]
    assert Client().get(f"/p/{publication.id}.json").status_code == 404


def test_signers_are_read_from_the_checkpoint():
    note = "log\n1\nAAAA\n\n— log AbCd\n— witness EfGh\n"
    assert publications.signers(note) == ("log", "witness")


def test_the_log_is_served_as_files(village):
    client = Client()
    checkpoint = client.get("/log/checkpoint")
    assert checkpoint.status_code == 200 and checkpoint.headers["Cache-Control"] == "no-cache"
    assert client.get("/log/vkey").content.decode().count("+") >= 2
    size = int(checkpoint.content.decode().split("\n")[1])
    part = f".p/{size % 256}" if size % 256 else ""
    tile = client.get(f"/log/tile/0/{size // 256:03d}{part}") if size < 256 else client.get("/log/tile/0/000")
    assert tile.status_code == 200
    for bad in ("/log/tile/0/../checkpoint", "/log/tile/0/0", "/log/keys/log.key", "/log/tile/0/000.p/0"):
        assert client.get(bad).status_code == 404, bad


def test_a_typed_number_leads_to_its_page(village):
    id = disclosure.of_case(village.paid)[0].id
    for typed in (id, f" http://127.0.0.1:8000/p/{id}/ ", f"{id}.json"):
        assert Client().get("/verify/", {"q": typed}).headers["Location"] == f"/p/{id}/"
    assert Client().get("/verify/", {"q": village.paid}).headers["Location"] == f"/cases/{village.paid}/"
    unknown = Client().get("/verify/", {"q": "<b>340311104201-9999</b>"})
    assert unknown.status_code == 404 and "<b>340" not in unknown.content.decode()
