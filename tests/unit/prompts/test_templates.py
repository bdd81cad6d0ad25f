"""Templates: values come out as they went in, and nothing runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.kit.errors import InvalidRequest, TooLarge
from jupyter_wove.prompts.format import Input
from jupyter_wove.prompts.templates import Found, escaped, put_together, render
from tests.unit.prompts.strategies import texts


def part(body, inputs=None, library=None):
    """Put a template together; what it includes is in the library, by name."""

    def find(name):
        if name not in (library or {}):
            raise InvalidRequest(f"There is no prompt {name}.")
        return Found(name, library[name], {}, find)

    return put_together(Found("it", body, inputs or {}, find))


def rendered(body, values=None, views=None, **named):
    return render(part(body, **named), values or {}, views)


@pytest.mark.parametrize(
    ("body", "values", "text"),
    [
        ("Hello {{name}}!", {"name": "Ann"}, "Hello Ann!"),
        ("{{ cell.error.name }}", {"cell": {"error": {"name": "KeyError"}}}, "KeyError"),
        ("{{cell.nothing}}.", {"cell": {}}, "."),
        ("{{n}} {{yes}} {{list}}", {"n": 1.5, "yes": True, "list": [1, "a"]}, '1.5 true [1,"a"]'),
        ("{{#x}}some{{/x}}{{^x}}none{{/x}}", {"x": "y"}, "some"),
        ("{{#x}}some{{/x}}{{^x}}none{{/x}}", {}, "none"),
        ("{{#x}}some{{/x}}{{^x}}none{{/x}}", {"x": []}, "none"),
        ("{{#x}}{{.}}{{/x}}", {"x": 0}, "0"),
        ("{{#x}}{{.}},{{/x}}", {"x": [1, 2]}, "1,2,"),
        ("{{#x}}{{a}}{{b}} {{/x}}", {"x": [{"a": 1}, {"a": 2}], "b": "!"}, "1! 2! "),
        ("a\n{{#x}}\nb\n{{/x}}\nc", {"x": True}, "a\nb\nc"),
        ("a\n  {{! a note }}  \nb", {}, "a\nb"),
        ("a {{! a note }} b", {}, "a  b"),
        (r"\frac{{{x}}}{2}", {"x": 1}, r"\frac{1}{2}"),
        ('{{"{{"}}x}} {{"{{{"}}', {}, "{{x}} {{{"),
    ],
)
def test_a_template_is_rendered(body, values, text):
    assert rendered(body, values) == text


@settings(deadline=None)
@given(st.text() | texts, st.text() | texts)
def test_a_value_comes_out_as_it_went_in(value, other):
    hostile = "{{x}}{{#x}}{{> it}}{{/x}}" + value
    assert rendered("<{{x}}|{{y}}>", {"x": hostile, "y": other}) == f"<{hostile}|{other}>"
    assert rendered("{{#l}}{{.}}{{/l}}", {"l": [hostile]}) == hostile
    assert rendered("{{x | head}}", {"x": ""}, {"x": {"head": hostile}}) == hostile


@settings(deadline=None)
@given(texts | st.text('{}"x #/^>!|\n'))
def test_an_escaped_text_says_itself(text):
    assert rendered(escaped(text)) == text
    assert rendered(escaped(text) + "{{x}}" + escaped(text), {"x": "1"}) == f"{text}1{text}"


@settings(deadline=None)
@given(st.text('{}"x #/^>!|\n.@'))
def test_any_text_is_a_template_or_is_refused_with_its_line(body):
    try:
        part(body, library={"x": "y"})
    except InvalidRequest as error:
        assert str(error).startswith(("Line ", "There is no prompt"))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("a\n{{x", "Line 2 of the text: `{{` is not closed"),
        ("a\n{{x y}}", "Line 2 of the text: {{x y}} is no value"),
        ("{{x()}}", "is no value"),
        ("{{x.__class__.__init__.__globals__.a.b.c.d.e}}", "is no value"),
        ("{{#x}}", "the section x is not closed"),
        ("{{/x}}", "ends where it did not begin"),
        ("{{#x}}{{#y}}{{/x}}{{/y}}", "ends where it did not begin"),
        ("{{> ../secret}}", "names no prompt"),
        ("{{#x}}" * 30, "nested too deeply"),
        ("{{x}}" * 6000, "more than 5000 tags"),
    ],
)
def test_what_is_wrong_is_said(body, says):
    with pytest.raises(InvalidRequest) as refused:
        part(body)
    assert says in str(refused.value)


def test_what_is_missing_is_named():
    inputs = {"x": Input(), "y": Input(), "z": Input(required=False), "d": Input(default="1")}
    with pytest.raises(InvalidRequest, match=r"Give a value for x, y, other\."):
        rendered("{{x}}{{y}}{{z}}{{d}}{{other}}{{#maybe}}{{item}}{{/maybe}}", inputs=inputs)


def test_a_default_stands_in():
    assert rendered("{{d}}", inputs={"d": Input(default="1")}) == "1"


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (Input("number"), "1", "give a number"),
        (Input("number"), True, "give a number"),
        (Input("enum", options=["a", "b"]), "c", "choose one of a, b"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(kind, value, says):
    with pytest.raises(InvalidRequest, match=says):
        rendered("{{x}}", {"x": value}, inputs={"x": kind})


def test_a_view_is_looked_up_in_what_the_caller_gives():
    assert rendered("{{df | schema}}", {}, {"df": {"schema": "a: int64"}}) == "a: int64"
    body = "{{#df}}{{df | schema}}{{/df}}{{^df}}none{{/df}}"
    assert rendered(body, {}, {"df": {"schema": "a: int64"}}) == "a: int64"
    assert rendered(body) == "none"
    with pytest.raises(InvalidRequest, match="Give the view schema of df"):
        rendered("{{df | schema}}", {"df": "..."})


def test_prompts_include_each_other():
    library = {"ann/tone@^2": "Be {{how}}.", "rules": "{{> ann/tone@^2}} Obey."}
    body = "{{> rules}} {{> ann/tone@^2}}"
    assert rendered(body, {"how": "kind"}, library=library) == "Be kind. Obey. Be kind."


def test_a_circle_is_refused():
    with pytest.raises(InvalidRequest, match="it > a > b > a: a prompt includes itself"):
        part("{{> a}}", library={"a": "{{> b}}", "b": "{{> a}}"})


def test_too_deep_is_refused():
    library = {f"p{n}": f"{{{{> p{n + 1}}}}}" for n in range(20)}
    with pytest.raises(InvalidRequest, match="more than 8 deep"):
        part("{{> p0}}", library=library)


def test_too_much_is_refused():
    library = {f"p{n}": f"{{{{> p{n + 1}}}}}{{{{> q{n + 1}}}}}" for n in range(7)}
    library |= {f"q{n}": f"{{{{> p{n + 1}}}}}{{{{> q{n + 1}}}}}" for n in range(7)}
    library |= {"p7": "", "q7": ""}
    with pytest.raises(InvalidRequest, match="More than 100 prompts"):
        part("{{> p0}}", library=library)


def test_a_bomb_is_refused():
    many = list(range(1000))
    with pytest.raises(InvalidRequest, match="repeat too often"):
        rendered("{{#a}}{{#a}}{{#a}}{{/a}}{{/a}}{{/a}}", {"a": many})
    with pytest.raises(TooLarge):
        rendered("{{#a}}{{b}}{{/a}}", {"a": many, "b": "x" * 10_000})
