"""Functions, workers at the edge, and servers in Node.js are built and answer."""

import json

from jupyter_wove.deploy import detect
from tests.runner.building.conftest import Project

HANDLER = """
import base64, json
def handler(event, context):
    path = event["rawPath"]
    if path == "/boom":
        raise ValueError("the reason")
    if path == "/plain":
        return {"n": 1}
    if path == "/bytes":
        body = base64.b64encode(b"\\0\\1").decode()
        return {"statusCode": 200, "isBase64Encoded": True, "body": body}
    return {
        "statusCode": 201, "cookies": ["a=1", "b=2"], "headers": {"X-Way": "x\\r\\nEvil: 1"},
        "body": json.dumps({
            "method": event["requestContext"]["http"]["method"], "body": event.get("body"),
            "query": event["queryStringParameters"], "cookies": event["cookies"],
            "id": bool(context.aws_request_id),
        }),
    }
"""
WORKER = """
import { greet } from './greet.ts';
export default {
  async fetch(request, env) {
    return new Response(`${greet(env.NAME)} at ${new URL(request.url).pathname}`);
  },
};
"""
SERVER = """
const http = require('http');
http.createServer((request, response) => response.end('from node')).listen(process.env.PORT);
"""


def test_a_function_answers_over_http(runner):
    files = {"handler.py": HANDLER}
    with runner.served(runner.build(files).built, detect(Project(files))) as client:
        answer = client.post("/a%20b?x=1&x=2&y=", content=b"words", headers={"Cookie": "c=3; d=4"})
        assert answer.status_code == 201
        assert answer.json() == {
            "method": "POST", "body": "words", "query": {"x": "1,2", "y": ""},
            "cookies": ["c=3", "d=4"], "id": True,
        }  # fmt: skip
        assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
        assert "evil" not in answer.headers
        assert client.get("/plain").json() == {"n": 1}
        assert client.get("/bytes").content == b"\0\1"
        error = client.get("/boom")
        assert (error.status_code, error.json()["errorMessage"]) == (500, "the reason")
        assert client.get("/plain").status_code == 200


def test_a_worker_at_the_edge_answers(runner):
    files = {
        "wrangler.toml": 'main = "src/worker.ts"\n[vars]\nNAME = "Ada \\"L\\" \u00e9"',
        "src/worker.ts": WORKER,
        "src/greet.ts": "export const greet = (name: string): string => `Hello ${name}`;",
    }
    with runner.served(runner.build(files).built, detect(Project(files))) as client:
        assert client.get("/x").text == 'Hello Ada "L" \u00e9 at /x'


def test_a_server_in_node_answers(runner):
    package = {"scripts": {"start": "node s.js"}, "dependencies": {"express": "4"}}
    files = {"package.json": json.dumps(package), "s.js": SERVER}
    with runner.served(runner.build(files).built, detect(Project(files))) as client:
        assert client.get("/").text == "from node"


def test_a_site_is_built_by_node(runner):
    build = (
        "mkdir -p dist && node -e \"require('fs').writeFileSync('dist/index.html', '<p>made')\""
    )
    files = {"package.json": json.dumps({"scripts": {"build": build}})}
    outcome = runner.build(files)
    assert "made" in runner.page(outcome.built)
    assert outcome.built.image == ""
