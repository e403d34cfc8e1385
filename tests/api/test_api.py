"""The open API: what it answers, what it refuses, and that its shape stays as promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

VILLAGE = "340311104201"
SNAPSHOT = Path(__file__).with_name("openapi.json")
CANARIES = ("张金丝雀", "11010519491231002X", "secret.act")
ADDRESSES = (
    "/api/v1/powers",
    "/api/v1/villages",
    "/api/v1/publications",
    f"/api/v1/publications/{VILLAGE}-1",
    "/api/v1/openapi.json",
    "/api/v1/",
    "/api/v1/changes",
    f"/api/v1/cases?village={VILLAGE}",
    f"/api/v1/cases/05-{VILLAGE}-2026-001",
    f"/api/v1/villages/{VILLAGE}/money",
    f"/api/v1/villages/{VILLAGE}/contracts",
)


def get(client: Client, address: str, **query: object) -> Any:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_schema_is_as_promised(client: Client) -> None:
    schema = get(client, "/api/v1/openapi.json")
    assert schema == json.loads(SNAPSHOT.read_text("utf-8")), (
        "a change of the promise: look, then renew the snapshot"
    )


def test_every_power_has_bases_and_sources(client: Client) -> None:
    powers = get(client, "/api/v1/powers")
    assert [power["number"] for power in powers] == list(range(1, 21))
    for power in powers:
        assert power["bases"]
        assert len(power["facts"]["five_disclosures"]) == 5
        assert all(
            fact["source"] and fact["confidence"] for facts in power["facts"].values() for fact in facts
        )


def test_every_village_has_its_town(client: Client) -> None:
    villages = get(client, "/api/v1/villages")
    assert len(villages) == 94 or len(villages) == 95
    assert all(len(village["code"]) == 12 and village["town"] for village in villages)


def test_publications_go_by_key(client: Client) -> None:
    first = get(client, "/api/v1/publications", limit=3)
    assert [item["key"] for item in first["items"]] == [1, 2, 3]
    rest = get(client, "/api/v1/publications", limit=3, key=first["next"])
    assert [item["key"] for item in rest["items"]] == [4]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"village": VILLAGE}, 3),
        ({"village": "340311104202"}, 0),
        ({"power": "procurement-small-works"}, 3),
        ({"kind": "edition.confirmed"}, 1),
        ({"since": "2026-01-05"}, 4),
        ({"since": "2026-01-06"}, 0),
        ({"village": VILLAGE, "kind": "case.opened", "limit": 200}, 3),
    ],
)
def test_filters(client: Client, query: dict[str, object], count: int) -> None:
    assert len(get(client, "/api/v1/publications", **query)["items"]) == count


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 201},
        {"limit": 0},
        {"limit": "all"},
        {"key": -1},
        {"key": 2**63},
        {"since": "yesterday"},
        {"village": "x' OR 1=1"},
        {"village": "1" * 13},
        {"power": "p" * 81},
    ],
)
def test_what_cannot_be_asked_is_422(client: Client, query: dict[str, object]) -> None:
    assert client.get("/api/v1/publications", query).status_code == 422


@pytest.mark.parametrize("asked", ["x", f"{VILLAGE}-99", f"{VILLAGE}-01", "1" * 41, "..%2f..%2fetc"])
def test_an_unknown_publication_is_404(client: Client, asked: str) -> None:
    assert client.get(f"/api/v1/publications/{asked}").status_code in (404, 422)


def test_a_publication_shows_what_is_masked_and_why(client: Client) -> None:
    item = get(client, f"/api/v1/publications/{VILLAGE}-1")
    shown = {field["label"]: field["value"] for field in item["fields"]}
    assert shown == {"预算": "8,600.00", "申请人": None, "备注": None}
    assert all(field["masked_rule"] for field in item["fields"] if field["value"] is None)
    assert item["body_path"] == f"/p/{VILLAGE}-1.json"
    assert len(item["digest"]) == 64


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_canary_in_any_answer(client: Client, address: str) -> None:
    text = client.get(address).content.decode()
    plain = text.encode().decode("unicode_escape", "ignore") + text
    assert not [canary for canary in CANARIES if canary in plain]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_there_is_no_way_to_write(client: Client, address: str, verb: str) -> None:
    assert getattr(client, verb)(address).status_code in (403, 405)


@pytest.mark.parametrize("address", ADDRESSES[:4])
def test_asking_again_costs_nothing(client: Client, address: str) -> None:
    etag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""


def test_the_page_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    assert "/api/v1/publications" in page
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_a_page_of_publications_is_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        get(client, "/api/v1/publications", limit=200)
