"""Nobody finds what they may not see, however far behind the index is."""

import pytest

from jupyter_wove.projects import Members, Projects, Publications
from jupyter_wove.search.engines import PUBLIC, Wanted, principal
from jupyter_wove.search.queries import parse
from tests.unit.journey import ask


@pytest.fixture
def plan(library, ann):
    project = library.project(
        ann, "Plan zebra", "zebra = 1", description="A zebra plan.", tags=["zebra"]
    )
    library.catch_up()
    return project


def nothing(library, actor, words="zebra"):
    pages = [library.search.find(actor, words, where=w) for w in ("all", "projects", "cells")]
    return all(page.items == [] and page.next is None for page in pages)


def test_a_stranger_finds_nothing_of_private_work(library, ann, bob, plan):
    assert nothing(library, bob)
    assert library.find(ann, "zebra")


def test_private_work_does_not_keep_a_stranger_from_finding_any_of_the_words(library, ann, bob):
    library.project(ann, "Secret", "alpha beta")
    library.publish(ann, library.project(ann, "Open", "alpha"))
    library.catch_up()
    assert library.cells(bob, "alpha beta") == ["alpha"]


def test_a_member_finds_the_work_and_stops_to_when_they_leave(library, ann, bob, plan):
    library.take_on(ann, plan, "bob")
    library.catch_up()
    assert library.find(bob, "zebra")
    ask(library.wove, ann, Members.remove, plan.id, "bob")
    assert nothing(library, bob)


def test_a_former_member_finds_only_what_is_published(library, ann, bob, plan):
    library.take_on(ann, plan, "bob")
    library.publish(ann, plan)
    library.write(ann, plan, "giraffe")
    library.catch_up()
    assert library.cells(bob, "giraffe") == ["giraffe"]
    ask(library.wove, ann, Members.remove, plan.id, "bob")
    assert nothing(library, bob, "giraffe")
    assert library.find(bob, "zebra")


def test_strangers_do_not_find_what_was_not_published_yet(library, ann, bob, plan):
    library.publish(ann, plan)
    library.write(ann, plan, "giraffe")
    library.catch_up()
    assert nothing(library, bob, "giraffe")
    assert library.cells(bob, "zebra") == ["zebra = 1"]
    library.publish(ann, plan)
    library.catch_up()
    assert library.cells(bob, "giraffe") == ["giraffe"]
    assert library.cells(bob, "zebra") == []


def test_a_cell_that_was_taken_out_is_gone_at_once_for_strangers(library, ann, bob, plan):
    library.publish(ann, plan)
    library.catch_up()
    library.write(ann, plan, "nothing here")
    library.publish(ann, plan)
    assert library.cells(bob, "zebra") == []


@pytest.mark.parametrize("operation", [Projects.delete, Publications.unpublish])
def test_what_is_not_shared_any_more_is_gone_at_once(library, ann, bob, plan, operation):
    library.publish(ann, plan)
    library.catch_up()
    assert library.find(bob, "zebra")
    ask(library.wove, ann, operation, plan.id)
    assert nothing(library, bob)
    library.catch_up()
    assert nothing(library, bob)


def test_what_is_unlisted_is_not_come_across(library, ann, bob, plan):
    library.publish(ann, plan)
    library.catch_up()
    library.publish(ann, plan, "unlisted")
    assert nothing(library, bob)
    library.catch_up()
    assert nothing(library, bob)
    assert library.find(ann, "zebra")


def test_words_taken_off_a_page_are_not_shown_again(library, ann, bob, plan):
    library.publish(ann, plan)
    library.catch_up()
    library.change(ann, plan, title="Plan", description="", tags=[])
    assert all("zebra" not in str(hit.title + hit.snippet) for hit in library.find(bob, "plan"))


def test_hits_that_went_meanwhile_do_not_end_the_list(library, ann, bob):
    projects = [library.project(ann, f"Zebra {number}") for number in range(6)]
    for project in projects:
        library.publish(ann, project)
    library.catch_up()
    first = library.search.find(bob, "zebra", where="projects", limit=2)
    for hit in first.items:
        ask(library.wove, ann, Publications.unpublish, hit.project.id)
    again = library.search.find(bob, "zebra", where="projects", limit=2)
    rest = library.search.find(bob, "zebra", where="projects", limit=4, after=again.next)
    found = {hit.project.id for hit in again.items + rest.items}
    assert found == {each.id for each in projects} - {hit.project.id for hit in first.items}


def test_the_engine_itself_keeps_strangers_out(library, ann, bob, plan, engine):
    def found(*principals):
        return engine.find(Wanted(parse("zebra"), principals))

    assert found() == found(PUBLIC) == found(PUBLIC, principal(bob.id)) == []
    assert len(found(principal(ann.id))) == 2
