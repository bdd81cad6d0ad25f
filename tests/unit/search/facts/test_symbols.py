"""What code defines is found, in whatever state the code is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.search.facts import names, parts, symbols
from jupyter_wove.search.facts.syntax import GRAMMARS

PYTHON = """
import os
%matplotlib inline
@decorated
class Wave(Base):
    @property
    def height(self):
        def inner(): ...
        return inner
    async def move(self): ...

def draw(wave):
    return wave.
"""
JAVASCRIPT = """export const wave = async () => {};
function* waves() {}
class Sea extends Water { constructor() {} rise() {} }
"""
TYPESCRIPT = """export default class Sea<T> { rise(): void {} }
interface Water {}
type Height = number; enum Tide { Low }
abstract class Coast {}
export function wave<T>(x: T): T { return x; }
"""
JULIA = """struct Sea{T} <: Water
  level::T
end
function rise!(sea::Sea)::Int where T
end
level(sea) = sea.level
Base.show(io::IO, sea::Sea) = print(io, "sea")
macro tide(x) end
abstract type Coast end
"""
R = """rise <- function(sea, by = 1) {
  sea + by
}
level = function(sea) sea
x <- 3
"""
SQL = """CREATE TABLE IF NOT EXISTS sea(id int);
create or replace function rise() returns int as $$ select 1 $$;
CREATE MATERIALIZED VIEW tides AS SELECT 1;
"""
BASH = "function rise { :; }\nfall() { :; }\n"


def found(language, text):
    return [tuple(each) for each in symbols(language, text)]


def test_python_survives_magics_and_what_is_broken():
    assert found("python", PYTHON) == [
        ("Wave", "class", 5),
        ("height", "method", 7),
        ("inner", "function", 8),
        ("move", "method", 10),
        ("draw", "function", 12),
    ]


def test_javascript():
    assert found("javascript", JAVASCRIPT) == [
        ("wave", "function", 1),
        ("waves", "function", 2),
        ("Sea", "class", 3),
        ("constructor", "method", 3),
        ("rise", "method", 3),
    ]


@pytest.mark.parametrize("language", ["typescript", "tsx"])
def test_typescript(language):
    assert found(language, TYPESCRIPT) == [
        ("Sea", "class", 1),
        ("rise", "method", 1),
        ("Water", "type", 2),
        ("Height", "type", 3),
        ("Tide", "type", 3),
        ("Coast", "class", 4),
        ("wave", "function", 5),
    ]


def test_julia():
    assert found("julia", JULIA) == [
        ("Sea", "class", 1),
        ("rise!", "function", 4),
        ("level", "function", 6),
        ("show", "function", 7),
        ("tide", "function", 8),
        ("Coast", "type", 9),
    ]


def test_languages_without_a_grammar():
    assert found("r", R) == [("rise", "function", 1), ("level", "function", 4)]
    assert found("sql", SQL) == [
        ("sea", "type", 1),
        ("rise", "function", 2),
        ("tides", "type", 3),
    ]
    assert found("bash", BASH) == [("rise", "function", 1), ("fall", "function", 2)]
    assert found("cobol", "PROCEDURE DIVISION.") == []


@pytest.mark.parametrize("language", [*GRAMMARS, "r", "sql"])
@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 100_000,
        "function f(){" * 5_000,
        "".join(f"{' ' * depth}class C:\n" for depth in range(500)),
        "\0\ud800\ufffe" * 1_000,
        "create or replace " * 5_000,
        "f(" * 20_000 + ")" * 20_000,
    ],
    ids=["brackets", "functions", "classes", "no-characters", "create", "calls"],
)
def test_hostile_code_ends(language, hostile):
    assert len(symbols(language, hostile)) <= 5_000


def test_a_minified_file_has_symbols():
    minified = "var a=function(b,c){return b+c*2};if(a(1,2)){b=[1,2,3,{x:1}]}" * 2_000
    assert len(symbols("javascript", minified)) > 0


def test_too_long_a_file_has_none():
    assert symbols("python", "def f(): pass\n" * 100_000) == []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*GRAMMARS, "r", "sql", ""]), st.text())
def test_any_text_can_be_read(language, text):
    for symbol in symbols(language, text):
        assert 1 <= symbol.line <= text.count("\n") + 1


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_mutilated_file_can_be_read(data):
    language, text = data.draw(
        st.sampled_from([("python", PYTHON), ("julia", JULIA), ("typescript", TYPESCRIPT)])
    )
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    symbols(language, text[:start] + text[end:])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("randomForestClassifier", ["random", "forest", "classifier"]),
        ("RandomForest", ["random", "forest"]),
        ("train_test_split", ["train", "test", "split"]),
        ("HTTPServer2", ["http", "server", "2"]),
        ("parseXML", ["parse", "xml"]),
        ("__init__", ["init"]),
        ("größeÄndern", ["größe", "ändern"]),
        ("x", ["x"]),
        ("_", []),
    ],
)
def test_names_have_words(name, words):
    assert parts(name) == words


def test_names_in_code():
    assert names("fooBar = foo_bar(3, fooBar) # été") == ["fooBar", "foo_bar", "été"]
