"""A purchase from request to payment, as open contracting data, valid against the published schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries.contracting import contracting

VILLAGE = "340311104201"
# The shape of a release as OCDS 1.1.5 publishes it: types, required fields and closed lists, without its prose.
SCHEMA = json.loads((Path(__file__).parent / "ocds_release_shape.json").read_text("utf-8"))


@pytest.fixture
def package(world):
    number = world.open()
    world.forward(number, **{"request/amount": "38,000.00"})
    world.open("村部更换水泵")
    follow(world.at)
    return number, contracting(VILLAGE, base_url="https://example.org")


def test_every_step_is_a_release_and_the_project_a_record(package):
    number, said = package
    assert said["version"] == "1.1" and [one["ocid"] for one in said["records"]] == [f"ocds-000000-{number}"]
    found = said["records"][0]["releases"]
    assert [one["tag"][0] for one in found] == ["planning", "award", "contract", "implementation"]
    assert len({one["id"] for one in found}) == len(found)
    planning, award, contract, paid = found
    assert planning["planning"]["budget"]["amount"] == {"amount": 38000.0, "currency": "CNY"}
    assert award["awards"][0]["value"]["amount"] == contract["contracts"][0]["value"]["amount"] == 36800.0
    assert award["tender"]["numberOfTenderers"] == 3
    transaction = paid["contracts"][0]["implementation"]["transactions"][0]
    assert transaction["value"]["amount"] == 36800.0
    assert paid["contracts"][0]["id"] == contract["contracts"][0]["id"]


def test_every_release_is_valid_against_the_published_schema(package):
    check = jsonschema.Draft4Validator(SCHEMA)
    for one in package[1]["records"][0]["releases"]:
        assert [str(fault) for fault in check.iter_errors(one)] == []
    spoiled = {**package[1]["records"][0]["releases"][0], "tag": []}
    assert not check.is_valid(spoiled)


def test_a_village_without_purchases_has_no_package(world):
    assert contracting(VILLAGE, base_url="https://example.org") == {}
