"""Looking for code in real projects, as the person who asks."""

from hashlib import sha256

import pytest

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.projects import Members, Projects, Publications, Versions
from jupyter_wove.projects.versions.models import NewVersion
from jupyter_wove.search import CodeSearch, Indexer
from jupyter_wove.search.engines import Damaged
from tests.unit.journey import ask, folder_of
from tests.unit.search.conftest import Library, marked


@pytest.fixture
def engine(wove):
    """An empty index of code, in the database if that is PostgreSQL."""
    return wove.code


@pytest.fixture
def library(wove, engine):
    """Real projects with a search over them."""
    indexer = Indexer(wove.units, wove.workspaces, [engine])
    wove.units.listeners.consumer("search", *indexer.events)
    wove.outbox.on("search", indexer.index)
    return Library(wove, indexer, CodeSearch(wove.units, engine))


@pytest.fixture
def save(library):
    """Put text files into a project, and save a version."""

    def save(actor, project, **files):
        for name, text in files.items():
            path = folder_of(library.wove, project) / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        ask(library.wove, actor, Versions.save, project.id, NewVersion("Save"))
        library.catch_up()

    return save


def shown(hits):
    """Write hits as `path:line: text`, what matches in brackets."""
    return [
        f"{hit.path}:{snippet.line + number}: {marked(line)}"
        for hit in hits
        for snippet in hit.snippets
        for number, line in enumerate(snippet.lines)
        if any(each.hit for each in line)
    ]


def test_a_line_is_found_in_a_file_with_its_number_and_what_stands_around_it(library, ann, save):
    plan = library.project(ann, "Plan")
    save(ann, plan, src__a_py="import x\n\ndef fit(self):\n    return 1\n\n\nfit(2)\n")
    (hit,) = library.find(ann, "FIT(")
    assert shown([hit]) == ["src/a.py:3: def [fit(]self):", "src/a.py:7: [fit(]2)"]
    first, second = hit.snippets
    assert [marked(line) for line in first.lines] == ["", "def [fit(]self):", "    return 1"]
    assert (first.line, second.line, hit.matches, hit.cut) == (2, 6, 2, False)
    assert (first.section, first.cell, first.cell_id) == ("text", None, None)
    assert hit.project.slug == plan.slug


def test_a_line_is_found_in_a_cell_and_counted_there(library, ann):
    library.project(ann, "Plan", "import x", "a = 1\nzebra = 2\nb = 3\nzebra()")
    library.catch_up()
    (hit,) = library.find(ann, "zebra")
    (snippet,) = hit.snippets
    assert (snippet.section, snippet.cell, snippet.cell_id) == ("source", 1, "cell-1")
    assert (snippet.line, len(snippet.lines)) == (1, 4)


def test_a_notebook_is_never_searched_as_json(library, ann):
    library.project(ann, "Plan", 'print("a")')
    library.catch_up()
    assert library.find(ann, "cell_type") == []
    assert library.find(ann, 'print("a")')


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("alpha gamma", ["a.py"]),
        ('"alpha beta"', ["b.py"]),
        ("alpha -gamma", ["b.py"]),
        ('alpha -"alpha beta"', ["a.py"]),
        ("/alpha$/", ["a.py"]),
        (r"/a\w+ b/ -/gamma/", ["b.py"]),
        ("alpha path:b.py", ["b.py"]),
        ("alpha -path:*.py", []),
        ("==", ["c.txt"]),
        ('"=="', ["c.txt"]),
        ("c++", ["c.txt"]),
        ('alpha "', ["a.py", "b.py"]),
        ("", []),
        ("path:a.py", []),
        ("-alpha", []),
    ],
)
def test_words_phrases_patterns_and_qualifiers_are_understood(library, ann, save, words, found):
    plan = library.project(ann, "Plan")
    save(ann, plan, a_py="alpha\ngamma", b_py="alpha beta", c_txt='a C++ == "d"')
    assert sorted(hit.path for hit in library.find(ann, words)) == found


def test_with_regex_all_is_one_pattern(library, ann, save):
    save(ann, library.project(ann, "Plan"), a_py='x = "path:b.py"  # y')
    assert shown(library.find(ann, '"path:.*" +#', regex=True)) == [
        'a.py:1: x = ["path:b.py"  #] y'
    ]


def test_capitals_count_when_asked(library, ann, save):
    save(ann, library.project(ann, "Plan"), a_py="Zebra\nzebra")
    assert shown(library.find(ann, "Zebra", case=True)) == ["a.py:1: [Zebra]"]
    assert len(shown(library.find(ann, "Zebra"))) == 2


def test_words_find_the_name_that_is_made_of_them_first(library, ann, save):
    plan = library.project(ann, "Plan")
    texts = ["train_test_split(x)", "trainTestSplit(x)", "split x\ntest y\ntrain z", "test_train"]
    for number, text in enumerate(texts):
        save(ann, plan, **{f"{number}_py": text})
    found = library.find(ann, "train test split")
    assert [hit.path for hit in found] == ["1.py", "0.py", "2.py"]


def test_what_defines_a_name_comes_before_what_uses_it(library, ann, save):
    plan = library.project(ann, "Plan", "def zebra_stripes():\n    pass")
    save(ann, plan, a_py="zebra_stripes()")
    assert [hit.path for hit in library.find(ann, "zebra stripes")] == ["work.ipynb", "a.py"]


def test_a_search_is_narrowed_by_language_and_person(library, ann, bob, save):
    save(ann, library.project(ann, "Plan", "zebra = 1"), a_js="zebra = 2")
    assert [hit.path for hit in library.find(ann, "zebra lang:javascript")] == ["a.js"]
    assert [hit.path for hit in library.find(ann, "zebra lang:python user:@ann")] == ["work.ipynb"]
    assert library.find(ann, "zebra user:bob") == []


def test_a_name_that_was_meant_is_suggested_to_those_who_may_see_it(library, ann, bob, save):
    plan = library.project(ann, "Plan")
    save(ann, plan, a_py="zebra_stripes(x)", b_py="x = 1")
    assert library.search.find(ann, "zebra_strpies path:a").suggestions == ["zebra_stripes path:a"]
    assert library.search.find(ann, "zebra_strpies path:b").suggestions == []
    assert library.search.find(bob, "zebra_strpies").suggestions == []


def test_what_cannot_be_a_pattern_is_refused_with_a_sentence(library, ann):
    with pytest.raises(InvalidRequest, match="Look-ahead"):
        library.find(ann, "a(?=b)", regex=True)
    with pytest.raises(InvalidRequest, match="is of no use in code"):
        library.find(ann, "a stars:>3")
    with pytest.raises(InvalidRequest, match="10 words and patterns at most"):
        library.find(ann, " ".join(map(str, range(11))))
    with pytest.raises(InvalidRequest, match="`next` of the page before"):
        library.find(ann, "a", after="x")


def test_long_lines_are_shown_around_what_was_found(library, ann, save):
    save(ann, library.project(ann, "Plan"), a_js="x" * 5000 + "zebra" + "y" * 5000)
    (line,) = shown(library.find(ann, "zebra"))
    assert line.startswith("a.js:1: …xxx")
    assert "x[zebra]y" in line
    assert line.endswith("y…")
    assert len(line) < 230


def test_five_lines_are_shown_of_all_that_were_counted(library, ann, save):
    save(ann, library.project(ann, "Plan"), a_py="zebra\n\n\n" * 30)
    (hit,) = library.find(ann, "zebra")
    assert (len(shown([hit])), hit.matches) == (5, 30)


def test_pages_follow_each_other(library, ann, save):
    plan = library.project(ann, "Plan")
    save(ann, plan, **{f"{number}_py": f"zebra {number}" for number in range(7)})
    found, after = [], None
    while after or not found:
        page = library.search.find(ann, "zebra", after=after, limit=3)
        found += [hit.path for hit in page.items]
        after = page.next
        assert not page.approximate
    assert sorted(found) == [f"{number}.py" for number in range(7)]


def test_strangers_find_what_is_published_and_nothing_else(library, ann, bob, save):
    plan = library.project(ann, "Plan")
    save(ann, plan, a_py="zebra")
    assert library.find(bob, "zebra") == []
    library.publish(ann, plan)
    save(ann, plan, b_py="giraffe")
    assert [hit.path for hit in library.find(bob, "zebra")] == ["a.py"]
    assert library.find(bob, "giraffe") == []
    assert [hit.path for hit in library.find(ann, "giraffe")] == ["b.py"]


@pytest.mark.parametrize("operation", [Projects.delete, Publications.unpublish])
def test_what_is_not_shared_any_more_is_gone_at_once(library, ann, bob, save, operation):
    plan = library.project(ann, "Plan")
    library.publish(ann, plan)
    save(ann, plan, a_py="zebra")
    library.publish(ann, plan)
    library.catch_up()
    assert library.find(bob, "zebra")
    ask(library.wove, ann, operation, plan.id)
    assert library.find(bob, "zebra") == []
    library.catch_up()
    assert library.find(bob, "zebra") == []


def test_a_member_finds_the_work_until_they_leave(library, ann, bob, save):
    plan = library.project(ann, "Plan")
    library.take_on(ann, plan, "bob")
    save(ann, plan, a_py="zebra")
    assert library.find(bob, "zebra")
    ask(library.wove, ann, Members.remove, plan.id, "bob")
    assert library.find(bob, "zebra") == []


def test_hits_that_went_meanwhile_do_not_end_the_list(library, ann, bob, save):
    projects = [library.project(ann, f"Plan {number}") for number in range(6)]
    for number, project in enumerate(projects):
        save(ann, project, a_py=f"zebra {number}")
        library.publish(ann, project)
    library.catch_up()
    for project in projects[2:]:
        ask(library.wove, ann, Publications.unpublish, project.id)
    page = library.search.find(bob, "zebra", limit=2)
    assert {hit.project.slug for hit in page.items} == {each.slug for each in projects[:2]}


def test_the_index_of_code_is_made_again_when_it_was_deleted(library, ann, engine, save):
    save(ann, library.project(ann, "Plan"), a_py="zebra")
    if library.wove.database.is_sqlite:
        for file in engine.folder.iterdir():
            file.unlink()
        assert library.find(ann, "zebra") == []
    else:
        engine.drop(engine.current())
        with pytest.raises(Damaged):
            library.find(ann, "zebra")
    assert library.indexer.mend() == 1
    assert library.find(ann, "zebra")


def test_who_has_a_pointer_to_a_large_file_of_others_does_not_find_its_text(
    library, ann, bob, save
):
    text = "zebra\n" + "hay\n" * 1_200_000
    save(ann, library.project(ann, "Secret"), large_txt=text)
    assert [hit.cut for hit in library.find(ann, "zebra")] == [True]
    digest = sha256(text.encode()).hexdigest()
    pointer = "version https://git-lfs.github.com/spec/v1\n"
    pointer += f"oid sha256:{digest}\nsize {len(text)}\n"
    save(bob, library.project(bob, "Curious"), large_txt=pointer)
    assert library.find(bob, digest)
    assert library.find(bob, "zebra") == []
