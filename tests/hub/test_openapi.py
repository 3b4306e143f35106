"""The published description: complete, and true."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from province_hub.app import API

CALLS = {
    ("get", "/status"),
    ("post", "/sessions"),
    ("delete", "/sessions/current"),
    ("get", "/me"),
    ("get", "/catalogue"),
    ("get", "/communes/{code}/snapshot"),
    ("head", "/communes/{code}/snapshot"),
    ("get", "/communes/{code}/changes"),
    ("put", "/attachments/{sha256}"),
    ("get", "/attachments/{sha256}"),
    ("put", "/proposals/{proposal}/versions/{number}"),
    ("get", "/proposals"),
    ("get", "/proposals/{proposal}"),
    ("post", "/proposals/{proposal}/{step}"),
}


@pytest.fixture
def document(hub: TestClient) -> dict:
    answer = hub.get(f"{API}/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_every_call_is_described(document: dict):
    described = {(method, path.removeprefix(API)) for path, item in document["paths"].items() for method in item}
    assert described >= CALLS
    operations = [item[method]["operationId"] for item in document["paths"].values() for method in item]
    assert len(set(operations)) == len(operations)


def test_all_calls_but_status_and_signing_in_need_a_token(document: dict):
    open_calls = {
        (method, path.removeprefix(API))
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if not operation.get("security")
    }
    assert open_calls == {("get", "/status"), ("post", "/sessions")}


def test_errors_are_described_as_problem_documents(document: dict):
    for item in document["paths"].values():
        for operation in item.values():
            assert "application/problem+json" in operation["responses"]["default"]["content"]
    assert set(document["components"]["schemas"]["ProblemDocument"]["required"]) >= {"code", "details", "request_id"}


def test_the_models_are_cores_own(document: dict):
    schemas = document["components"]["schemas"]
    assert {"Catalogue", "Layer", "Field", "Plan", "Session", "Status", "Account"} <= set(schemas)


def test_both_times_are_told_apart(document: dict):
    asked = document["paths"][f"{API}/layers/{{layer}}/features"]["get"]["parameters"]
    told = {each["name"]: each.get("description", "") for each in asked}
    assert "What the database knew" in told["as_of"]
    assert "in force on this day" in told["on"]
