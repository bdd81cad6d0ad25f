"""Evaluations from a kernel: versions and models on rows of data, graded, kept, and paid for."""

import json
import os
import signal
import threading
import time

import pytest
from jupyter_client.manager import start_new_kernel

from jupyter_wove.ai.scripted import Fault, Reply, serving
from tests.reliability.server import Server
from tests.reliability.test_chats import deployment

PROMPT = """\
---
name: capital
inputs:
  country: {{type: string, required: true}}
---
{} of {{{{country}}}}?
"""
RUBRIC = """\
---
name: named
kind: rubric
inputs:
  country: {type: string, required: true}
---
Names the capital of {{country}}, and nothing else.
"""
ROWS = [
    {"country": "France", "expected": "Paris"},
    {"country": "Peru", "expected": "Lima"},
    {"country": "Japan", "expected": "Tokyo"},
    {"country": "Kenya", "expected": "Nairobi"},
    {"country": "Chile", "expected": "Santiago"},
]
KNOWN = {each["country"]: each["expected"] for each in ROWS}
PRICED = {"price": {"input": "1", "output": "2"}}


@pytest.fixture(scope="module")
def model():
    with serving() as (url, server):
        server.url = url
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory, model):
    settings = {"Wove": {"ai_deployments": [deployment(model, is_local=True, **PRICED)]}}
    server = Server(tmp_path_factory.mktemp("evaluations") / "server", "Ann", settings=settings)
    server.start()
    made = server.api("POST", "prompts", {"file": PROMPT.format("The capital")}).json
    server.prompt = f"prompts/{made['id']}"
    body = {"file": PROMPT.format("Just the name of the capital")}
    assert server.api("POST", f"{server.prompt}/versions", body).status == 201
    yield server
    server.kill()


@pytest.fixture(scope="module")
def kernel(server):
    """A kernel with a key; run code in it, and read what the last line is as JSON."""
    scopes = ["ai:use", "prompts:read", "prompts:write"]
    key = server.api("POST", "keys", {"name": "k", "scopes": scopes, "days": 1}).json["secret"]
    manager, client = start_new_kernel()
    url = f"http://127.0.0.1:{server.port}"

    def run(code):
        texts = []

        def note(message):
            if message["msg_type"] in {"stream", "error"}:
                content = message["content"]
                texts.append(content.get("text") or f"{content['ename']}: {content['evalue']}")

        client.execute_interactive(code, timeout=60, output_hook=note)
        return "".join(texts)

    run(f"import os, json; os.environ.update(WOVE_URL={url!r}, WOVE_API_KEY={key!r})")
    run("from jupyter_wove_kernels.evaluations import *")
    run(f"rows = {ROWS!r}")
    run.manager = manager
    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def answer(asked):
    """Know the capitals; the first version of the prompt makes it chat about Chile."""
    country = asked.last.rpartition(" of ")[2].rstrip("?\n")
    chats = country == "Chile" and not asked.last.startswith("Just")
    return Reply(pieces=["Well, it is a long country." if chats else f"{KNOWN[country]}."])


def test_two_versions_are_compared_and_what_came_is_kept_with_its_cost(kernel, server, model):
    model.script = answer
    code = "found = evaluate('ann/capital', rows, [contains()], versions=['1.0.0', 'latest'])"
    assert kernel(code) == ""
    first, second = json.loads(kernel("print(json.dumps(found.summary['scores']))"))
    assert (first["mean"], second["mean"], second["missing"]) == (0.8, 1.0, 0)
    (kept,) = server.api("GET", f"{server.prompt}/evaluations").json["items"]
    assert kept["scores"] == [first, second]
    assert (kept["rows"], kept["graders"]) == (5, ["contains expected"])
    spent = server.api("GET", "ai/usage", query={"group_by": "purpose"}).json["groups"]
    (mine,) = [each["spent"] for each in spent if each["key"] == "evaluation"]
    assert float(first["dollars"]) + float(second["dollars"]) == pytest.approx(
        float(mine["dollars"])
    )
    assert float(mine["dollars"]) > 0
    assert "1.1.0 less 1.0.0 with scripted: +20% on 5 rows" in kernel("print(found)")
    assert kernel("print(found.records()[0]['answer'])") == "Paris.\n"


def test_an_answer_that_fails_is_no_wrong_answer(kernel, server, model):
    def script(asked):
        return (
            Reply(fault=Fault.BAD_REQUEST, problem="Not about Peru.")
            if "Peru" in asked.last
            else answer(asked)
        )

    model.script = script
    kernel("found = evaluate('ann/capital', rows, [contains()])")
    score = json.loads(kernel("print(json.dumps(found.summary['scores'][0]))"))
    assert (score["graded"], score["missing"], score["mean"]) == (4, 1, 1.0)
    assert "1 without a score" in kernel("print(found)")


def test_a_model_judges_and_no_verdict_is_no_grade(kernel, server, model):
    def script(asked):
        if "Judge an answer" not in asked.last:
            return answer(asked)
        said = {"Paris": "Fine.\nVERDICT: PASS", "Lima": "Bad.\nVERDICT: FAIL"}
        found = (verdict for city, verdict in said.items() if city in asked.last)
        return Reply(pieces=[next(found, "Who knows? VERDICT: PASS it seems")])

    model.script = script
    kernel("found = evaluate('ann/capital', rows, [judged('It is short.')])")
    said = json.loads(kernel("print(json.dumps([each.score for each in found.cells]))"))
    assert said == [1.0, 0.0, None, None, None]


def test_a_rubric_of_the_library_judges_and_stays_the_version_that_it_was(kernel, server, model):
    def script(asked):
        if "Judge an answer" not in asked.last:
            return answer(asked)
        judged.append(asked.last)
        verdict = "PASS" if "the capital of Peru" in asked.last else "FAIL"
        return Reply(pieces=[f"VERDICT: {verdict}"])

    judged = []
    model.script = script
    made = server.api("POST", "prompts", {"file": RUBRIC}).json["id"]
    kernel("named = judged_by('ann/named@^1')")
    newer = {"file": RUBRIC.replace("Names", "Shouts")}
    assert server.api("POST", f"prompts/{made}/versions", newer).status == 201
    kernel("found = evaluate('ann/capital', rows[:2], [named])")
    assert kernel("print([each.score for each in found.cells], named.name)") == (
        "[0.0, 1.0] judged by ann/named@1.0.0\n"
    )
    assert all("Names the capital" in each and "Shouts" not in each for each in judged)
    assert "ann/capital is no rubric" in kernel("judged_by('ann/capital')")


def test_graders_of_all_kinds(kernel, model):
    model.script = lambda asked: Reply(pieces=['Here:\n```json\n{"city": "Lima"}\n```'])
    schema = {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}
    kernel(
        f"found = evaluate('ann/capital', rows[:1], [follows({schema!r}), matches('L.ma'),"
        " equals(), graded_by(lambda said, row: len(row['country']) / 10, 'length')])"
    )
    grades = json.loads(kernel("print(json.dumps(found.cells[0].grades))"))
    assert list(grades.values()) == [1.0, 1.0, 0.0, 0.6]


def test_tests_run_what_a_model_wrote_only_if_somebody_says_so(kernel, model, tmp_path):
    leak = tmp_path / "leak"
    code = (
        f"import os\ndef f(x): return x * 2\nopen({str(leak)!r}, 'w').write(str(dict(os.environ)))"
    )
    model.script = lambda asked: Reply(pieces=[f"```python\n{code}\n```"])
    assert "Tests run what a model wrote" in kernel("passes('assert f(2) == 4')")
    assert not leak.exists()
    right = "[passes('assert f(2) == 4', trusted=True), passes('assert f(2) == 5', trusted=True)]"
    kernel(f"found = evaluate('ann/capital', rows[:1], {right})")
    assert kernel("print(found.cells[0].score)") == "0.5\n"
    assert "wove_" not in leak.read_text()


def test_who_stops_it_keeps_what_there_is(kernel, server, model):
    stopping = threading.Event()

    def script(asked):
        if "Kenya" in asked.last:
            stopping.set()
            time.sleep(1)
        return answer(asked)

    def stop():
        stopping.wait(30)
        os.kill(kernel.manager.provisioner.pid, signal.SIGINT)

    model.script = script
    threading.Thread(target=stop).start()
    kernel("found = evaluate('ann/capital', rows, [contains()], at_once=1)")
    score = json.loads(kernel("print(json.dumps(found.summary['scores'][0]))"))
    assert (score["graded"], score["missing"]) == (4, 1)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("evaluate('ann/capital', [], [contains()])", "Give between 1 and 500 rows"),
        ("evaluate('capital', rows, [contains()])", "Name the prompt with its owner"),
        ("evaluate('ann/capital', rows, [contains()], versions=['9'])", "There is no version"),
        ("evaluate('ann/capital', rows, [])", "length >= 1"),
    ],
)
def test_what_is_wrong_is_said_before_anybody_is_asked(kernel, model, code, said):
    before = len(model.asked)
    assert said in kernel(code)
    assert len(model.asked) == before
