"""Of a project and its remixes, one is listed, and all of them for whoever asks."""

import pytest

from jupyter_wove.community import Community
from tests.unit.journey import ask


@pytest.fixture
def family(library, ann, bob):
    """A published project, and two remixes of it that are published too."""
    first = library.project(ann, "Wave", "wave = 1")
    library.publish(ann, first)
    ids = [library.remix(actor, first, f"Wave {actor.handle}") for actor in (ann, bob)]
    for actor, id_ in zip((ann, bob), ids, strict=True):
        library.publish(actor, _Named(id_))
    library.publish(ann, library.project(ann, "Another wave", "wave = 2"))
    library.catch_up()
    return first


class _Named:
    def __init__(self, id_):
        self.id = id_


def listed(library, actor, **named):
    hits = library.find(actor, "wave", where="projects", **named)
    return [(hit.project.title, hit.remixes) for hit in hits]


def test_the_original_stands_for_its_remixes(library, eve, family):
    assert set(listed(library, eve)) == {("Wave", 2), ("Another wave", 0)}


def test_all_remixes_are_listed_for_whoever_asks(library, eve, family):
    every = {"Wave", "Wave ann", "Wave bob", "Another wave"}
    assert set(listed(library, eve, remixes=True)) == {(title, 0) for title in every}


def test_a_remix_that_is_liked_more_stands_for_the_family(library, ann, bob, eve, family):
    (remix,) = [
        hit.project
        for hit in library.find(eve, "wave", remixes=True)
        if hit.path is None and hit.project.title == "Wave bob"
    ]
    for actor in (ann, bob, eve):
        ask(library.wove, actor, Community.star, remix.id)
    library.catch_up()
    assert ("Wave bob", 2) in listed(library, eve, personal=False)


def test_remixes_that_may_not_be_seen_are_not_counted(library, ann, bob, eve):
    first = library.project(ann, "Wave", "wave = 1")
    library.publish(ann, first)
    library.remix(bob, first, "Wave bob")
    library.catch_up()
    assert listed(library, eve) == [("Wave", 0)]
    assert listed(library, bob) == [("Wave", 1)]
