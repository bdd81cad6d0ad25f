import io
import json
import logging
from contextvars import copy_context

import pytest

from jupyter_wove.kit import logs
from jupyter_wove.kit.correlation import caused_by

KEY = "wove_0123456789_" + "canary" * 6 + "ab"


@pytest.fixture
def stream():
    stream = io.StringIO()
    logs.configure("INFO", "json", stream)
    return stream


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_message_is_one_line_with_its_request(stream):
    with caused_by("click-0123"):
        logs.log("jupyter_wove.test").info("said", count=3)
    (line,) = lines(stream)
    assert (line["event"], line["count"], line["request_id"]) == ("said", 3, "click-0123")
    assert line["logger"] == "jupyter_wove.test"


def test_the_standard_way_to_log_is_written_the_same(stream):
    with caused_by("click-0123"):
        logging.getLogger("jupyter_wove.test").warning("%s failed", "it")
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["request_id"]) == (
        "it failed",
        "warning",
        "click-0123",
    )


def test_a_line_break_does_not_make_a_second_line(stream):
    logs.log("jupyter_wove.test").info("a\nb", name='x\r\n{"event": "forged"}')
    assert len(stream.getvalue().splitlines()) == 1


def test_a_line_break_does_not_make_a_second_line_for_eyes_either():
    stream = io.StringIO()
    logs.configure("INFO", "console", stream)
    logs.log("jupyter_wove.test").info("a\nb", name="x\n2026 [error] forged\x1b[31m\u2028é")
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()
    assert "é" in stream.getvalue()


def test_what_is_less_severe_is_not_written(stream):
    logs.log("jupyter_wove.test").debug("quiet")
    assert lines(stream) == []


def test_what_it_is_about_is_written_too_unless_the_message_says_otherwise(stream):
    def request():
        logs.bind(route="/a", actor="one")
        logs.bind(actor="two")
        logs.log("jupyter_wove.test").info("said")
        logging.getLogger("jupyter_wove.test").info("said")
        logs.log("jupyter_wove.test").info("said", actor="three")

    copy_context().run(request)
    logs.log("jupyter_wove.test").info("said")
    seen = [(line.get("route"), line.get("actor")) for line in lines(stream)]
    assert seen == [("/a", "two"), ("/a", "two"), ("/a", "three"), (None, None)]


def test_what_makes_lines_is_not_imported_before_there_is_one(run_python):
    run_python(
        """
        import sys
        from jupyter_wove.kit import logs
        logs.configure("INFO", "json")
        logs.log("jupyter_wove.test").debug("quiet")
        assert "structlog" not in sys.modules
        logs.log("jupyter_wove.test").info("said")
        assert "structlog" in sys.modules
        """
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"text": KEY},
        {"text": f"Authorization: Bearer {'canary'}"},
        {"text": "token canary"},
        {"text": "GET /api?token=canary&x=1"},
        {"text": "postgresql://wove:canary@db/wove"},
        {"secret": "canary"},
        {"api_key": "canary"},
        {"headers": {"Cookie": "canary", "Host": "localhost"}},
        {"many": ["x", {"password": "canary"}]},
        {"error": ValueError(f"wrong key {KEY}")},
    ],
)
def test_a_secret_is_written_nowhere(stream, fields):
    logs.log("jupyter_wove.test").error("failed", **fields)
    assert "[hidden]" in stream.getvalue()
    assert "canary" not in stream.getvalue()


def test_a_secret_in_an_exception_is_written_nowhere(stream):
    try:
        {}[f"Bearer {KEY}"]
    except KeyError:
        logs.log("jupyter_wove.test").exception("failed")
    assert "KeyError" in stream.getvalue()
    assert "canary" not in stream.getvalue()
