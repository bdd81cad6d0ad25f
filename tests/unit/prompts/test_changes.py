"""What others say about a prompt, and the changes that they propose."""

import pytest

from jupyter_wove.kit.errors import Conflict, Forbidden, InvalidRequest, NotFound
from jupyter_wove.prompts import ChangeRequests, PromptComments, PromptVersions
from jupyter_wove.prompts.changes.models import ChangeAcceptance, ChangeRefusal, NewChangeRequest
from jupyter_wove.prompts.comments.models import NewPromptComment
from tests.unit.journey import ask
from tests.unit.prompts.shelf import add, file, save


@pytest.fixture
def prompt(wove, ann):
    return add(wove, ann, body="One", public=True)


def propose(wove, actor, prompt, body, base="1.0.0"):
    wanted = NewChangeRequest(file(prompt.name, body), base, "Better")
    return ask(wove, actor, ChangeRequests.propose, prompt.id, wanted)


def accept(wove, actor, prompt, change):
    return ask(
        wove, actor, ChangeRequests.accept, prompt.id, change.request.id, ChangeAcceptance()
    )


def test_a_change_that_is_accepted_is_a_version_of_who_proposed_it(wove, ann, bob, prompt):
    change = propose(wove, bob, prompt, "Two")
    assert change.diff.bump == "minor"
    assert accept(wove, ann, prompt, change).number == "1.1.0"
    version = ask(wove, bob, PromptVersions.get, prompt.id, "latest").version
    assert (version.author.handle, version.note) == ("bob", "Better")
    with pytest.raises(Conflict, match="accepted already"):
        accept(wove, ann, prompt, change)


def test_a_change_for_an_older_version_is_not_accepted(wove, ann, bob, prompt):
    change = propose(wove, bob, prompt, "Two")
    save(wove, ann, prompt, "Three", model="big")
    with pytest.raises(
        Conflict, match=r"Since 1\.0\.0 there is 1\.1\.0, which changed the text, "
    ):
        accept(wove, ann, prompt, change)
    [open_] = ask(wove, ann, ChangeRequests.all, prompt.id, "open").items
    assert open_.id == change.request.id


def test_a_change_is_declined_with_a_reason_or_withdrawn(wove, ann, bob, prompt):
    first, second = propose(wove, bob, prompt, "Two"), propose(wove, bob, prompt, "Three")
    refusal = ChangeRefusal("Too long")
    declined = ask(wove, ann, ChangeRequests.decline, prompt.id, first.request.id, refusal)
    assert (declined.state, declined.reason, declined.decided_by.handle) == (
        "declined",
        "Too long",
        "ann",
    )
    with pytest.raises(Forbidden):
        ask(wove, ann, ChangeRequests.withdraw, prompt.id, second.request.id)
    assert ask(wove, bob, ChangeRequests.withdraw, prompt.id, second.request.id).state == (
        "withdrawn"
    )


def test_only_editors_decide(wove, bob, prompt):
    change = propose(wove, bob, prompt, "Two")
    with pytest.raises(Forbidden):
        accept(wove, bob, prompt, change)


def test_nonsense_is_not_proposed(wove, bob, prompt):
    for body, base, error in [
        ("One", "1.0.0", Conflict),
        ("{{x", "1.0.0", InvalidRequest),
        ("Two", "9.0.0", NotFound),
        ("Two", "latest", InvalidRequest),
    ]:
        with pytest.raises(error):
            propose(wove, bob, prompt, body, base)
    assert ask(wove, bob, ChangeRequests.all, prompt.id).items == []


def test_a_change_belongs_to_its_prompt(wove, ann, bob, prompt):
    other = add(wove, ann, "other", public=True)
    change = propose(wove, bob, prompt, "Two")
    with pytest.raises(NotFound):
        ask(wove, bob, ChangeRequests.get, other.id, change.request.id)


def test_people_comment_and_take_it_back(wove, ann, bob, prompt):
    first = ask(wove, bob, PromptComments.add, prompt.id, NewPromptComment("*Nice*"))
    ask(wove, ann, PromptComments.add, prompt.id, NewPromptComment("Thanks"))
    changed = ask(
        wove, bob, PromptComments.change, prompt.id, first.id, NewPromptComment("Very nice")
    )
    assert changed.edited is not None
    with pytest.raises(Forbidden):
        ask(wove, ann, PromptComments.change, prompt.id, first.id, NewPromptComment("Bad"))
    said = ask(wove, ann, PromptComments.all, prompt.id).items
    assert [(each.text, each.is_mine) for each in said] == [("Very nice", False), ("Thanks", True)]
    with pytest.raises(Forbidden):
        ask(wove, bob, PromptComments.remove, prompt.id, said[1].id)
    ask(wove, ann, PromptComments.remove, prompt.id, first.id)
    assert len(ask(wove, ann, PromptComments.all, prompt.id).items) == 1
