"""The embedded index: hostile questions, many threads, many processes."""

import threading
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.search import EmbeddedWords
from jupyter_wove.search.engines import Document, Moved, Overtaken, Part, State, Wanted
from jupyter_wove.search.queries import parse
from tests.unit.search.conftest import marked

SHOWN = frozenset({Part("a.ipynb", "1")})
HOSTILE = [
    *("C++", '"', '""', "*", "-", "-x", "a AND", "NEAR(", "title:", "{a b}: c", "^a", "a + b"),
    *("x' OR 1=1 --", "\x00", 'a"b', '"a\x00b', "\ud800", "a\udfffb", "💥" * 50, "数" * 500),
    *("x" * 10_000, "a " * 5_000, '"' * 9_999, "()" * 5_000, "\u200b", "ก็็็็็", "\x02a\x03"),
]


def fill(engine, *documents, project=None, members=(), public=SHOWN):
    ticket = engine.begin(project or uuid4())
    for part in public:
        engine.add(ticket, part, documents)
    engine.settle(ticket, State(1, "v", frozenset(members), public, public))
    return ticket.project


def find(engine, words, every=True):
    wanted = Wanted(parse(words), ("public",), every)
    found = engine.find(wanted)
    shown = engine.show(wanted, [each.id for each in found])
    return [shown[each.id] for each in found]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    engine = EmbeddedWords(tmp_path_factory.mktemp("stocked"))
    texts = ["C++ and title: x", "数据分析 と データ", "a NEAR b", "RandomForest x' OR 1=1"]
    fill(engine, *[Document("cell", n, None, "", source=text) for n, text in enumerate(texts)])
    yield engine
    engine.close()


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_can_be_typed_is_an_error(stocked, words, every):
    question = parse(words)
    assert not question.terms or find(stocked, words, every) is not None


@settings(max_examples=200, deadline=None)
@given(st.text() | st.text(alphabet='ab"*-+():^{}\\ \x00\x02数AND'))
def test_nothing_at_all_that_can_be_typed_is_an_error(stocked, words):
    if parse(words).terms:
        find(stocked, words)
        find(stocked, words, every=False)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abAB é数分 \n\u200b\x02\x03\x00<&>_.1", min_size=1, max_size=400))
def test_what_is_shown_is_a_piece_of_the_text_with_the_hits_marked(tmp_path_factory, text):
    engine = EmbeddedWords(tmp_path_factory.mktemp("shown"))
    fill(engine, Document("cell", 0, None, "", source=text + " needle " + text))
    (found,) = find(engine, "needle")
    engine.close()
    assert [each.text for each in found.snippet if each.hit].count("needle") == 1
    shown = "".join(each.text for each in found.snippet).strip("…")
    assert len(shown) <= 160
    assert "".join(shown.split()) in "".join(_plain(text + " needle " + text).split())


def _plain(text):
    return "".join(each for each in text if each not in "\u200b\x02\x03\x00")


def test_every_hit_is_marked_where_most_of_them_are(engine):
    far, near = "needle " + "hay " * 100, "a needle and another needle. " + "hay " * 100
    fill(engine, Document("cell", 0, None, "", source=far + near))
    (found,) = find(engine, "needle")
    assert marked(found.snippet).startswith("…")
    assert "a [needle] and another [needle]. hay" in marked(found.snippet)


def test_a_document_is_cut_where_it_is_too_long(engine):
    fill(engine, Document("file", title="a.txt", markdown="word " * 100_000 + "needle"))
    assert find(engine, "needle") == []
    assert find(engine, "word")


def test_of_an_ever_so_common_word_the_newest_are_found(engine):
    old, *_, new = [
        fill(engine, *[Document("cell", n, None, "", source="common") for n in range(1_500)])
        for _ in range(3)
    ]
    wanted = Wanted(parse("common"), ("public",), where="cells")
    found = [each.project for each in engine.find(wanted)]
    assert (len(found), found.count(new), found.count(old)) == (2_000, 1_500, 0)


def test_who_began_earlier_does_not_overwrite_who_began_later(engine):
    project = uuid4()
    early, late = engine.begin(project), engine.begin(project)
    engine.settle(late, None)
    with pytest.raises(Overtaken):
        engine.add(early, Part("", "1"), [Document("project", title="old")])
    with pytest.raises(Overtaken):
        engine.settle(early, State(1, "v", frozenset(), SHOWN, SHOWN))


def test_who_began_before_a_rebuild_begins_again(engine):
    ticket = engine.begin(uuid4())
    engine.rebuild(lambda fresh: fresh.take_over())
    with pytest.raises(Moved):
        engine.settle(ticket, None)


def test_threads_and_other_processes_read_while_rebuilds_happen(engine):
    other = EmbeddedWords(engine.folder)  # as another process would open it
    project = fill(engine, Document("cell", 0, None, "", source="needle"))
    wrong, stop = [], threading.Event()

    def look(at):
        while not stop.is_set():
            if [each.project for each in find(at, "needle")] != [project]:
                wrong.append(at)

    def again(fresh):
        fill(fresh, Document("cell", 0, None, "", source="needle"), project=project)
        while fresh.take_over():
            pass

    threads = [threading.Thread(target=look, args=(at,)) for at in (engine, engine, other)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        engine.rebuild(again)
    stop.set()
    for thread in threads:
        thread.join()
    other.close()
    assert wrong == []


def test_several_processes_write_to_one_index(engine, run_python):
    code = """
        import sys
        from pathlib import Path
        from uuid import uuid4
        from jupyter_wove.search import EmbeddedWords
        from jupyter_wove.search.engines import Document, Part, State
        engine = EmbeddedWords(Path(sys.argv[1]))
        part = frozenset({Part("a", "1")})
        for number in range(50):
            ticket = engine.begin(uuid4())
            engine.add(ticket, Part("a", "1"), [Document("file", title="needle")])
            engine.settle(ticket, State(1, "v", frozenset(), part, part))
        """
    threads = [threading.Thread(target=run_python, args=(code, engine.folder)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(find(engine, "needle")) == 150
