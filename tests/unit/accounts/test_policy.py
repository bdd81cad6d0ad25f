"""Who may do what with a project."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jupyter_wove.accounts import Action, Actor, Facts, Role, Visibility, authorize, demand
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound

any_facts = some.builds(
    Facts,
    role=some.sampled_from(Role),
    visibility=some.sampled_from(Visibility),
    published=some.booleans(),
    deleted=some.booleans(),
)
any_action = some.sampled_from(Action)
SOMEBODY = Actor(uuid4(), "ann", "Ann", frozenset(), "session")


def facts(role=Role.NONE, visibility=Visibility.PRIVATE, published=False, deleted=False):
    return Facts(role, visibility, published, deleted)


@given(any_action, any_facts, some.sampled_from(Role))
def test_a_higher_role_never_may_less(action, lower, role):
    higher = Facts(max(role, lower.role), lower.visibility, lower.published, lower.deleted)
    assert authorize(action, higher) or not authorize(action, lower)


@given(any_action, any_facts)
def test_who_may_do_anything_may_also_see(action, given_facts):
    assert authorize(Action.SEE, given_facts) or not authorize(action, given_facts)


@given(some.sampled_from([each for each in Action if each not in {"see", "remix", "star"}]))
def test_a_stranger_only_sees_remixes_and_stars_what_is_public(action):
    assert not authorize(action, facts(visibility=Visibility.PUBLIC, published=True))


@given(any_action)
def test_a_stranger_may_nothing_with_a_private_project(action):
    assert not authorize(action, facts(published=True))


@given(any_action, some.sampled_from([Visibility.PUBLIC, Visibility.UNLISTED]))
def test_a_stranger_may_nothing_with_what_was_never_published(action, visibility):
    assert not authorize(action, facts(visibility=visibility))


@given(any_action, some.sampled_from(list(Role)[:-1]))
def test_in_the_bin_a_project_is_there_for_its_owners_only(action, role):
    assert not authorize(action, facts(role, Visibility.PUBLIC, published=True, deleted=True))


@pytest.mark.parametrize(
    ("action", "least"),
    [
        (Action.SEE, Role.VIEWER),
        (Action.READ_WORK, Role.VIEWER),
        (Action.REMIX, Role.VIEWER),
        (Action.STAR, Role.VIEWER),
        (Action.COMMENT, Role.COMMENTER),
        (Action.EDIT, Role.EDITOR),
        (Action.PUBLISH, Role.OWNER),
        (Action.MANAGE, Role.OWNER),
        (Action.DELETE, Role.OWNER),
    ],
)
def test_each_action_needs_its_role(action, least):
    may = {role for role in Role if authorize(action, facts(role))}
    assert may == {role for role in Role if role >= least}


def test_what_may_not_be_seen_does_not_exist():
    with pytest.raises(NotFound):
        demand(SOMEBODY, Action.EDIT, facts())


def test_what_may_be_seen_but_not_done_is_forbidden():
    with pytest.raises(Forbidden, match="Ann may not edit this project"):
        demand(SOMEBODY, Action.EDIT, facts(Role.VIEWER))


def test_a_project_in_the_bin_must_be_brought_back_first():
    with pytest.raises(Conflict, match="Bring it back first"):
        demand(SOMEBODY, Action.EDIT, facts(Role.OWNER, deleted=True))


def test_a_project_outside_of_the_bin_cannot_be_brought_back():
    with pytest.raises(Conflict, match="does not lie in the bin"):
        demand(SOMEBODY, Action.UNDELETE, facts(Role.OWNER))
