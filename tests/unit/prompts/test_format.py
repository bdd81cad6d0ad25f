"""The file of a prompt: read, written, and refused with the line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.format import Message, body_of, messages_of, parse, write
from tests.unit.prompts.strategies import prompts, texts

CANONICAL = """\
---
name: explain-error
title: Explain an error
description: Says what went wrong, and why.
kind: prompt
inputs:
  cell:
    type: cell
  level:
    type: enum
    options:
      - beginner
      - expert
    default: beginner
route: fast
tools:
  - search
output:
  type: markdown
tests:
  - vars:
      level: expert
    assert:
      - type: contains
        value: because
license: CC-BY-4.0
use_cases:
  - debugging
stack:
  - pandas
argument-hint: a cell
x-mine:
  b: 1
  a:
    - 1.5
    - 'true'
    - true
    - null
---
# Why?

{{cell.error}} for a {{level}}
"""


def test_a_file_is_read():
    prompt = parse(CANONICAL)
    assert prompt.header.name == "explain-error"
    assert prompt.header.inputs["level"].options == ["beginner", "expert"]
    assert not prompt.header.inputs["level"].is_required
    assert prompt.header.inputs["cell"].is_required
    assert prompt.body.startswith("# Why?")


def test_a_file_in_its_usual_form_is_written_as_it_was():
    assert write(parse(CANONICAL)) == CANONICAL


def test_settings_that_wove_does_not_know_keep_their_order_and_value():
    prompt = parse(CANONICAL)
    assert list(prompt.settings)[-2:] == ["argument-hint", "x-mine"]
    assert list(prompt.settings["x-mine"].items()) == [("b", 1), ("a", [1.5, "true", True, None])]


@settings(max_examples=300, deadline=None)
@given(prompts)
def test_whatever_is_written_is_read_as_the_same(prompt):
    written = write(prompt)
    assert parse(written) == prompt
    assert list(parse(written).settings) == list(prompt.settings)
    assert write(parse(written)) == written


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_line(text):
    for file in (text, f"---\n{text}\n---\n", f"---\nname: a\n{text}\n---\n"):
        try:
            prompt = parse(file)
        except InvalidRequest as error:
            assert str(error).startswith("Line ")
        else:
            assert parse(write(prompt)) == prompt


@pytest.mark.parametrize(
    ("front", "line", "says"),
    [
        ("", 1, "name"),
        ("name: A B", 2, "name"),
        ("name: a\nname: b", 3, "twice"),
        ("name: a\nkind: song", 3, "kind"),
        ("name: a\ninputs:\n  x:\n    type: song", 5, "inputs.x.type"),
        ("name: a\ninputs:\n  x:\n    type: enum", 4, "options"),
        ("name: a\ninputs:\n  '1 2': {}", 4, "inputs.1 2"),
        ("name: a\ntags: [a, '']", 3, "tags.1"),
        ("name: a\nx: &a [1]\ny: *a", 3, "anchors"),
        ("name: a\nx: !!python/object/apply:os.system [ls]", 3, "tags like"),
        ("name: a\n? [1]\n: b", 3, "key"),
        ("name: a\nx: [1", 4, "not YAML"),
        ("name: a\nx: " + "[" * 100, 3, "nested too deeply"),
        ("- a", 2, "name: value"),
        ("name: a\nx: " + "y" * 70_000, 2, "longer than"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(front, line, says):
    with pytest.raises(InvalidRequest) as refused:
        parse(f"---\n{front}\n---\nbody")
    assert str(refused.value).startswith(f"Line {line}: ")
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [("Hello", "Line 1: a prompt begins"), ("---\nname: a\n", "Line 1: the settings are not")],
)
def test_a_file_without_settings_is_no_prompt(text, says):
    with pytest.raises(InvalidRequest, match=says):
        parse(text)


def test_a_control_character_is_refused():
    with pytest.raises(InvalidRequest, match="Line 4"):
        parse("---\nname: a\n---\n\x00")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("2026-01-01", "2026-01-01"),
        ("012", "012"),
        ("1:30", "1:30"),
        (".inf", ".inf"),
        ("1.0e+400", "1.0e+400"),
        ("0x10", "0x10"),
        ("1" * 400, "1" * 400),
        ("12", 12),
        ("-1.5", -1.5),
    ],
)
def test_a_value_means_what_it_says(written, value):
    assert parse(f"---\nname: a\nx: {written}\n---\n").settings["x"] == value


def test_files_of_windows_are_read():
    assert parse("\ufeff---\r\nname: a\r\n---\r\nHi\r\n").body == "Hi\n"


def test_a_body_says_who_speaks():
    body = "<!-- system -->\nBe kind.\n<!-- messages: history -->\n<!-- user -->\n{{question}}\n"
    assert messages_of(body) == [
        Message("system", "Be kind."),
        Message("messages", "history"),
        Message("user", "{{question}}\n"),
    ]
    assert messages_of("Hello") == [Message("user", "Hello")]


roles = st.sampled_from(["system", "user", "assistant"])


@settings(deadline=None)
@given(st.lists(st.builds(Message, roles, texts), min_size=1, max_size=5))
def test_messages_are_read_as_they_were_written(messages):
    assert messages_of(body_of(messages)) == messages
