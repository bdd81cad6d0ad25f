"""In which order things are found, and how pages of them follow each other."""

from collections import Counter

from jupyter_wove.search.engines import Document, Part
from tests.unit.search.engines.words import cell, fill, find, projects

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


def test_one_project_does_not_push_all_others_away(engine):
    many = fill(engine, *[cell(f"zebra {n}", n) for n in range(30)])
    one = fill(engine, cell("a long cell about many things, one of which is a zebra"))
    assert projects(engine, "zebra") == [many] * 3 + [one]
    assert len(find(engine, "zebra", where="cells")) == 31


def test_pages_and_cells_are_asked_for_apart(engine):
    page = fill(engine, Document("project", title="Zebra"), public=PAGE)
    other = fill(engine, cell("zebra"))
    assert projects(engine, "zebra", where="projects") == [page]
    assert projects(engine, "zebra", where="cells") == [other]
    assert projects(engine, "zebra") == [page, other]


def test_pages_walk_through_every_hit_once_and_in_order(engine):
    for _ in range(3):
        fill(engine, *[cell(f"zebra {'x ' * (n % 4)}", n) for n in range(12)])
        fill(engine, Document("project", title="Zebra"), public=PAGE)
    for where, count in (("all", 12), ("cells", 36), ("projects", 3)):
        everything = find(engine, "zebra", where=where)
        walked = [*_walk(engine, where)]
        assert len(walked) == count
        assert walked == everything


def _walk(engine, where):
    after = None
    while page := find(engine, "zebra", where=where, after=after, limit=5):
        yield from page
        after = page[-1].position


def test_a_list_goes_on_where_it_was_when_other_things_come_and_go(engine):
    kept = [fill(engine, cell(f"zebra {'x ' * number}")) for number in range(6)]
    first = find(engine, "zebra", limit=3)
    fill(engine, cell("giraffe"))
    rest = find(engine, "zebra", after=first[-1].position)
    assert {each.project for each in first + rest} == set(kept)
    assert max(Counter(each.project for each in first + rest).values()) == 1


def test_of_an_ever_so_common_word_the_newest_are_found(engine):
    old, *_, new = [
        fill(engine, *[cell("common", number) for number in range(1_500)]) for _ in range(3)
    ]
    found = projects(engine, "common", where="cells", limit=20_000)
    assert (len(found), found.count(new), found.count(old)) == (2_000, 1_500, 0)
