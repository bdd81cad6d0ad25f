import json
import re
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from jupyter_wove.accounts import SCOPES
from jupyter_wove.contract import OPERATIONS, openapi, openapi_text
from jupyter_wove.kit.openapi import document
from tests.http import probe

KEPT = Path(__file__).parents[3] / "openapi.json"


@pytest.fixture(scope="module")
def described():
    """The description of operations that use all that the contract offers."""
    operations = probe.routes.operations
    return json.loads(json.dumps(document(operations, title="Probe", version="1")))


def parameters(item):
    return [each.get("$ref", each.get("name")).rpartition("/")[2] for each in item["parameters"]]


def test_the_description_follows_the_standard(described):
    OpenAPIV31SpecValidator(described).validate()
    OpenAPIV31SpecValidator(json.loads(openapi_text())).validate()


def test_the_description_that_is_kept_is_the_one_that_is_served():
    assert KEPT.read_text() == openapi_text(), "Write it anew: jupyter wove openapi > openapi.json"


def test_every_operation_is_described_once():
    described = [
        item["operationId"] for path in openapi()["paths"].values() for item in path.values()
    ]
    assert sorted(described) == sorted(operation.id for operation in OPERATIONS)


def test_every_operation_says_what_it_does():
    silent = [
        item["operationId"]
        for path in openapi()["paths"].values()
        for item in path.values()
        if not re.fullmatch(r"[A-Z].*\.", item["summary"])
    ]
    assert silent == []


def test_every_scope_that_is_asked_for_exists():
    assert {operation.scope for operation in OPERATIONS} <= set(SCOPES)


def test_a_revision_and_its_precondition_are_described(described):
    note = described["paths"]["/wove/api/probe/note"]
    assert "ETag" in note["get"]["responses"]["200"]["headers"]
    assert "304" in note["get"]["responses"]
    assert "If-Match" in parameters(note["put"])
    assert {"412", "428"} <= set(note["put"]["responses"])


def test_long_work_says_where_to_look(described):
    start = described["paths"]["/wove/api/probe/start"]["post"]
    assert "Location" in start["responses"]["202"]["headers"]
    assert "IdempotencyKey" in parameters(start)


def test_a_secret_is_not_asked_for_twice(described):
    assert "IdempotencyKey" not in parameters(described["paths"]["/wove/api/probe/secret"]["post"])


def test_streams_uploads_and_bytes_are_described(described):
    paths = described["paths"]
    stream = paths["/wove/api/probe/count"]["get"]
    assert stream["responses"]["200"]["content"]["text/event-stream"]["schema"] == {
        "type": "integer"
    }
    assert "LastEventId" in parameters(stream)
    upload = paths["/wove/api/probe/upload"]["post"]
    assert "application/octet-stream" in upload["requestBody"]["content"]
    download = paths["/wove/api/probe/download"]["get"]["responses"]["200"]
    assert "Content-Disposition" in download["headers"]


def test_what_answers_nothing_has_no_content(described):
    responses = described["paths"]["/wove/api/probe/tree"]["post"]["responses"]
    assert "content" not in responses["204"]


def test_every_operation_wants_its_scope(described):
    security = described["paths"]["/wove/api/probe/upload"]["post"]["security"]
    assert security == [{"key": ["projects:write"]}, {"session": ["projects:write"]}]


def test_refusals_are_problems(described):
    problem = described["components"]["responses"]["Problem"]["content"]
    assert list(problem) == ["application/problem+json"]
