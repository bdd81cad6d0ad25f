"""The library: adding, finding, sharing, forking and deleting prompts."""

import pytest
from sqlalchemy import func, select

from jupyter_wove.kit.errors import Conflict, Forbidden, InvalidRequest, NotFound
from jupyter_wove.prompts import PromptLabels, PromptMembers, Prompts, PromptVersions
from jupyter_wove.prompts.members.models import PromptMembership
from jupyter_wove.prompts.models import NewFork, NewPrompt, PromptToImport
from jupyter_wove.prompts.tables import PromptTextRow
from tests.unit.journey import ask
from tests.unit.prompts.shelf import add, file, save


def found(wove, actor, **asked):
    return [card.name for card in ask(wove, actor, Prompts.find, **asked).items]


def test_a_prompt_says_what_its_file_says(wove, ann):
    settings = {"title": "Explain", "kind": "agent", "license": "MIT", "tags": "[errors]"}
    card = add(wove, ann, **settings, output="{type: markdown}", stack="[pandas]")
    assert (card.name, card.title, card.kind, card.number) == (
        "explain",
        "Explain",
        "agent",
        "1.0.0",
    )
    assert (card.tags, card.stack, card.output, card.role) == (
        ["errors"],
        ["pandas"],
        "markdown",
        "owner",
    )
    assert ask(wove, ann, Prompts.at_address, "ann", "explain") == card


def test_a_file_is_kept_to_the_byte(wove, ann):
    text = "---\n# a note\nname:   explain\n'kind': prompt\n---\n\nHello  \n"
    card = ask(wove, ann, Prompts.create, NewPrompt(text))
    assert ask(wove, ann, Prompts.export, card.id).content == text.encode()


def test_what_is_wrong_with_a_file_is_said_and_nothing_is_added(wove, ann):
    for text, says in [("Hello", "Line 1"), (file(body="{{x"), "not closed")]:
        with pytest.raises(InvalidRequest, match=says):
            ask(wove, ann, Prompts.create, NewPrompt(text))
    assert found(wove, ann) == []


def test_a_name_is_taken_once_by_each(wove, ann, bob):
    add(wove, ann, public=True)
    add(wove, bob)
    with pytest.raises(Conflict, match="You have a prompt explain already"):
        add(wove, ann)


def test_others_see_what_is_public_only(wove, ann, bob):
    secret = add(wove, ann, "secret")
    add(wove, ann, "open", public=True)
    assert found(wove, bob) == ["open"]
    assert sorted(found(wove, ann, mine=True)) == ["open", "secret"]
    for operation in (Prompts.get, Prompts.lineage, Prompts.vote, Prompts.export, Prompts.delete):
        with pytest.raises(NotFound):
            ask(wove, bob, operation, secret.id)


def test_prompts_are_found_by_what_they_are_for(wove, ann):
    add(wove, ann, "plot", "Draw {{df | schema}}.", use_cases="[charts]", stack="[pandas, Altair]")
    add(wove, ann, "fix", "Mend 100% of {{cell}}.", use_cases="[debugging]", kind="agent")
    add(wove, ann, "grade", "Grade it.", output="{type: score}", tags="[teaching]")
    assert found(wove, ann, use_case="charts") == ["plot"]
    assert found(wove, ann, stack="altair") == ["plot"]
    assert found(wove, ann, output="score") == ["grade"]
    assert found(wove, ann, kind="agent") == ["fix"]
    assert found(wove, ann, tag="teaching") == ["grade"]
    assert found(wove, ann, words="MEND cell") == ["fix"]
    assert found(wove, ann, words="100%") == ["fix"]
    assert found(wove, ann, words="%") == ["fix"]
    assert found(wove, ann, words="grade cell") == []
    assert found(wove, ann, owner="ann", order="new") == ["grade", "fix", "plot"]


def test_pages_hold_every_prompt_once(wove, ann):
    names = [f"prompt-{number}" for number in range(7)]
    for name in names:
        add(wove, ann, name)
    for order in ("votes", "new"):
        seen, after = [], None
        while True:
            page = ask(wove, ann, Prompts.find, order=order, after=after, limit=3)
            seen += [card.name for card in page.items]
            after = page.next
            if after is None:
                break
        assert sorted(seen) == names


def test_most_votes_come_first_and_each_counts_once(wove, ann, bob):
    add(wove, ann, "one", public=True)
    two = add(wove, ann, "two", public=True)
    add(wove, ann, "three", public=True)
    ask(wove, bob, Prompts.vote, two.id)
    assert ask(wove, bob, Prompts.vote, two.id).votes == 1
    assert found(wove, ann)[0] == "two"
    assert ask(wove, bob, Prompts.get, two.id).voted
    assert ask(wove, bob, Prompts.unvote, two.id).votes == 0
    assert ask(wove, bob, Prompts.unvote, two.id).votes == 0


def test_publishing_opens_a_prompt_and_unpublishing_closes_it(wove, ann, bob):
    card = add(wove, ann)
    assert ask(wove, ann, Prompts.publish, card.id).visibility == "public"
    assert ask(wove, bob, Prompts.get, card.id).role is None
    with pytest.raises(Forbidden):
        ask(wove, bob, Prompts.unpublish, card.id)
    ask(wove, ann, Prompts.unpublish, card.id)
    with pytest.raises(NotFound):
        ask(wove, bob, Prompts.get, card.id)


def test_a_fork_says_where_it_comes_from_also_when_that_is_gone(wove, ann, bob):
    card = add(wove, ann, public=True, license="CC-BY-4.0")
    fork = ask(wove, bob, Prompts.fork, card.id, NewFork())
    assert (fork.owner.handle, fork.name, fork.visibility) == ("bob", "explain", "private")
    assert (fork.license, fork.origin.said) == ("CC-BY-4.0", "ann/explain@1.0.0")
    assert fork.origin.prompt.id == card.id
    content = ask(wove, bob, PromptVersions.get, fork.id, "latest")
    assert content.settings["forked_from"] == "ann/explain@1.0.0"
    assert ask(wove, ann, Prompts.get, card.id).forks == 1
    ask(wove, ann, Prompts.unpublish, card.id)
    ask(wove, ann, Prompts.delete, card.id)
    left = ask(wove, bob, Prompts.get, fork.id).origin
    assert (left.prompt, left.said) == (None, "ann/explain@1.0.0")
    root = ask(wove, bob, Prompts.lineage, fork.id).root
    assert (root.prompt, root.said, root.forks[0].here) == (None, "ann/explain@1.0.0", True)


def test_a_fork_gets_a_name_that_is_free(wove, ann, bob):
    card = add(wove, ann, public=True)
    names = [ask(wove, bob, Prompts.fork, card.id, NewFork()).name for _ in range(3)]
    assert names == ["explain", "explain-2", "explain-3"]
    assert ask(wove, bob, Prompts.fork, card.id, NewFork(name="mine")).name == "mine"


def test_a_fork_keeps_the_notes_in_its_file(wove, ann, bob):
    text = "---\n# a note\nname: explain\n---\nHello\n"
    card = ask(wove, ann, Prompts.create, NewPrompt(text, "public"))
    fork = ask(wove, bob, Prompts.fork, card.id, NewFork())
    assert b"# a note\n" in ask(wove, bob, Prompts.export, fork.id).content


def test_what_is_public_is_not_deleted_by_one_click(wove, ann):
    card = add(wove, ann, public=True)
    with pytest.raises(Conflict, match="Make it private first"):
        ask(wove, ann, Prompts.delete, card.id)


def test_nothing_of_a_deleted_prompt_is_left(wove, ann, bob):
    card = add(wove, ann, "gone", "a secret")
    shared = add(wove, ann, "shared", "open", public=True)
    ask(wove, bob, Prompts.fork, shared.id, NewFork())
    ask(wove, ann, Prompts.unpublish, shared.id)
    for prompt in (card, shared):
        ask(wove, ann, Prompts.delete, prompt.id)
    with wove.units.read() as unit:
        texts = unit.session.scalars(select(PromptTextRow.text)).all()
        assert unit.session.scalar(select(func.count()).select_from(PromptTextRow)) == 1
    assert ["secret" in text for text in texts] == [False]


def test_people_do_what_their_role_allows(wove, ann, bob):
    card = add(wove, ann)
    ask(wove, ann, PromptMembers.put, card.id, "bob", PromptMembership("viewer"))
    assert found(wove, bob, mine=True) == ["explain"]
    with pytest.raises(Forbidden):
        save(wove, bob, card, "New")
    ask(wove, ann, PromptMembers.put, card.id, "bob", PromptMembership("editor"))
    assert save(wove, bob, card, "New").author.handle == "bob"
    with pytest.raises(Forbidden):
        ask(wove, bob, PromptMembers.put, card.id, "bob", PromptMembership("owner"))
    with pytest.raises(Conflict, match="stays its owner"):
        ask(wove, ann, PromptMembers.remove, card.id, "ann")
    ask(wove, bob, PromptMembers.remove, card.id, "bob")
    with pytest.raises(NotFound):
        ask(wove, bob, PromptLabels.all, card.id)


def test_prompts_of_others_come_in_and_go_out(wove, ann):
    text = '{"name": "Critic", "prompt": "Do you like {{movie}}?", "version": 3, "tags": ["film"]}'
    card = ask(wove, ann, Prompts.import_foreign, PromptToImport("langfuse", text))
    assert (card.name, card.title, card.tags) == ("critic", "Critic", ["film"])
    out = ask(wove, ann, Prompts.export, card.id, "langfuse")
    assert (out.filename, out.media) == ("critic.json", "application/json")
    assert b'"version": 3' in out.content
    assert ask(wove, ann, Prompts.export, card.id, "skill").filename == "SKILL.md"
    assert ask(wove, ann, Prompts.export, card.id, "copilot").filename == "critic.prompt.md"
