"""In which order things are found, and what of very much."""

from jupyter_wove.search.engines import Document, Part
from tests.unit.search.engines.words import cell, fill, projects

PAGE = frozenset({Part("", "1")})


def test_a_title_counts_more_than_a_description_and_that_more_than_text(engine):
    last = fill(engine, cell("zebra = 1"))
    second = fill(engine, Document("project", description="A zebra in it."), public=PAGE)
    first = fill(engine, Document("project", title="A zebra first"), public=PAGE)
    assert projects(engine, "zebra") == [first, second, last]


def test_a_title_counts_also_where_much_text_is_below_it(engine):
    text = "Many words about it. " * 100
    first = fill(engine, Document("project", title="A zebra", markdown=text), public=PAGE)
    second = fill(engine, cell("zebra"))
    assert projects(engine, "zebra") == [first, second]


def test_what_is_about_a_word_comes_before_what_names_it_once(engine):
    once = fill(engine, cell("zebra and " + "other words " * 50))
    about = fill(engine, cell("zebra zebra zebra"))
    assert projects(engine, "zebra") == [about, once]


def test_who_has_more_of_the_words_comes_first(engine):
    one = fill(engine, cell("alpha and something"))
    both = fill(engine, cell("alpha beta something"))
    assert projects(engine, "alpha beta", every=False) == [both, one]


def test_pages_and_cells_are_asked_for_apart(engine):
    page = fill(engine, Document("project", title="Zebra"), public=PAGE)
    other = fill(engine, cell("zebra"))
    assert projects(engine, "zebra", where="projects") == [page]
    assert projects(engine, "zebra", where="cells") == [other]
    assert projects(engine, "zebra") == [page, other]


def test_of_an_ever_so_common_word_the_newest_are_found(engine):
    old, *_, new = [
        fill(engine, *[cell("common", number) for number in range(1_500)]) for _ in range(3)
    ]
    found = projects(engine, "common", where="cells")
    assert (len(found), found.count(new), found.count(old)) == (2_000, 1_500, 0)
