"""A purchase from request to end, as open contracting data, valid against the published schemas."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from django.test import Client

from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries.contracting import contracting

VILLAGE = "340311104201"
# The shapes of OCDS 1.1.5: types, required fields and closed lists, without their prose.
SCHEMA = json.loads((Path(__file__).parent / "ocds_release_shape.json").read_text("utf-8"))
PACKAGES = json.loads((Path(__file__).parent / "ocds_package_shapes.json").read_text("utf-8"))
THE_WAY = [
    "planning", "tender", "tenderUpdate", "award", "contract", "contractAmendment", "implementation",
    "implementationUpdate", "contractTermination",
]  # fmt: skip


def faults(package: dict, kind: str) -> list[str]:
    """What is wrong with a package of a kind (records, releases), itself and every release in it."""
    shape = PACKAGES[kind]
    found = [str(one) for one in jsonschema.Draft4Validator(shape).iter_errors(package)]
    releases = list(package.get("releases", ()))
    for one in package.get("records", ()):
        releases += [*one["releases"], *([one["compiledRelease"]] if "compiledRelease" in one else [])]
    check = jsonschema.Draft4Validator(SCHEMA)
    return found + [str(fault) for one in releases for fault in check.iter_errors(one)]


@pytest.fixture
def bought(world):
    """A work with a change in it, from request to archive, and a case that has only begun."""
    number = world.open()
    world.forward(number, until="construct", **{"request/amount": "38,000.00"})
    world.do(number, "construct", progress="change")
    world.do(number, "change", increase="1,200.00")
    world.wait()
    world.forward(number, **{"settle/final_price": "38,000.00", "pay/amount": "38,000.00"})
    world.open("村部更换水泵")
    follow(world.at)
    return number, contracting(VILLAGE, base_url="https://example.org")


def test_every_step_is_a_release_and_the_project_a_record(bought):
    number, said = bought
    assert said["version"] == "1.1" and [one["ocid"] for one in said["records"]] == [f"ocds-000000-{number}"]
    found = said["records"][0]["releases"]
    assert [one["tag"][0] for one in found] == THE_WAY
    assert len({one["id"] for one in found}) == len(found)
    assert [one["date"] for one in found] == sorted(one["date"] for one in found)
    planning, called, opened, award, contract, change, accepted, paid, ended = found
    assert planning["planning"]["budget"]["amount"] == {"amount": 38000.0, "currency": "CNY"}
    assert called["tender"]["tenderPeriod"]["endDate"] and called["tender"]["status"] == "active"
    assert [one["value"]["amount"] for one in opened["bids"]["details"]] == [36800.0, 36900.0, 37000.0]
    assert {one["status"] for one in opened["bids"]["details"]} == {"valid"}
    assert award["awards"][0]["value"]["amount"] == contract["contracts"][0]["value"]["amount"] == 36800.0
    assert change["contracts"][0]["amendments"] and change["contracts"][0]["value"]["amount"] == 38000.0
    assert accepted["contracts"][0]["implementation"]["milestones"][0]["status"] == "met"
    assert paid["contracts"][0]["implementation"]["transactions"][0]["value"]["amount"] == 38000.0
    assert {one["contracts"][0]["id"] for one in found[4:]} == {contract["contracts"][0]["id"]}
    assert ended["contracts"][0]["status"] == "terminated"


def test_the_compiled_release_is_the_purchase_as_it_stands(bought):
    compiled = bought[1]["records"][0]["compiledRelease"]
    assert compiled["tag"] == ["compiled"] and compiled["tender"]["numberOfTenderers"] == 3
    (contract,) = compiled["contracts"]
    assert contract["value"]["amount"] == 38000.0 and contract["status"] == "terminated"
    assert len(contract["implementation"]["transactions"]) == len(contract["amendments"]) == 1
    names = {one["name"]: one for one in compiled["parties"]}
    assert len(compiled["bids"]["details"]) == 3 and len(names) == 4
    winner = compiled["awards"][0]["suppliers"][0]
    assert names[winner["name"]]["id"] == winner["id"]
    assert names[winner["name"]]["identifier"]["legalName"] == winner["name"]


def test_packages_and_releases_are_valid_against_the_published_schemas(bought):
    package = bought[1]
    assert faults(package, "records") == []
    spoiled = {**package["records"][0]["releases"][0], "tag": []}
    assert faults({**package, "records": [{**package["records"][0], "releases": [spoiled]}]}, "records")
    for name in ("uri", "publishedDate", "publisher", "version", "records"):
        assert faults({key: value for key, value in package.items() if key != name}, "records")


def test_the_open_api_gives_records_and_releases_of_a_village_page_by_page(world):
    for title in ("东组排水沟修复", "村部屋面翻新"):
        world.forward(
            world.open(title), until="contract", **{"request/amount": "38,000.00", "request/way": "by_amount"}
        )
    follow(world.at)
    client, address = Client(), f"/api/v1/ocds/{VILLAGE}"
    whole = client.get(f"{address}/records").json()
    assert faults(whole, "records") == [] and len(whole["records"]) == 2 and "links" not in whole
    first = client.get(f"{address}/records", {"limit": 1}).json()
    assert faults(first, "records") == [] and len(first["records"]) == 1
    rest = client.get(first["links"]["next"].replace("http://testserver", "")).json()
    after = client.get(f"{address}/records", {"limit": 1, "after": whole["records"][0]["ocid"][12:]}).json()
    assert after["records"] == whole["records"][1:] and rest["records"] == after["records"]
    releases = client.get(f"{address}/releases").json()
    assert faults(releases, "releases") == []
    assert releases["releases"] == [one for record in whole["records"] for one in record["releases"]]
    assert client.get("/api/v1/ocds/340311104202/records").status_code == 404
    assert client.get("/api/v1/ocds/999999999999/records").status_code == 404


def test_a_village_without_purchases_has_no_package(world):
    assert contracting(VILLAGE, base_url="https://example.org") == {}
