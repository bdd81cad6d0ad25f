"""Models, asked from a kernel: with a key of a person's own, and a prompt of the library."""

import sqlite3

import pytest
from jupyter_client.manager import start_new_kernel

from jupyter_wove.ai.scripted import Fault, Reply, serving
from tests.reliability.server import Server
from tests.reliability.test_chats import deployment

ANSWER = "application/vnd.wove.answer+markdown"
PROMPT = """\
---
name: explain
description: Explains data.
inputs:
  language: {type: string, required: true}
  df: {type: dataframe, required: true}
---
Explain in {{language}} what this is:
{{df | schema}}
"""


@pytest.fixture(scope="module")
def model():
    with serving() as (url, server):
        server.url = url
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory, model):
    settings = {"Wove": {"ai_deployments": [deployment(model, is_local=True)]}}
    server = Server(tmp_path_factory.mktemp("magics") / "server", "Ann", settings=settings)
    server.start()
    server.prompt = server.api("POST", "prompts", {"file": PROMPT}).json["id"]
    yield server
    server.kill()


@pytest.fixture(scope="module")
def kernel(server):
    """A kernel with the magics; run code in it, and read what it showed and complained of."""
    body = {"name": "kernel", "scopes": ["ai:use", "prompts:read"], "days": 1}
    made = server.api("POST", "keys", body).json
    manager, client = start_new_kernel()
    url = f"http://127.0.0.1:{server.port}"

    def run(code):
        shown = []

        def note(message):
            if message["msg_type"] in {"display_data", "update_display_data", "error", "stream"}:
                shown.append(message["content"])

        client.execute_interactive(code, timeout=60, output_hook=note)
        return shown

    run(f"import os; os.environ.update(WOVE_URL={url!r}, WOVE_API_KEY={made['secret']!r})")
    run("%load_ext jupyter_wove_kernels")
    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_question_is_answered_and_a_variable_said(kernel, model):
    model.script = lambda asked: Reply(pieces=["It is ", "**high**."])
    kernel("height = 12")
    shown = kernel("%wove ask How high is {height} m?")
    assert shown[-1].get("data") == {"text/plain": "It is **high**.", ANSWER: "It is **high**."}, (
        shown
    )
    assert model.asked[-1].last == "How high is 12 m?"


def test_a_question_of_many_lines(kernel, model):
    model.script = lambda asked: Reply(pieces=["Yes."])
    kernel("%%wove ask --model scripted\nIs this\nlong?")
    assert model.asked[-1].last == "Is this\nlong?"


def test_a_prompt_gets_values_and_views_and_never_what_a_frame_holds(kernel, model):
    model.script = lambda asked: Reply(pieces=["Of waves."])
    kernel("class Frame:\n    columns, dtypes, shape = ['height'], ['float64'], (3, 1)")
    shown = kernel("%%wove prompt ann/explain\nlanguage = 'French'\ndf = Frame()")
    assert shown[-1]["data"]["text/plain"] == "Of waves.", shown
    assert model.asked[-1].last == "Explain in French what this is:\nheight: float64\n"


def test_an_answer_with_a_prompt_is_an_outcome_of_its_version(kernel, server, model):
    def answers():
        versions = server.api("GET", f"prompts/{server.prompt}/outcomes").json["versions"]
        return {each["number"]: each["mine"] for each in versions}

    model.script = lambda asked: Reply(pieces=["Of waves."])
    before = answers().get("1.0.0", {"answers": 0, "tokens": 0})
    kernel("%%wove prompt ann/explain@^1\nlanguage = 'French'\ndf = [1]")
    after = answers()["1.0.0"]
    assert after["answers"] == before["answers"] + 1
    assert after["tokens"] > before["tokens"]
    kernel("%%wove prompt --model none ann/explain\nlanguage = 'French'\ndf = [1]")
    assert answers()["1.0.0"]["answers"] == after["answers"]
    with sqlite3.connect(server.data / "wove.db") as database:
        (named,) = database.execute("SELECT prompt FROM ai_attempt ORDER BY at DESC").fetchone()
    assert named == "ann/explain@1.0.0"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("%wove ask --model none Hello", "There is no model none"),
        ("%%wove prompt nobody/nothing\nx = 1", "There is no"),
        ("%wove prompt explain", "Name the prompt with its owner"),
        ("import os; del os.environ['WOVE_API_KEY']\n%wove models", "Say which server to ask"),
    ],
)
def test_what_goes_wrong_is_said_in_words(kernel, code, said):
    shown = kernel(f"import os; kept = dict(os.environ)\n{code}" if "%%" not in code else code)
    kernel("os.environ.update(kept)" if "%%" not in code else "1")
    assert said in str(shown), shown
    assert "Traceback" not in str(shown)


def test_an_answer_that_ends_early_says_so(kernel, model):
    model.script = lambda asked: Reply(pieces=["Once "] * 9, fault=Fault.CUT)
    shown = kernel("%wove ask Tell me.")
    assert "Once" in shown[-2]["data"]["text/plain"] or "Once" in str(shown)
    assert "UsageError" in str(shown)


def test_a_form_shows_what_is_said_and_what_it_takes_before_it_asks(kernel, model):
    model.script = lambda asked: Reply(pieces=["Three by two."])
    kernel("class Table:\n    shape = (3, 2)\ntable = Table()")
    kernel("form = get_ipython().run_line_magic('wove', 'form ann/explain')")
    unfilled = kernel("print(form.send.disabled, form.cost.value)")[-1]["text"]
    assert unfilled.startswith("True")
    assert "language" in unfilled or "df" in unfilled
    kernel("form.inputs['language'].value = 'German'\nform.inputs['df'].value = 'tabel'")
    assert "no tabel" in kernel("print(form.cost.value)")[-1]["text"]
    kernel("form.inputs['df'].value = 'table'")
    said = kernel("print(form.preview.value, form.cost.value, form.send.disabled)")[-1]["text"]
    assert "user: Explain in German what this is:\nTable (3, 2)" in said
    assert "scripted: about" in said
    assert "$0.0000 to read it False" in said
    shown = kernel("form._show = lambda pieces: print('Answer:', ''.join(pieces))\nform.ask()")
    assert "Explain in German" in model.asked[-1].last
    told = str(shown) + kernel("print('It is', form.answer.outputs)")[-1]["text"]
    assert "Answer: Three by two." in told
