"""While somebody types: how it may go on, and what was meant by what is nowhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.search import EmbeddedWords
from jupyter_wove.search.completing import Typed
from jupyter_wove.search.engines import Document
from jupyter_wove.search.facts import Fact
from tests.unit.search.conftest import marked
from tests.unit.search.engines.words import fill


@pytest.fixture
def shelf(library, ann, bob):
    """Published and private projects with tags."""
    public = [
        library.project(ann, f"Ocean waves {number}", tags=["ocean", "Deep sea"])
        for number in range(2)
    ]
    for project in public:
        library.publish(ann, project)
    library.project(bob, "Ocelot secrets", tags=["ocelot", "océan"])
    library.catch_up()


def going_on(library, actor, typed, at=1_000):
    return [(each.text, each.q) for each in library.search.completions(actor, typed, at).items]


def test_the_values_of_a_qualifier_are_those_one_may_see_the_most_frequent_first(
    library, ann, bob, shelf
):
    assert going_on(library, ann, "wave tag:oc") == [("ocean", "wave tag:ocean")]
    own = going_on(library, bob, "tag:oc")
    assert [text for text, _ in own] == ["ocean", "océan", "ocelot"]
    assert going_on(library, bob, "tag:oc\u00e9") == [("océan", "tag:océan")]
    (first, second) = library.search.completions(ann, "tag:").items
    assert {first.text, second.text} == {"ocean", "Deep sea"}
    assert first.count == second.count == 2


@pytest.mark.parametrize(
    ("typed", "q"),
    [
        ("-tag:dee", '-tag:"Deep sea"'),
        ("tag:ocean,dee", 'tag:ocean,"Deep sea"'),
        ('tag:"deep s', 'tag:"Deep sea"'),
        ("user:@an", "user:ann"),
        ("stars:", "stars:>=10"),
        ("st", "stars:"),
        ("-da", "-dataset:"),
        ("wav", "waves"),
        ('"wav', "waves"),
    ],
)
def test_what_was_typed_goes_on(library, ann, shelf, typed, q):
    assert going_on(library, ann, typed)[0][1] == q


def test_the_piece_at_the_cursor_goes_on(library, ann, shelf):
    (completion,) = library.search.completions(ann, "tag:oc stars:>5", 6).items
    assert (completion.q, completion.at) == ("tag:ocean stars:>5", len("tag:ocean"))


@pytest.mark.parametrize("typed", ["oce", "tag:oce", "user:", "tech:", "level:"])
def test_nothing_of_what_one_may_not_see_is_among_it(library, eve, shelf, typed):
    assert "ocelot" not in str(going_on(library, eve, typed)).lower()


def test_what_is_not_shared_any_more_goes_on_no_more(library, ann, eve, shelf):
    found = {hit.project.id: hit.project for hit in library.find(ann, "ocean")}
    for number, project in enumerate(found.values()):
        assert [each.count for each in library.search.completions(eve, "tag:oce").items] == [
            2 - number
        ]
        library.publish(ann, project, "unlisted")
        library.catch_up()
    assert going_on(library, eve, "tag:oce") == []
    assert [text for text, _ in going_on(library, ann, "tag:oce")] == ["ocean"]


def test_a_word_that_is_nowhere_is_corrected_and_the_answer_stays_that_of_what_was_typed(
    library, eve, shelf
):
    answer = library.search.find(eve, "ocaen waves")
    assert marked(answer.meant.text) == "[ocean] waves"
    assert answer.meant.q == "ocean waves"
    assert {hit.project.title for hit in answer.items} == {"Ocean waves 0", "Ocean waves 1"}
    answer = library.search.find(eve, 'tag:ocean "wavse"')
    assert (answer.items, answer.meant.q) == ([], 'tag:ocean "waves"')


@pytest.mark.parametrize("typed", ["waves", "wave", "oce", "xyzzy", "tag:ocaen", "oc", "-ocaen"])
def test_what_is_there_or_like_nothing_is_not_corrected(library, eve, shelf, typed):
    assert library.search.find(eve, typed).meant is None


def test_nobody_is_told_words_that_they_may_not_see(library, bob, eve, shelf):
    assert library.search.find(eve, "ocelto").meant is None
    assert library.search.find(eve, "secrest").meant is None


def test_words_are_forgotten_with_the_pages_that_had_them(library, ann, eve, shelf):
    first, second = (hit.project for hit in library.find(ann, "ocean", where="projects"))
    library.change(ann, first, description="At the lake.")
    library.publish(ann, second, "unlisted")
    library.catch_up()
    assert [library.search.find(eve, word).meant.q for word in ("ocaen", "lkae")] == [
        *("ocean", "lake")
    ]
    library.publish(ann, first, "unlisted")
    library.catch_up()
    assert [library.search.find(eve, word).meant for word in ("ocaen", "lkae")] == [None, None]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    engine = EmbeddedWords(tmp_path_factory.mktemp("stocked"))
    fill(engine, Document("cell", 0, title="wave", facts=frozenset({Fact("uses", 'a"b,c')})))
    yield engine
    engine.close()


@settings(max_examples=300, deadline=None)
@given(st.text() | st.sampled_from(["tag:", "-uses:", "uses:a", "path:"]), st.integers(-3, 100))
def test_nothing_that_can_be_typed_is_an_error(stocked, text, at):
    for each in Typed(stocked, ("public",), text, at).completions().items:
        assert 0 <= each.at <= len(each.q)
    stocked.corrections(("public",), [text])
    stocked.titles(("public",), text or "x", 5)
