"""Every engine of vectors: what is near, for whom, and how it gets there."""

from array import array
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from uuid import uuid4

import pytest

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines import (
    PUBLIC,
    Document,
    Moved,
    Part,
    Place,
    Sought,
    Space,
    State,
    principal,
)
from jupyter_wove.search.engines.choosing import Engines
from jupyter_wove.search.engines.embedded.vectors import EmbeddedVectors
from jupyter_wove.search.engines.postgresql import PostgresqlVectors
from tests.services import TEMPLATE

# The vector of a text is where its words point to.
POINTS = {"north": (1, 0), "northeast": (0.8, 0.6), "east": (0, 1), "south": (-1, 0)}
SPACE = Space("compass", 2, 1)
WORK = Part("a.ipynb", "1")
ANN = principal(uuid4())


def vector(words):
    return array("f", POINTS[next(each for each in words.split() if each in POINTS)])


def cell(words):
    return Document("cell", 0, None, "", markdown=f"{words} is the way")


def embedded(request, stack):
    folder = request.getfixturevalue("tmp_path") / "index"
    return lambda space: EmbeddedVectors(folder, space)


def postgresql(request, stack):
    server, name = request.getfixturevalue("pgvector_server"), f"t_{uuid4().hex}"
    url = server.create(name)
    stack.callback(server.drop, name)
    database = Database(url)
    stack.callback(database.close)
    server.extend(name, "vector")
    return lambda space: PostgresqlVectors(database, space)


PLACES = {"embedded": embedded, "postgresql": postgresql}


@pytest.fixture(params=PLACES)
def opens(request):
    """What opens an index for a space, the same index each time."""
    with ExitStack() as stack:
        yield PLACES[request.param](request, stack)


@pytest.fixture
def engine(opens):
    engine = opens(SPACE)
    yield engine
    engine.close()


def add(writer, *documents, project=None, part=WORK, members=(), public=True, kept=()):
    """Keep documents as a part of a project, which then has this part and those kept alone."""
    ticket = writer.begin(project or uuid4())
    writer.add(ticket, part, documents)
    parts = frozenset([part, *kept])
    shown = parts if public else frozenset()
    writer.settle(ticket, State(1, "v", frozenset(members), shown, parts))
    return ticket.project


def embed(engine):
    while texts := engine.take(2):
        engine.give({each.digest: vector(each.words) for each in texts})


def near(engine, words, *principals, limit=10, **named):
    sought = Sought(vector(words), principals or (PUBLIC,), limit, **named)
    return [each.place.project for each in engine.nearest(sought)]


def test_the_nearest_comes_first_and_says_where_it_is_and_how_near(engine):
    file = Document("file", title="a.ipynb")
    project = add(engine, file, cell("northeast"), cell("north"))
    embed(engine)
    found = engine.nearest(Sought(vector("north"), (PUBLIC,), 2))
    assert [each.place for each in found] == [Place(project, WORK, 2), Place(project, WORK, 1)]
    assert [each.cosine for each in found] == pytest.approx([1.0, 0.8], abs=1e-3)


def test_what_has_no_vector_yet_is_not_found(engine):
    add(engine, cell("north"))
    assert near(engine, "north") == []
    embed(engine)
    assert near(engine, "north")


def test_an_empty_index_finds_nothing(engine):
    assert near(engine, "north") == []
    assert engine.progress() == (0, 0)
    assert engine.page(uuid4(), (PUBLIC,)) is None


def test_private_work_is_found_by_members_alone(engine):
    secret = add(engine, cell("north"), public=False, members=[ANN])
    embed(engine)
    assert near(engine, "north") == []
    assert near(engine, "north", PUBLIC, principal(uuid4())) == []
    assert near(engine, "north", PUBLIC, ANN) == [secret]


def test_private_work_takes_no_room_from_what_is_public(engine):
    for _ in range(30):
        add(engine, cell("north"), public=False, members=[ANN])
    shown = add(engine, cell("northeast"))
    embed(engine)
    assert near(engine, "north", limit=1) == [shown]


def test_who_leaves_finds_it_no_more_and_what_is_withdrawn_nobody_does(engine):
    project = add(engine, cell("north"), members=[ANN])
    embed(engine)
    assert near(engine, "north") == [project]
    add(engine, cell("north"), project=project, public=False, members=[ANN])
    assert (near(engine, "north"), near(engine, "north", ANN)) == ([], [project])
    add(engine, cell("north"), project=project, public=False)
    assert near(engine, "north", ANN) == []


def test_a_project_that_is_gone_is_not_found(engine):
    project = add(engine, cell("north"))
    embed(engine)
    assert near(engine, "north")
    engine.settle(engine.begin(project), None)
    assert near(engine, "north") == []
    assert engine.progress() == (0, 0)


def test_a_text_said_twice_is_read_once(engine):
    one, other = add(engine, cell("north")), add(engine, cell("north"))
    (taken,) = engine.take(10)
    engine.give({taken.digest: vector("north")})
    assert engine.progress() == (1, 1)
    assert set(near(engine, "north")) == {one, other}


def test_what_stays_in_a_changed_file_keeps_its_vector(engine):
    project = add(engine, cell("north"), cell("south"))
    embed(engine)
    add(engine, cell("north"), cell("east"), project=project, part=Part("a.ipynb", "2"))
    assert engine.progress() == (1, 2)
    assert [text.words.split()[0] for text in engine.take(10)] == ["east"]


def test_a_text_that_was_taken_is_left_to_whoever_took_it(engine):
    add(engine, cell("north"), cell("south"))
    assert len(engine.take(1)) == len(engine.take(5)) == 1
    assert engine.take(5) == []


def test_a_text_that_was_put_back_can_be_taken_at_once(engine):
    add(engine, cell("north"))
    taken = engine.take(1)
    engine.put_back([each.digest for each in taken])
    assert engine.take(1) == taken


def test_the_newest_texts_are_taken_first(engine):
    add(engine, cell("north"))
    add(engine, cell("south"))
    assert engine.take(1)[0].words.startswith("south")


def test_a_vector_of_a_text_that_is_gone_does_no_harm(engine):
    engine.give({"no such digest": vector("north")})
    assert engine.progress() == (0, 0)


def test_it_tells_the_vectors_that_it_has(engine):
    add(engine, cell("north"), cell("northeast"), cell("south"))
    south, *_ = texts = engine.take(3)
    engine.give({each.digest: vector(each.words) for each in texts if each is not south})
    found = engine.known([*(each.digest for each in texts), "no such digest"])
    for each in texts[1:]:
        assert list(found.pop(each.digest)) == pytest.approx(list(vector(each.words)), abs=1e-3)
    assert found == {}


def test_only_some_kinds_are_looked_for(engine):
    page = Document("project", title="north is here")
    project = add(engine, page, part=Part("", "1"))
    add(engine, cell("north"))
    embed(engine)
    assert near(engine, "north", kinds={"project"}) == [project]


def test_what_is_too_far_is_not_found(engine):
    add(engine, cell("south"))
    embed(engine)
    assert near(engine, "north", least=0.2) == []


def test_a_document_counts_by_its_nearest_text_and_once(engine):
    project = add(engine, Document("file", title="a", markdown="south " * 190 + "north " * 190))
    embed(engine)
    assert engine.progress()[1] > 1
    assert near(engine, "north") == [project]


def test_a_page_means_what_its_texts_mean_to_those_who_may_see_it(engine):
    page = Document("project", title="north of here", description="by the compass")
    project = add(engine, page, part=Part("", "1"), public=False, members=[ANN])
    embed(engine)
    assert list(engine.page(project, (ANN,))) == pytest.approx([1, 0], abs=1e-3)
    assert engine.page(project, (PUBLIC,)) is None


def test_a_rebuilt_index_keeps_the_vectors_of_what_is_still_said(engine):
    project = add(engine, cell("north"), cell("south"))
    embed(engine)

    def fill(fresh):
        add(fresh, cell("north"), cell("east"), project=project, part=Part("a.ipynb", "2"))
        assert near(engine, "north")[0] == project
        assert fresh.take_over() == set()

    engine.rebuild(fill)
    assert engine.progress() == (1, 2)
    assert near(engine, "north") == [project]


def test_what_was_taken_before_a_rebuild_can_be_given_after_it(engine):
    project = add(engine, cell("north"))
    taken = engine.take(1)

    def fill(fresh):
        add(fresh, cell("north"), project=project)
        assert fresh.take_over() == set()

    engine.rebuild(fill)
    engine.give({each.digest: vector(each.words) for each in taken})
    assert near(engine, "north") == [project]


def test_a_ticket_of_the_old_index_is_of_no_use_after_a_rebuild(engine):
    ticket = engine.begin(uuid4())
    engine.rebuild(lambda fresh: fresh.take_over())
    with pytest.raises(Moved):
        engine.settle(ticket, None)


def test_another_process_sees_what_this_one_writes(engine, opens):
    other = opens(SPACE)
    project = add(engine, cell("north"))
    assert near(other, "north") == []
    embed(engine)
    assert near(other, "north") == [project]
    add(other, cell("south"), project=project, part=Part("a.ipynb", "2"))
    embed(other)
    assert engine.nearest(Sought(vector("north"), (PUBLIC,), 9, least=0.5)) == []
    other.close()


def test_another_space_is_another_index_and_the_first_is_still_there(engine, opens):
    add(engine, cell("north"))
    embed(engine)
    other = opens(SPACE._replace(model="hub/other model"))
    assert other.is_new()
    assert near(other, "north") == []
    assert near(engine, "north")
    other.drop_old()
    assert near(engine, "north")
    other.close()


def test_texts_that_several_write_at_once_are_all_there(opens):
    engines = [opens(SPACE) for _ in range(4)]
    said = [cell(words) for words in POINTS]

    def write(nth):
        project = uuid4()
        for number in range(10):
            documents = said[nth % 2 :: 2] if number % 2 else said
            add(engines[nth], *documents, project=project, part=Part("a.ipynb", str(number)))
        add(engines[nth], *said, project=project, part=Part("a.ipynb", "last"))
        return project

    with ThreadPoolExecutor(4) as threads:
        written = list(threads.map(write, range(4)))
    embed(engines[0])
    assert engines[0].progress() == (4, 4)
    for engine in engines:
        assert set(near(engine, "south", limit=4)) == set(written)
        engine.close()


@pytest.mark.parametrize(
    ("template", "engine", "expected"),
    [
        (TEMPLATE, "auto", PostgresqlVectors),
        (TEMPLATE, "embedded", EmbeddedVectors),
        ("template0", "auto", EmbeddedVectors),
    ],
)
def test_vectors_are_in_the_database_where_it_can_compare_them(
    pgvector_server, tmp_path, template, engine, expected
):
    name = f"t_{uuid4().hex}"
    with closing(Database(pgvector_server.create(name, template))) as database:
        assert isinstance(Engines(database, tmp_path, engine).vectors(SPACE), expected)
    pgvector_server.drop(name)


def test_changes_without_end_do_not_fill_the_memory(tmp_path):
    engine = EmbeddedVectors(tmp_path / "index", SPACE)
    project = uuid4()
    for number in range(300):
        words = Document("cell", 0, None, "", markdown=f"north is way number {number}")
        add(engine, words, project=project, part=Part("a.ipynb", str(number)))
        embed(engine)
        assert near(engine, "north") == [project]
    assert engine.generation().in_memory() < 270
    engine.close()
