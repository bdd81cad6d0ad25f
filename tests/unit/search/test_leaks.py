"""Whatever is asked, by whomever: nothing that they may not see is in any part of an answer.

WOVE_QUESTIONS says how many are asked.
"""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_wove.projects import ProjectStore

SECRETS = ["zebra", "giraffe", "okapi", "walrus", "narwhal", "lemur"]
NAMES = "lang,lib,uses,dataset,has,user,tag,tech,level"
SHAPES = ["{0}", "{0} wave", "tag:{0}", "uses:{0}", "-{0} wave", "wave tag:{0}", '"wave {0}"']
PIECE = st.builds(
    lambda shape, word, cut: shape.format(word[: len(word) - cut]),
    st.sampled_from(SHAPES),
    st.sampled_from([*SECRETS, "wave", "wvae", "zerba", "okaip"]),
    st.integers(0, 3),
)
TYPED = st.lists(PIECE, min_size=1, max_size=3).map(" ".join)


@pytest.fixture
def shelf(library, ann, bob):
    """Projects that each have a word of their own; some are published, some shared."""
    draw, words = random.Random(8), {}
    for word in SECRETS:
        owner, other = draw.sample([ann, bob], 2)
        code = f"import {word}\nwave = {word}.read('{word}.csv')"
        project = library.project(owner, f"Wave {word}", code, tags=[word])
        state = draw.choice(["private", "public", "unlisted", "shared"])
        if state == "shared":
            library.take_on(owner, project, other.handle)
        elif state != "private":
            library.publish(owner, project, state)
        words[word] = project
    library.catch_up()
    return words


def told(library, actor, typed, where):
    """Collect all that an answer says, but for what the question said itself."""
    answer = library.search.find(actor, typed, where=where, facets=NAMES, limit=100)
    values = [(value.value, value.count) for facet in answer.facets for value in facet.values]
    going_on = [each.text for each in library.search.completions(actor, typed).items]
    hits = [(str(hit.project), str(hit.title), str(hit.snippet)) for hit in answer.items]
    meant = [each.text for each in answer.meant.text if each.hit] if answer.meant else []
    return str([values, going_on, hits, meant]).lower()


@settings(
    max_examples=int(os.environ.get("WOVE_QUESTIONS", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=TYPED, who=st.integers(0, 2), where=st.sampled_from(["all", "cells", "projects"]))
def test_nothing_is_told_of_what_may_not_be_seen(library, ann, bob, eve, shelf, typed, who, where):
    actor = (ann, bob, eve)[who]
    with library.wove.units.read() as unit:
        ids = {project.id for project in shelf.values()}
        rows = ProjectStore(unit.session).seen(actor, ids)
        works = ProjectStore(unit.session).roles(actor.id, ids)
    seen = {id_ for id_, row in rows.items() if id_ in works or row.visibility == "public"}
    hidden = [word for word, project in shelf.items() if project.id not in seen]
    said = told(library, actor, typed, where)
    assert [word for word in hidden if word in said] == []
