"""Prompts and people are found as projects are, by those who may see them."""

import pytest

from jupyter_wove.accounts import Accounts
from jupyter_wove.accounts.models import PersonChange
from jupyter_wove.prompts import PromptMembers, Prompts
from jupyter_wove.prompts.members.models import PromptMembership
from tests.unit.journey import ask
from tests.unit.prompts.shelf import add, save
from tests.unit.search.conftest import marked, text


@pytest.fixture
def prompts(library, ann):
    """A private and a public prompt."""
    private = add(library.wove, ann, "secret", "Explain the zebra.")
    public = add(library.wove, ann, "open", "Draw a zebra.", public=True, tags="[animals]")
    library.catch_up()
    return private, public


def found(library, actor, q="zebra", where="prompts"):
    return {hit.prompt.name for hit in library.find(actor, q, where=where)}


def test_a_public_prompt_is_found_by_what_it_says(library, bob, prompts):
    (hit,) = library.find(bob, "zebra", where="prompts")
    assert (hit.kind, hit.prompt.id, hit.prompt.owner.handle) == ("prompt", prompts[1].id, "ann")
    assert (hit.project, hit.person, hit.path) == (None, None, None)
    assert "[zebra]" in marked(hit.snippet)
    assert "prompt" in {each.kind for each in library.find(bob, "zebra")}


def test_prompts_are_narrowed_as_projects_are(library, bob, prompts):
    assert found(library, bob, "tag:animals") == {"open"}
    assert found(library, bob, "zebra user:ann -tag:animals") == set()
    ask(library.wove, bob, Prompts.vote, prompts[1].id)
    library.catch_up()
    assert found(library, bob, "stars:1") == {"open"}


def test_a_private_prompt_is_found_by_those_whom_it_is_shared_with(library, ann, bob, prompts):
    assert found(library, ann) == {"open", "secret"}
    assert found(library, bob) == {"open"}
    ask(library.wove, ann, PromptMembers.put, prompts[0].id, "bob", PromptMembership("viewer"))
    library.catch_up()
    assert found(library, bob) == {"open", "secret"}
    ask(library.wove, ann, PromptMembers.remove, prompts[0].id, "bob")
    assert found(library, bob) == {"open"}


def test_a_prompt_that_is_private_again_or_gone_is_not_found_even_before_the_index_knows(
    library, ann, bob, prompts
):
    ask(library.wove, ann, Prompts.unpublish, prompts[1].id)
    assert found(library, bob) == set()
    library.catch_up()
    assert found(library, ann) == {"open", "secret"}
    ask(library.wove, ann, Prompts.delete, prompts[1].id)
    assert found(library, ann) == {"secret"}


def test_what_a_prompt_said_before_is_not_shown(library, ann, bob, prompts):
    save(library.wove, ann, prompts[1], "Draw a giraffe.")
    assert all("zebra" not in text(hit.snippet) for hit in library.find(bob, "zebra"))
    library.catch_up()
    assert found(library, bob, "giraffe") == {"open"}


def test_people_are_found_by_what_they_say_of_themselves(library, ann, bob):
    ask(library.wove, ann, Accounts.change_me, PersonChange(name="Ann Okapi", bio="Waves."))
    library.catch_up()
    for words in ("okapi", "waves", "ann", "user:ann"):
        (hit,) = library.find(bob, words, where="people")
        assert (hit.kind, hit.person.handle, hit.project) == ("person", "ann", None)
    ask(library.wove, ann, Accounts.change_me, PersonChange(name="Ann"))
    assert all("Okapi" not in text(hit.title) for hit in library.find(bob, "ann"))


def test_whoever_joins_is_found(library, bob):
    library.wove.directory.identity("tests", "zoe", "Zoe Zebra")
    library.catch_up()
    assert [hit.person.handle for hit in library.find(bob, "zebra", where="people")] == ["zoe"]


def test_prompts_and_people_that_the_index_never_heard_of_are_mended(library, ann, bob):
    add(library.wove, ann, "open", "Draw a zebra.", public=True)
    assert library.indexer.check()
    assert library.indexer.mend() == 0
    assert library.indexer.check() == set()
    assert found(library, bob) == {"open"}
    assert library.find(bob, "ann", where="people")
