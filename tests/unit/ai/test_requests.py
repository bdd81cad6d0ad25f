"""What a request needs of a model is read off it, and what a model must not see is left out."""

import msgspec
import pytest

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
