"""What somebody starred or remixed makes what is like it stand a little higher, for a while."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.community import Community
from jupyter_wove.search.ranking import gain, liked_of, tastes
from tests.unit.journey import ask

NOW = datetime(2026, 11, 30, tzinfo=UTC)
DAYS = st.integers(-5, 5_000).map(lambda days: NOW - timedelta(days=days))


def test_what_was_liked_lately_counts_more():
    lately, long_ago = NOW - timedelta(days=1), NOW - timedelta(days=61)
    weights = tastes([(lately, {"Ocean"}), (long_ago, {"air"})], NOW)
    assert weights["ocean"] > 2 * weights["air"] > 0
    assert liked_of(weights, {"Air", "OCEAN", "fire"}) == ["OCEAN", "Air"]


@given(st.lists(st.tuples(DAYS, st.sets(st.text(max_size=3)))), st.sets(st.text(max_size=3)))
def test_nothing_gains_more_than_a_fifth(liked, traits):
    assert 0 <= gain(tastes(liked, NOW), traits) <= 0.2


@pytest.fixture
def shelf(library, ann):
    """Two like projects about the sea and the sky, and a liked one about the sky."""
    made = {
        title: library.project(ann, title, "wave = 1", tags=[tag])
        for title, tag in (("Wave a", "sea"), ("Wave b", "sky"), ("Liked", "sky"))
    }
    for project in made.values():
        library.publish(ann, project)
    library.catch_up()
    return made


def order(library, actor, **named):
    found = library.find(actor, "wave", where="projects", **named)
    return [hit.project.title for hit in found]


def test_a_star_lifts_what_has_the_same_tags_and_says_so(library, bob, eve, shelf):
    before = order(library, bob)
    ask(library.wove, bob, Community.star, shelf["Liked"].id)
    assert order(library, bob) == ["Wave b", "Wave a"]
    assert library.find(bob, "wave")[0].why.likes == ["python", "sky"]
    assert order(library, bob, personal=False) == before
    assert order(library, eve) == before
    hit = library.find(bob, "wave", personal=False)[0]
    assert hit.why.likes == []


def test_many_stars_are_worth_a_little(library, ann, bob, eve, shelf):
    last = order(library, ann)[-1]
    for actor in (ann, bob, eve):
        ask(library.wove, actor, Community.star, shelf[last].id)
    library.catch_up()
    assert order(library, eve, personal=False)[0] == last
    assert library.find(eve, "wave", where="projects")[0].why.stars == 3


def test_why_says_which_words_were_found_where(library, bob, shelf):
    hit = library.find(bob, "wave", where="cells")[0]
    assert (hit.why.fields, hit.why.words) == (["source"], ["wave"])
    hit = library.find(bob, "waves sky", where="projects")[0]
    assert {"title", "tags"} <= set(hit.why.fields)
    assert set(hit.why.words) == {"wave", "sky"}
