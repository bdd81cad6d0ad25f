"""What a request needs of a model is read off it, and what a model must not see is left out."""

import inspect
import json
import textwrap

import msgspec
import pytest

from jupyter_wove.ai.tokens import estimate
from jupyter_wove.ai.wire import read
from jupyter_wove.kit.errors import BadRequest, InvalidRequest

WORDS = {"role": "user", "content": "How are you?"}
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}


def request(**fields):
    return read(msgspec.json.encode({"model": "smart", "messages": [WORDS]} | fields))


def test_the_model_gets_what_was_asked_and_nothing_of_ours():
    found = request(temperature=0.5, user="ann@example.org", wove={"purpose": "test"}, stream=True)
    assert found.body == {"messages": [WORDS], "temperature": 0.5}
    assert (found.model, found.streams, found.account.purpose) == ("smart", True, "test")


@pytest.mark.parametrize(
    ("fields", "features"),
    [
        ({}, set()),
        ({"tools": [{"type": "function"}]}, {"tools"}),
        ({"messages": [{"role": "user", "content": [PICTURE]}]}, {"vision"}),
        ({"response_format": {"type": "json_object"}}, {"json"}),
    ],
)
def test_what_it_needs_is_seen(fields, features):
    assert request(**fields).need.features == features


def test_all_that_the_model_reads_is_counted():
    words = request().need.tokens
    long = request(messages=[WORDS, {"role": "assistant", "content": "word " * 1_000}])
    tools = request(tools=[{"type": "function", "function": {"description": "word " * 1_000}}])
    assert words < 20
    assert 1_000 < long.need.tokens < 1_500
    assert 1_000 < tools.need.tokens < 1_500
    assert request(max_tokens=7).need.output == 7


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b'{"model": "a"}', b'{"model": "a", "messages": 3}']
)
def test_what_is_no_request_is_refused(content):
    with pytest.raises((BadRequest, InvalidRequest)):
        read(content)


TABLE = "".join(f"{n:>4}  {n * 1.37 % 9:8.4f}  {n * 7.91 % 100:9.5f}\n" for n in range(60))
RECORDS = json.dumps([{"cell_type": "code", "execution_count": n} for n in range(40)])
CHINESE = "\u6211\u4eec\u5728\u8bb0\u4e8b\u672c\u91cc\u4e00\u8d77\u5de5\u4f5c" * 20


@pytest.mark.parametrize(
    ("text", "per_token"),  # characters, as measured with o200k on texts of each kind
    [
        pytest.param(inspect.getsource(textwrap), 4.3, id="python"),
        pytest.param(RECORDS, 3.4, id="json"),
        pytest.param(TABLE, 1.7, id="table"),
        pytest.param(
            "\u6211\u4eec\u5728\u8bb0\u4e8b\u672c\u91cc\u4e00\u8d77\u5de5\u4f5c" * 20,
            1.5,
            id="chinese",
        ),
    ],
)
def test_an_estimate_is_near_what_is_counted(text, per_token):
    assert estimate(text) == pytest.approx(len(text) / per_token, rel=0.25)


def test_nothing_has_no_tokens():
    assert estimate("") == 0
