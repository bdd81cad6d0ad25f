"""Every index of code: whole files once, and rights with each of them."""

import random
import threading
import time
from contextlib import closing
from uuid import UUID, uuid4

import pytest

from jupyter_wove.search.engines import PUBLIC, Document, Part, State, principal
from jupyter_wove.search.engines.code import Narrowed, Sought
from jupyter_wove.search.engines.embedded import EmbeddedCode
from jupyter_wove.search.facts import Fact
from jupyter_wove.search.patterns import Budget, Pattern, Wish, escape
from tests.unit.search.code.conftest import ENGINES, empty, texts

SLACK = 5.0  # seconds that a busy machine may take longer
ANN, BOB = uuid4(), uuid4()


@pytest.fixture(params=ENGINES)
def engine(request):
    with empty(request) as engine:
        yield engine


def fill(engine, files, project=None, owner=ANN, public=True):
    """Index the files of a project, all of them published or none."""
    ticket = engine.begin(project or uuid4())
    parts = {path: Part(path, str(hash(text))) for path, text in files.items()}
    kept = engine.parts(ticket)
    for path, part in parts.items():
        if part not in kept:
            engine.add(ticket, part, [Document("file", text=files[path])])
    work = frozenset(parts.values())
    state = State(1, "v", frozenset([principal(owner)]), work if public else frozenset(), work)
    engine.settle(ticket, state)
    return ticket.project


def ask(engine, *patterns, by=(PUBLIC,), seconds=60.0, **named):
    """Ask; return the answer, and the budget that was left."""
    wish = {key: named.pop(key) for key in ("without", "closely") if key in named}
    patterns = [each if isinstance(each, Pattern) else Pattern(escape(each)) for each in patterns]
    sought = Sought(Wish(patterns, **wish), by, Budget(seconds), **named)
    return engine.find(sought)


def paths(engine, *patterns, **named):
    return [each.path for each in ask(engine, *patterns, **named).found]


def every_path(engine, *patterns, **named):
    """Go through all pages."""
    found, after = [], None
    while True:
        page = ask(engine, *patterns, after=after, **named)
        found += [each.path for each in page.found]
        after = page.next
        if after is None:
            return found


def test_a_file_is_found_by_any_part_of_it(engine):
    fill(engine, {"a.py": "from sklearn import RobustScaler", "b.py": "import numpy"})
    assert paths(engine, "RobustSc") == ["a.py"]
    assert paths(engine, "bustscal") == ["a.py"]
    assert paths(engine, Pattern("Robust.*er$", case=True)) == ["a.py"]
    assert paths(engine, Pattern("robust", case=True)) == []


def test_what_is_shorter_than_three_characters_is_found_too(engine):
    fill(engine, {"a.py": "x = np", "b.py": "y = pd"})
    assert paths(engine, "np") == ["a.py"]
    assert paths(engine, Pattern(r"^\w = p.$")) == ["b.py"]


def test_all_patterns_must_be_there_and_those_without_must_not(engine):
    fill(engine, {"a.py": "alpha\nbeta", "b.py": "alpha", "c.py": "alpha\nbeta\ngamma"})
    assert sorted(paths(engine, "alpha", "beta")) == ["a.py", "c.py"]
    assert paths(engine, "alpha", "beta", without=[Pattern("gamma")]) == ["a.py"]


def test_the_newest_come_first_but_behind_those_that_match_closely(engine):
    for number in range(3):
        fill(engine, {f"{number}.py": f"retrain {number}"})
    fill(engine, {"old.py": "train"})
    fill(engine, {"new.py": "trainer"})
    closely = Pattern(r"\btrain\b")
    assert paths(engine, "train", closely=closely) == ["old.py", "new.py", "2.py", "1.py", "0.py"]


def test_what_several_have_is_kept_once_and_found_with_each(engine):
    text = "needle in some text\n" * 50
    for name in "ab":
        fill(engine, {f"{name}.py": text})
    assert paths(engine, "needle") == ["a.py", "b.py"]
    assert texts(engine) == 1


def test_what_nobody_has_any_more_is_forgotten(engine):
    first, second = (fill(engine, {"a.py": "needle"}) for _ in range(2))
    engine.settle(engine.begin(first), None)
    assert [each.project for each in ask(engine, "needle").found] == [str(second)]
    engine.settle(engine.begin(second), None)
    assert paths(engine, "needle") == []
    assert texts(engine) == 0


def test_of_what_is_forgotten_no_trigram_stays(tmp_path):
    with closing(EmbeddedCode(tmp_path / "index")) as engine:
        engine.settle(engine.begin(fill(engine, {"a.py": "needle"})), None)
        with engine.generation().connections.read() as connection:
            asked = "SELECT count(*) FROM trigram WHERE trigram MATCH 'nee'"
            assert connection.execute(asked).fetchone() == (0,)


def test_private_work_is_found_by_its_members_only(engine):
    fill(engine, {"secret.py": "needle"}, public=False)
    assert paths(engine, "needle") == []
    assert paths(engine, "needle", by=(PUBLIC, principal(BOB))) == []
    assert paths(engine, "needle", by=(PUBLIC, principal(ANN))) == ["secret.py"]
    assert paths(engine, "needle", by=()) == []


def test_a_text_that_is_public_elsewhere_does_not_show_who_else_has_it(engine):
    fill(engine, {"secret.py": "needle"}, public=False)
    fill(engine, {"open.py": "needle"}, owner=BOB)
    assert paths(engine, "needle") == ["open.py"]
    assert paths(engine, "needle", by=(PUBLIC, principal(ANN))) == ["secret.py", "open.py"]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        (Narrowed(paths=["src/"]), ["src/a.py", "src/b.js"]),
        (Narrowed(paths=["SRC/*.py"]), ["src/a.py"]),
        (Narrowed(paths=["*.py", "x"]), ["src/a.py", "[x]?/c.py"]),
        (Narrowed(paths=["?.js"]), ["src/b.js"]),
        (Narrowed(paths=["rc/b.js"]), ["src/b.js"]),
        (Narrowed(paths=["rc/?.js"]), []),
        (Narrowed(paths=["a.py", "b.js"]), ["src/a.py", "src/b.js"]),
        (Narrowed(no_paths=["src"]), ["[x]?/c.py"]),
        (Narrowed(paths=["[x]?/*"]), ["[x]?/c.py"]),
        (Narrowed(paths=["nowhere"]), []),
    ],
)
def test_a_search_is_narrowed_by_path(engine, narrowed, expected):
    fill(engine, {"src/a.py": "needle 1", "src/b.js": "needle 2", "[x]?/c.py": "needle 3"})
    assert sorted(paths(engine, "needle", narrowed=narrowed)) == sorted(expected)


def test_a_search_is_narrowed_by_language_and_person(engine):
    ticket = engine.begin(uuid4())
    parts = {Part("a.py", "1"): "python", Part("b.r", "1"): "r"}
    for part, lang in parts.items():
        facts = frozenset([Fact("lang", lang)])
        engine.add(ticket, part, [Document("file", text=f"needle {lang}", facts=facts)])
    owner = frozenset([Fact("user", "ann")])
    state = State(1, "v", frozenset(), frozenset(parts), frozenset(parts), facts=owner)
    engine.settle(ticket, state)
    assert paths(engine, "needle", narrowed=Narrowed(langs=["r"])) == ["b.r"]
    assert paths(engine, "needle", narrowed=Narrowed(no_langs=["r"])) == ["a.py"]
    assert paths(engine, "needle", narrowed=Narrowed(langs=["pytho"])) == []
    assert len(paths(engine, "needle", narrowed=Narrowed(users=["Ann"]))) == 2
    assert paths(engine, "needle", narrowed=Narrowed(users=["bob"])) == []
    assert paths(engine, "needle", narrowed=Narrowed(no_users=["ann"])) == []


def test_what_defines_a_name_comes_first_however_it_is_spelled(engine):
    python = frozenset([Fact("lang", "python")])
    sources = {
        "old.py": "def train_test(x):\n    pass",
        "class.py": "class TrainTest:\n    pass",
        **{f"{number}.py": f"train_test({number}) + TrainTest" for number in range(300)},
    }
    for path, text in sources.items():
        ticket, part = engine.begin(uuid4()), frozenset([Part(path, "1")])
        engine.add(ticket, *part, [Document("file", text=text, facts=python)])
        engine.settle(ticket, State(1, "v", frozenset(), part, part))
    pattern = Pattern("train_?test")
    assert paths(engine, pattern, name="trainTest", limit=3) == ["class.py", "old.py", "299.py"]
    whole = every_path(engine, pattern, name="train_test", limit=70)
    assert len(whole) == len(set(whole)) == 302


def test_a_project_stands_for_the_remixes_that_have_the_same_file(engine):
    family, other, part = uuid4(), uuid4(), frozenset([Part("a.py", "1"), Part("b.py", "1")])
    projects = [uuid4() for _ in range(5)]
    for number, project in enumerate(projects):
        ticket = engine.begin(project)
        for each in part:
            engine.add(ticket, each, [Document("file", text="needle")])
        of = other if number == 3 else family
        public = frozenset() if number == 0 else part
        engine.settle(ticket, State(1, "v", frozenset(), public, part, family=of))
    found = ask(engine, "needle").found
    shown = sorted((projects.index(UUID(each.project)), each.path) for each in found)
    assert shown == [(1, "a.py"), (1, "b.py"), (3, "a.py"), (3, "b.py")]
    assert len(every_path(engine, "needle", limit=1)) == 4
    assert len(every_path(engine, "needle", limit=3, remixes=True)) == 8


def test_names_are_found_by_others_that_are_nearly_spelled_like_them(engine):
    python = frozenset([Fact("lang", "python")])
    ticket, part = engine.begin(uuid4()), Part("a.py", "1")
    text = "train_test_split = RandomForestClassifier(fit)"
    engine.add(ticket, part, [Document("file", text=text, facts=python)])
    assert engine.names_like("train_tset_split", 5) == ["train_test_split"]
    assert engine.names_like("randomforestclasifier", 5) == ["RandomForestClassifier"]
    assert engine.names_like("something_else", 5) == []
    assert engine.names_like("train_test_split", 5) == []


def test_pages_follow_each_other_without_a_gap_or_a_file_twice(engine):
    random.seed(1)
    for number in range(40):
        same = {f"{number}/{copy}.py": "needle, the same" for copy in range(3)}
        others = {
            f"{number}/{n}.txt": random.choice(["needle", "needles"]) + str(n) for n in range(9)
        }
        fill(engine, same | others)
    whole = paths(engine, "needle", limit=1000, closely=Pattern(r"\bneedle\b"))
    assert len(set(whole)) == 40 * 12
    assert every_path(engine, "needle", limit=7, closely=Pattern(r"\bneedle\b")) == whole


def test_what_is_new_between_two_pages_moves_nothing(engine):
    for number in range(20):
        fill(engine, {f"{number}.py": f"needle {number}"})
    first = ask(engine, "needle", limit=10)
    fill(engine, {"new.py": "needle, a new one"})
    rest = ask(engine, "needle", limit=100, after=first.next)
    assert [each.path for each in rest.found] == [f"{number}.py" for number in range(9, -1, -1)]


def test_who_has_no_time_left_finds_everything_all_the_same_page_by_page(engine):
    for number in range(5):
        fill(engine, {f"{number}.py": f"needle {number}"})
    found, place = [], None
    for _ in range(20):
        page = ask(engine, "needle", seconds=-1.0, after=place)
        found += [each.path for each in page.found]
        place = page.next
        if place is None:
            break
    assert found == [f"{number}.py" for number in range(4, -1, -1)]


def test_long_files_are_found_by_their_first_megabyte(engine):
    lines = "a line of some length\n" * 60_000
    fill(engine, {"long.txt": f"first\n{lines}last"})
    (found,) = ask(engine, "first").found
    assert not found.body.whole
    assert paths(engine, "last") == []


def test_what_is_no_text_is_found_as_far_as_it_is_one(engine):
    fill(engine, {"odd.txt": "before\0after \ud800 end"})
    assert paths(engine, "before", "after", "end") == ["odd.txt"]


def test_cells_are_searched_line_by_line_and_never_across(engine):
    ticket, part = engine.begin(uuid4()), Part("a.ipynb", "1")
    cells = [
        Document("file", title="a.ipynb"),
        Document("cell", 0, "one", markdown="# Title\nalpha"),
        Document("cell", 1, "two", source="beta = 1\ngamma = 2", output="delta\n"),
        Document("cell", 2, "three", source="epsilon"),
    ]
    engine.add(ticket, part, cells)
    engine.settle(ticket, State(1, "v", frozenset(), frozenset([part]), frozenset([part])))

    def where(pattern):
        (found,) = ask(engine, pattern).found
        (line,) = found.selection.lines
        segment, _ = found.body.segment(line.start)
        return segment.cell, segment.cell_id, segment.section

    assert where("alpha") == (0, "one", "markdown")
    assert where("gamma") == (1, "two", "source")
    assert where("delta") == (1, "two", "output")
    assert where(Pattern("^epsilon$")) == (2, "three", "source")
    assert paths(engine, Pattern(r"alpha\s*beta")) == []


HOSTILE = [
    *(r"(a+)+$", r"(x+x+)+y", ".*.*.*=", r"(?:[01]{1,30}){1,30}x", r"(.{1,100}){1,10}x"),
    *(r"(?:a?){1000}a{1000}", r"[01]*1[01]{900}x", r"(?i)(?:\pL?\d?){4}zz", "(a|aa)*b"),
]


@pytest.fixture(scope="module", params=ENGINES)
def noisy(request):
    with empty(request) as engine:
        _make_noise(engine)
        yield engine


def _make_noise(engine):
    noise = "".join(random.Random(2).choices("01ax", k=200_000))
    for number in range(30):
        fill(engine, {f"{number}.txt": noise[number:], f"{number}.py": f"{noise[:9000]}\n" * 20})


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_pattern_ends_in_time_and_tells_where_to_go_on(noisy, source):
    budget = Budget(0.5)
    started = time.monotonic()
    page = noisy.find(Sought(Wish([Pattern(source)]), (PUBLIC,), budget))
    assert time.monotonic() - started < 0.5 + SLACK
    assert page.next or not budget.is_over()


def test_others_are_served_while_hostile_patterns_are_looked_for(noisy):
    enough = threading.Event()

    def harm():
        while not enough.is_set():
            noisy.find(Sought(Wish([Pattern(HOSTILE[2])]), (PUBLIC,), Budget(1.0)))

    hostile = threading.Thread(target=harm)
    hostile.start()
    answers = [paths(noisy, "no such text") for _ in range(20)]
    enough.set()
    hostile.join()
    assert answers == [[]] * 20


class Looks(Budget):
    """A budget that is over after so many looks at the clock."""

    def __init__(self, looks):
        super().__init__(60.0)
        self.looks = looks

    def is_over(self):
        self.looks -= 1
        return self.looks < 0


def test_who_runs_out_of_time_goes_on_from_there(engine):
    for number in range(50):
        fill(engine, {f"{number}.txt": f"xx {number}"})
    found, after, pages = [], None, 0
    while pages == 0 or after:
        budget = Looks(8)
        page = engine.find(Sought(Wish([Pattern(r"x\w \d")]), (PUBLIC,), budget, after=after))
        assert budget.left_out == (page.next is not None)
        found += [each.path for each in page.found]
        after, pages = page.next, pages + 1
    assert found == [f"{number}.txt" for number in range(49, -1, -1)]
    assert pages > 5


def test_many_threads_write_the_same_texts_and_others_read(engine):
    needles = [f"needle {number}" for number in range(20)]
    wrong = []

    def write():
        for text in needles:
            project = fill(engine, {"a.py": text})
            engine.settle(engine.begin(project), None)

    def read():
        for _ in range(50):
            wrong.extend(each for each in ask(engine, "needle").found if not each.selection.lines)

    threads = [threading.Thread(target=each) for each in (write, write, write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert paths(engine, "needle") == []
