"""Facets count what a search shows to the one who asks, and nothing else."""

import random

import pytest

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.projects import Publications
from tests.unit.journey import ask

CODE = {
    "python": "import pandas as pd\nwave = pd.read_csv('a.csv')",
    "plot": "import matplotlib.pyplot as plt\nplt.hist(wave)",
    "data": "import seaborn as sns\nwave = sns.load_dataset('iris')",
}
NAMES = "lang,lib,uses,dataset,has,user,tag,tech,level"


@pytest.fixture
def shelf(library, ann, bob):
    """Projects of two people, some of them published, with facts of all kinds."""
    draw = random.Random(4)
    for number in range(10):
        owner = draw.choice([ann, bob])
        tags = draw.sample(["ocean", "air", "fire"], 2)
        level = draw.choice(["beginner", "advanced"])
        cells = [draw.choice(list(CODE.values())) for _ in range(3)]
        project = library.project(owner, f"Wave {number}", *cells, tags=tags, level=level)
        if draw.random() < 0.6:
            library.publish(owner, project)
    library.catch_up()


def everything(library, actor, q, where):
    """Walk through all pages."""
    hits, after = [], None
    while True:
        page = library.search.find(actor, q, where=where, after=after, limit=100)
        hits, after = [*hits, *page.items], page.next
        if after is None:
            return hits


def facets(library, actor, q, where="all"):
    answer = library.search.find(actor, q, where=where, facets=NAMES)
    return {facet.name: facet.values for facet in answer.facets}


@pytest.mark.parametrize("where", ["cells", "projects", "all"])
def test_who_follows_a_facet_sees_as_many_results_as_it_said(library, bob, eve, shelf, where):
    for actor in (bob, eve):
        found = facets(library, actor, "wave", where)
        assert found["tag"] and found["lang"] and found["uses"]
        for values in found.values():
            for value in values:
                shown = len(everything(library, actor, value.q, where))
                assert shown >= value.count > 0
                assert shown == value.count or where == "all"


def test_a_facet_that_was_chosen_leads_back(library, bob, shelf):
    (value,) = [each for each in facets(library, bob, "wave")["tag"] if each.value == "ocean"]
    (chosen,) = [each for each in facets(library, bob, value.q)["tag"] if each.value == "ocean"]
    assert (value.chosen, chosen.chosen, chosen.q) == (False, True, "wave")


def test_what_may_not_be_seen_any_more_is_not_counted_even_before_the_index_knows(
    library, ann, bob, eve, shelf
):
    for hit in library.find(eve, "wave", where="projects", limit=100, remixes=True):
        owner = ann if hit.project.owner.handle == "ann" else bob
        ask(library.wove, owner, Publications.unpublish, hit.project.id)
    assert not any(facets(library, eve, "wave").values())


def test_only_facets_that_there_are_can_be_asked_for(library, bob, shelf):
    with pytest.raises(InvalidRequest, match="there is no colour"):
        library.search.find(bob, "wave", facets="tag,colour")
    assert library.search.find(bob, "wave", facets=" tag, ").facets[0].name == "tag"
    assert library.search.find(bob, "wave").facets == []
