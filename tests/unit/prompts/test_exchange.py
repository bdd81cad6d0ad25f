"""Prompts of others, there and back again: nothing is lost in either direction."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.load import dumps, loads
from langchain_core.prompts import ChatPromptTemplate, MessagesPlaceholder

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.exchange import FORMATS, exported, imported
from jupyter_wove.prompts.exchange.crossing import parted
from jupyter_wove.prompts.exchange.remainders import remainder, restored, same
from jupyter_wove.prompts.format import Message, messages_of, parse, prompt_of, write
from jupyter_wove.prompts.templates import parsed
from tests.unit.prompts.strategies import prompts, texts, values

pytestmark = pytest.mark.filterwarnings("ignore:The function `loads` is in beta")
SAMPLES = Path(__file__).parent / "samples"
FILES = {
    "review.prompt.md": "copilot",
    "SKILL.md": "skill",
    "langfuse-text.json": "langfuse",
    "langfuse-chat.json": "langfuse",
    "promptfoo.yaml": "promptfoo",
}
CHAT = ChatPromptTemplate.from_messages(
    [
        ("system", "You are {{literal}} and teach {subject} in {{{language}}}."),
        MessagesPlaceholder("history", optional=True),
        ("human", "{question}"),
        ("ai", "Well: {number:.2f}"),
    ]
).partial(language="French")
MUSTACHE = ChatPromptTemplate.from_messages(
    [("system", "{{#hints}}{{.}}{{/hints}}{a}"), ("human", "{{{question}}}")],
    template_format="mustache",
)
trees = st.dictionaries(texts, values, max_size=4)


def stored(prompt):
    """Have a prompt go through its own file."""
    return parse(write(prompt))


def without_ours(form, text):
    """Read a file of theirs, but for what is only for us."""
    return parted(FORMATS[form], FORMATS[form].read(text))[0]


@settings(deadline=None)
@given(trees, trees)
def test_a_whole_is_its_part_and_what_is_left(whole, part):
    assert same(restored(part, remainder(whole, part)), whole)


@settings(deadline=None)
@given(trees, trees, trees)
def test_what_somebody_changed_is_not_undone(whole, part, change):
    back = restored(part | change, remainder(whole, part))
    changed = {key for key in change if key not in part or not same(change[key], part[key])}
    for key in changed:
        if not isinstance(change[key], dict):
            assert same(back[key], change[key])


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=150, deadline=None)
@given(prompts)
def test_what_leaves_comes_back_the_same(form, prompt):
    text = exported(form, prompt)
    back = imported(form, text)
    assert same(back.settings, prompt.settings)
    assert back.body == prompt.body


def read(form, text):
    return FORMATS[form].read(text)


@pytest.mark.parametrize(("name", "form"), FILES.items())
def test_what_others_wrote_goes_back_to_them_the_same(name, form):
    text = (SAMPLES / name).read_text()
    prompt = stored(imported(form, text, "sample"))
    assert parsed(prompt.body)
    assert same(without_ours(form, exported(form, prompt)), read(form, text))


config = st.fixed_dictionaries(
    {"name": texts, "prompt": texts.filter(lambda text: "\0" not in text)},
    optional={
        "type": st.sampled_from(["text", None]),
        "config": st.none() | trees,
        "tags": st.none() | st.lists(texts, max_size=2),
        "labels": st.lists(texts, max_size=2),
        "version": st.integers(1, 9),
    },
)


@settings(max_examples=150, deadline=None)
@given(config)
def test_any_prompt_of_langfuse_goes_back_the_same(tree):
    text = json.dumps(tree)
    back = exported("langfuse", stored(imported("langfuse", text)))
    assert same(without_ours("langfuse", back), tree)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(texts, values, max_size=3), texts)
def test_any_prompt_file_goes_back_the_same(front, body):
    text = FORMATS["copilot"].write({"front": front, "body": body})
    back = exported("copilot", stored(imported("copilot", text)))
    assert same(without_ours("copilot", back), read("copilot", text))


@pytest.mark.parametrize("template", [CHAT, MUSTACHE], ids=["f-string", "mustache"])
def test_a_template_of_langchain_goes_back_the_same(template):
    prompt = stored(imported("langchain", dumps(template), "chat"))
    back = exported("langchain", prompt)
    assert loads(back, allowed_objects="core").messages == template.messages
    tree = json.loads(back)
    tree["kwargs"].pop("metadata", None)
    assert same(tree, json.loads(dumps(template)))


@settings(deadline=None)
@given(st.text("{}ab $", max_size=20), st.text("{}ab $", max_size=20))
def test_braces_of_f_strings_are_kept(before, after):
    literal = (before.replace("{", "{{").replace("}", "}}"), after)
    text = literal[0] + "{x}" + literal[1].replace("{", "{{").replace("}", "}}")
    template = ChatPromptTemplate.from_messages([("human", text), ("ai", "ok")])
    back = loads(
        exported("langchain", stored(imported("langchain", dumps(template)))),
        allowed_objects="core",
    )
    assert back.invoke({"x": "1"}).messages == template.invoke({"x": "1"}).messages


def test_langchain_renders_what_is_exported():
    prompt = prompt_of({"name": "a"}, "<!-- system -->\nBe {{how}} {a}.\n<!-- user -->\n{{q}}?")
    template = loads(exported("langchain", prompt), allowed_objects="core")
    said = template.invoke({"how": "kind", "q": "Why"}).messages
    assert [each.content for each in said] == ["Be kind {a}.", "Why?"]


def test_inputs_of_copilot_are_ours():
    prompt = imported("copilot", (SAMPLES / "review.prompt.md").read_text())
    assert (prompt.header.name, prompt.header.title) == ("review-a-notebook", "Review a notebook")
    assert prompt.header.inputs["selection"].type == "selection"
    assert prompt.settings["inputs"]["strictness"]["placeholder"] == "strict or kind"
    assert "{{language}}" in prompt.body


def test_what_was_changed_here_is_exported_changed():
    prompt = imported("copilot", (SAMPLES / "review.prompt.md").read_text())
    changed = prompt_of(prompt.settings | {"description": "New"}, "Look at {{file}}.\n")
    front, body = (
        yaml.safe_load(exported("copilot", changed).split("---")[1]),
        "Look at ${file}.\n",
    )
    assert front["description"] == "New"
    assert front["name"] == "Review a notebook"
    assert exported("copilot", changed).endswith(body)


def test_what_was_changed_there_is_imported_changed():
    prompt = prompt_of({"name": "a", "tags": ["x"], "route": "fast"}, "{{#a}}b{{/a}} {{c}}")
    tree = json.loads(exported("langfuse", prompt)) | {"prompt": "Hello {{you}}"}
    back = imported("langfuse", json.dumps(tree))
    assert back.body == "Hello {{you}}"
    assert back.settings["route"] == "fast"


def test_a_chat_is_a_chat_everywhere():
    body = "<!-- system -->\nBe kind.\n<!-- user -->\n{{question}}"
    prompt = prompt_of({"name": "chat"}, body)
    said = [Message("system", "Be kind."), Message("user", "{{question}}")]
    for form in ("langfuse", "langchain", "promptfoo"):
        assert messages_of(imported(form, exported(form, prompt)).body) == said
    assert json.loads(exported("langfuse", prompt))["prompt"][0]["role"] == "system"


@pytest.mark.parametrize(
    ("form", "text", "says"),
    [
        ("langfuse", "{", "not JSON"),
        ("langfuse", "[]", "JSON object"),
        ("langfuse", "{}", "in `prompt`"),
        ("langfuse", '{"prompt": "a", "x": ' + "[" * 100 + "]" * 100 + "}", "too deeply"),
        ("langfuse", '{"prompt": "a\\u0000"}', "NUL"),
        ("langchain", '{"id": ["os", "system"]}', "no ChatPromptTemplate"),
        ("promptfoo", "prompts: file://a.txt", "in another file"),
        ("promptfoo", "prompts: 1", "in `prompts`"),
        ("promptfoo", "a: &a 1\nb: *a", "anchors"),
        ("copilot", "---\nname: a", "not closed"),
    ],
)
def test_what_cannot_be_read_is_refused(form, text, says):
    with pytest.raises(InvalidRequest, match=says):
        imported(form, text)


def test_templates_that_run_code_are_refused():
    tree = json.loads(dumps(CHAT))
    tree["kwargs"]["messages"][0]["kwargs"]["prompt"]["kwargs"]["template_format"] = "jinja2"
    with pytest.raises(InvalidRequest, match="can run code"):
        imported("langchain", json.dumps(tree))


KEYS = "prompt role content type name kwargs messages id prompts front body settings added absent"
KEYS += " within instead ours theirs x-wove config metadata template variable_name raw made"
odd = st.recursive(
    st.none() | st.integers(-5, 5) | st.sampled_from(["", "x", "{{x}}", "{x}", "chat", "user"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["x-wove", "config", "metadata", "kwargs"]), odd), odd)
def test_whatever_somebody_wrote_is_read_or_refused(form, more, part):
    samples = {"langfuse": {"prompt": part}, "promptfoo": {"prompts": part, "tests": part}}
    samples |= {"langchain": {"id": ["ChatPromptTemplate"], "kwargs": {"messages": [part]}}}
    tree = samples.get(form, {}) | more
    text = FORMATS[form].write(tree if form in samples else {"front": tree, "body": "x"})
    try:
        prompt = stored(imported(form, text))
    except InvalidRequest:
        return
    assert same(imported(form, exported(form, prompt)).settings, prompt.settings)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=200, deadline=None)
@given(odd)
def test_whatever_somebody_wrote_beside_is_taken_along_or_refused(form, rest):
    prompt = prompt_of({"name": "a", f"x-{form}": rest, "tags": ["b"]}, "{{x}}")
    try:
        back = imported(form, exported(form, prompt))
    except InvalidRequest:
        return
    assert same(back.settings, prompt.settings)
