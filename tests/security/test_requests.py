"""Whatever a request holds, it is done, or refused in a sentence and changes nothing."""

import http.client
from urllib.parse import quote
from uuid import uuid4

import pytest

from jupyter_wove.contract import OPERATIONS
from tests.http.authorization.walk import TAKES_DOCKER, request_of
from tests.reliability.prompts import with_prompt
from tests.security.requests import WITH_JSON, bodies, places, queries

LONGEST = 501  # characters that a sentence about nonsense may have


@pytest.fixture(scope="module")
def names(server, project):
    """What right requests are about."""
    job = server.api("POST", f"projects/{project['id']}/remix", {}).json
    server.wait_for_job(job["id"])
    body = {"name": "laptop", "scopes": ["projects:read"]}
    key = server.api("POST", "keys", body).json["key"]
    names = {"project_id": project["id"], "owner": "ann", "slug": project["slug"]}
    names |= {"handle": "bob", "job_id": job["id"], "key_id": key["id"]}
    names |= _of_an_app(server, project)
    return names | _on_a_file(server, f"{project['folder']}/README.md") | with_prompt(server)


def _of_an_app(server, project):
    """Make an app, and have it deployed; what comes of that is not what is asked about."""
    plan = {"kind": "site", "base": "none", "entry": "index.html", "site": "."}
    planned = {"title": "Waves", "plan": plan}
    app = server.api("POST", f"projects/{project['id']}/apps", planned).json
    deployment = server.api("POST", f"apps/{app['id']}/deployments", {}).json
    host = "waves.example.org"
    return {"app_id": app["id"], "deployment_id": deployment["id"], "host": host}


def _on_a_file(server, file):
    """Begin what people can begin on a file; decide on nothing and bring nothing back yet."""
    thread = server.api("POST", "comments", {"text": "Why?"}, query={"path": file}).json
    suggestion = server.api("POST", "suggestions", {"path": file}).json
    checkpoint = server.api("POST", "timeline/checkpoints", {"path": file, "name": "Then"}).json
    return {
        "file": file,
        "thread_id": thread["id"],
        "message_id": thread["messages"][0]["id"],
        "suggestion_id": suggestion["id"],
        "decision_id": str(uuid4()),
        "checkpoint_id": checkpoint["id"],
        "restoration_id": str(uuid4()),
        "approval_id": str(uuid4()),
        "memory_id": str(uuid4()),
        "evaluation_id": str(uuid4()),
        "message": "none",
        "digest": "0" * 64,
    }


@pytest.mark.parametrize("operation", WITH_JSON, ids=lambda each: each.id)
def test_every_odd_body_is_taken_or_refused_in_a_sentence(server, names, operation):
    wrong, before = [], _state(server, names)
    path, sent = request_of(operation, **names)
    headers = sent["headers"] | {"Content-Type": "application/json"}
    for what, body in bodies(operation, names["file"]):
        answer = server.ask(operation.method, path, body, query=sent["params"], headers=headers)
        if answer.status == 202 and "/jobs/" in answer.headers["Location"]:
            server.wait_for_job(answer.json["id"])
        if answer.status < 300:
            before = _state(server, names)
        elif not _is_refusal(answer, operation):
            wrong.append((what, answer))
        elif (after := _state(server, names)) != before:
            changed = [each for each in zip(before, after, strict=True) if each[0] != each[1]]
            wrong.append((what, "was refused, and changed", changed))
    assert wrong == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_every_odd_query_is_answered_or_refused_in_a_sentence(server, names, operation):
    path, sent = request_of(operation, **names)
    wrong = []
    for query in queries(operation, names["file"]):
        body = b"" if operation.body_kind == "upload" else sent.get("body")
        answer = server.ask(operation.method, path, body, query=query, headers=sent["headers"])
        if answer.status >= 300 and not _is_refusal(answer, operation):
            wrong.append((query, answer))
    assert wrong == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_every_odd_address_is_answered_or_refused_in_a_sentence(server, names, operation):
    wrong, before = [], _state(server, names)
    for place in places(operation):
        spelled = {
            name: quote(value.encode(errors="surrogatepass"), safe="")
            for name, value in (names | place).items()
        }
        path, sent = request_of(operation, **spelled)
        if "path" in place:
            path = path.replace("README.md", spelled["path"])
        answer = server.ask(operation.method, path, sent.get("body"), headers=sent["headers"])
        if answer.status >= 300 and not _is_refusal(answer, operation):
            wrong.append((place, answer))
        elif answer.status < 300 and operation.writes:  # a label may be called `con`
            before = _state(server, names)
    assert wrong == []
    assert _state(server, names) == before


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("If-Match", "x" * 10_000),
        ("If-Match", '"a", "b"'),
        ("If-Match", '"\xff"'),
        ("Idempotency-Key", "x" * 10_000),
        ("Idempotency-Key", "a\xffb"),
        ("Last-Event-ID", "\xff' OR 1=1"),
        ("Content-Type", "text/plain"),
        ("Content-Type", "application/json; charset=utf-7"),
        ("X-Request-ID", "a\tb{{7*7}}"),
        ("Range", "bytes=9-1,-5,x"),
        ("Accept", "*/" * 1000),
        ("Cookie", "_xsrf=1; a=\xff"),
    ],
)
def test_an_odd_header_is_refused_or_passed_over(server, names, header, value):
    project = f"projects/{names['project_id']}"
    sent = {"Content-Type": "application/json", "If-Match": "*", header: value}
    answers = [
        server.api("PATCH", project, b'{"description": "Odd"}', headers=sent),
        server.api("POST", f"{project}/versions", b'{"message": "Odd"}', headers=sent),
        server.api("GET", project, headers={header: value}),
    ]
    wrong = [each for each in answers if each.status >= 300 and not _is_refusal(each)]
    assert wrong == []


def _is_refusal(answer, operation=None) -> bool:
    takes_docker = operation is not None and operation.id in TAKES_DOCKER
    refused = 400 <= answer.status < 500 or (takes_docker and answer.status == 503)
    refused = refused and answer.is_problem
    return refused and 0 < len(answer.json["detail"]) <= LONGEST


def _state(server, names):
    """Read what the requests are about."""
    project = f"projects/{names['project_id']}"
    paths = ["me", "keys", project, f"{project}/members", "projects?limit=100"]
    prompt = f"prompts/{names['prompt_id']}"
    paths += [prompt, *(f"{prompt}/{part}" for part in ("versions", "labels", "comments"))]
    paths += [f"{prompt}/members", f"{prompt}/changes", "prompts?limit=100"]
    return [server.api("GET", path).json for path in paths]


@pytest.mark.parametrize(("token", "said"), [("", (401, "close")), (None, (200, None))])
def test_who_is_refused_before_their_body_is_read_hears_that_the_connection_ends(
    server, token, said
):
    """Else a proxy uses it again, and answers 503 to whom it gives it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    token = next(iter(server.tokens.values())) if token is None else token
    connection.request("GET", "/wove/api/me", headers={"Authorization": f"token {token}"})
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.getheader("Connection")) == said
