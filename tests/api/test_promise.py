"""The description of the API is a sound OpenAPI 3.1 document, and every answer is as it describes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from openapi_core import OpenAPI
from openapi_core.contrib.django import DjangoOpenAPIRequest, DjangoOpenAPIResponse
from openapi_spec_validator import OpenAPIV31SpecValidator

VILLAGE = "340311104201"
CASE = f"05-{VILLAGE}-2026-001"
ASKED = (
    "/api/v1/powers",
    "/api/v1/editions",
    "/api/v1/villages",
    "/api/v1/publications?limit=2",
    f"/api/v1/publications/{VILLAGE}-1",
    f"/api/v1/proofs/{VILLAGE}-1",
    "/api/v1/changes?limit=3",
    f"/api/v1/villages/{VILLAGE}/money",
    f"/api/v1/villages/{VILLAGE}/contracts",
    f"/api/v1/villages/{VILLAGE}/objects?family=resource",
    f"/api/v1/villages/{VILLAGE}/meetings",
    f"/api/v1/cases?village={VILLAGE}&running=true",
    f"/api/v1/cases/{CASE}",
    "/api/v1/notices",
)
WRONG = {
    "/api/v1/publications?limit=201": (422, "query.limit"),
    "/api/v1/publications?villag=1": (422, "query.villag"),
    "/api/v1/publications/nothing-1": (404, "path"),
    "/api/v1/villages/12/money": (422, "path.village"),
    "/api/v1/villages/999999999999/money": (404, "path"),
    f"/api/v1/villages/{VILLAGE}/money?month=2026-13": (422, "query.month"),
    f"/api/v1/villages/{VILLAGE}/objects?family=people": (422, "query.family"),
    "/api/v1/cases?running=maybe": (422, "query.running"),
    "/api/v1/cases/none": (404, "path"),
    "/api/v1/meetings/none": (404, "path"),
    "/api/v1/proofs/none-1": (404, "path"),
    "/api/v1/ocds/340311104202/records": (404, "path"),
    "/api/v1/ocds/340311104202/releases?limit=0": (422, "query.limit"),
}


@cache
def promise() -> OpenAPI:
    """The snapshot that `test_the_schema_is_as_promised` holds against what is served."""
    text = Path(__file__).with_name("openapi.json").read_text("utf-8")
    return OpenAPI.from_dict(json.loads(text))


def checked(client: Client, address: str) -> Any:
    """The answer at an address, once it has been held against the description."""
    answer = client.get(address)
    request = RequestFactory().get(address)
    promise().validate_response(DjangoOpenAPIRequest(request), DjangoOpenAPIResponse(answer))
    return answer


@pytest.mark.once
def test_the_document_is_sound_openapi() -> None:
    text = Path(__file__).with_name("openapi.json").read_text("utf-8")
    assert json.loads(text)["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(json.loads(text)).validate()


def test_every_answer_is_as_described(logged: Client, django_assert_max_num_queries: Any) -> None:
    for address in ASKED:
        with django_assert_max_num_queries(12):
            answer = checked(logged, address)
        assert answer.status_code == 200, (address, answer.content)
        again = logged.get(address, headers={"if-none-match": answer.headers["ETag"]})
        assert again.status_code == 304, address


def test_what_is_wrong_is_told_with_its_place(logged: Client) -> None:
    for address, (status, place) in WRONG.items():
        answer = checked(logged, address)
        assert answer.status_code == status, (address, answer.content)
        said = answer.json()
        assert [one["place"] for one in said["problems"]] == [place]
        assert all(one["reason"] for one in said["problems"])
        assert said["detail"]


def test_an_address_that_is_not_there_is_told_in_the_same_shape(logged: Client) -> None:
    answer = logged.get("/api/v1/secrets")
    assert answer.status_code == 404
    assert answer.json()["problems"][0]["place"] == "path"
