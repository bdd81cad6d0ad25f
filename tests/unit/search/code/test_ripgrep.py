"""The same files as ripgrep finds, which reads them all."""

import sysconfig
from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.patterns import Patterns, ripgrep
from jupyter_wove.search.engines import PUBLIC, Document, Part, State
from jupyter_wove.search.engines.code import Sought
from jupyter_wove.search.patterns import Budget, Pattern, Wish
from tests.unit.search.code.conftest import ENGINES, empty

STRANGE = {
    "empty.txt": "",
    "newline.txt": "\n",
    "windows.txt": "def one\r\ndef two\r\n",
    "no-end.txt": "return",
    "letters.txt": "straße ÉTÉ été \u212aelvin \u017fort 数据分析\n\n\ttab",
    "marks.txt": "a.b*c(d)[e]{f}|g^h$i\\j\n",
}
PATTERNS = [
    *("^$", "^", "$", "", ".", r"\S$", r"^\t", "e.$", "straße", "(?i)STRASSE", "(?i)été", "数据"),
    *("(?i)kelvin", "(?i)sort", r"\(d\)\[e\]", r"\\j", "[^a]b", "a{2,3}", "(a|b)(c|d)", "x*y+z?"),
    *("def one$", r"def one\r$", r"[\w.]+\(\)", r"^import \w+$", r"\bTODO\b", "[[:upper:]]{5}"),
    *("(?i)ÉTÉ", r"\x{6570}", r"\pL{30}", r"\d{4}-\d\d", "==", r"(?:ab){3}"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Some real code, and files of which one may think too late."""
    folder = tmp_path_factory.mktemp("files")
    real = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))[:120]
    texts = {path.name: path.read_text() for path in real} | STRANGE
    for name, text in texts.items():
        (folder / name).write_text(text, newline="")
    return folder


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, files):
    with empty(request) as engine:
        _fill(engine, files)
        yield engine


def _fill(engine, files):
    ticket = engine.begin(uuid4())
    parts = {Part(path.name, "1"): path.read_bytes().decode() for path in files.iterdir()}
    for part, text in parts.items():
        engine.add(ticket, part, [Document("file", text=text)])
    engine.settle(ticket, State(1, "v", frozenset(), frozenset(parts), frozenset(parts)))


def found(engine, pattern):
    wish = Wish([Pattern(pattern, case=True)])
    return {
        each.path for each in engine.find(Sought(wish, (PUBLIC,), Budget(60.0), limit=1000)).found
    }


@pytest.mark.parametrize("pattern", PATTERNS)
def test_of_strange_patterns(engine, files, pattern):
    assert found(engine, pattern) == ripgrep(pattern, files)


def test_of_random_patterns(engine, files):
    patterns = Patterns(sorted(files.glob("*.py")), 11)
    for pattern in [patterns.pattern() for _ in range(100)]:
        assert found(engine, pattern) == ripgrep(pattern, files), pattern
