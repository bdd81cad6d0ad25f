"""Agents that come with Wove are prompts like all others: versioned, forked, moved by a label."""

from hashlib import sha256

import pytest

from jupyter_wove.kit.errors import InvalidRequest, NotFound
from jupyter_wove.prompts import (
    AgentPrompts,
    PromptLabels,
    Prompts,
    PromptVersions,
    Shipping,
    shipped,
)
from jupyter_wove.prompts.labels.models import LabelTarget
from jupyter_wove.prompts.models import NewFork
from jupyter_wove.prompts.shipped import NAMES
from tests.unit.journey import ask
from tests.unit.prompts.shelf import add, save

# Whoever changes a file counts its version up: what is in libraries already never changes.
DIGESTS = {
    "analyst@1.0.0": "50c7a8e8ad0a355a",
    "coder@1.0.0": "6f143ba8c86f476d",
    "tester@1.0.0": "a9181f7d954ac3ec",
    "writer@1.0.0": "cbf43bfd038da9b3",
    "tutor@1.0.0": "2507be69f4af7348",
}


@pytest.fixture
def shipping(wove):
    return Shipping(wove.units)


@pytest.fixture
def owner(shipping):
    return shipping.fill()


def find(wove, actor, address="wove/coder"):
    return AgentPrompts(wove.units).find(actor, address)


def changed(text, number):
    return text.replace("version: 1.0.0", f"version: {number}") + "- Be kind.\n"


def test_a_file_that_changed_has_a_new_version(wove, owner, ann):
    said = {find(wove, ann, f"wove/{name}").said.partition("/")[2]: name for name in NAMES}
    found = {key: sha256(shipped(name).encode()).hexdigest()[:16] for key, name in said.items()}
    assert found == DIGESTS


def test_they_are_public_and_nobodys_who_signs_in(wove, owner, ann):
    found = ask(wove, ann, Prompts.find, kind="agent").items
    assert {each.name for each in found} == set(NAMES)
    assert {each.owner.handle for each in found} == {owner.handle}
    assert {each.role for each in found} == {None}


def test_to_fill_the_library_again_changes_nothing(wove, shipping, owner, ann):
    before = ask(wove, ann, Prompts.find, kind="agent").items
    shipping.fill()
    assert ask(wove, ann, Prompts.find, kind="agent").items == before


def test_a_new_package_adds_a_version_and_people_use_it(wove, shipping, owner, ann):
    shipping.add(owner, changed(shipped("coder"), "1.1.0"))
    assert find(wove, ann).said == "wove/coder@1.1.0"
    assert find(wove, ann).text.endswith("Be kind.")
    prompt = ask(wove, ann, Prompts.at_address, "wove", "coder")
    assert ask(wove, ann, PromptVersions.get, prompt.id, "1.0.0").file == shipped("coder")


def test_the_version_that_an_administrator_chose_stays(wove, shipping, owner, ann):
    shipping.choose("coder", "1.0.0")
    shipping.add(owner, changed(shipped("coder"), "1.1.0"))
    assert find(wove, ann).said == "wove/coder@1.0.0"
    shipping.choose("coder", "latest")
    assert find(wove, ann).said == "wove/coder@1.1.0"
    shipping.add(owner, changed(shipped("coder"), "1.2.0"))
    assert find(wove, ann).said == "wove/coder@1.2.0"


def test_an_older_package_on_the_same_library_takes_nothing_away(wove, shipping, owner, ann):
    shipping.add(owner, changed(shipped("coder"), "2.0.0"))
    shipping.fill()
    assert find(wove, ann).said == "wove/coder@2.0.0"


def test_anybody_makes_one_of_their_own_of_them(wove, owner, ann):
    prompt = ask(wove, ann, Prompts.at_address, "wove", "tutor")
    ask(wove, ann, Prompts.fork, prompt.id, NewFork(name="our-tutor"))
    mine = find(wove, ann, "ann/our-tutor")
    assert mine.said == "ann/our-tutor@1.0.0"
    assert mine.tools == ["look_at_notebook", "read_cells", "see_variables"]


def test_one_of_ones_own_says_its_tools_and_routes_if_it_likes(wove, ann, bob):
    plain = add(wove, ann, "plain", "Be plain.", kind="agent", public=True)
    save(wove, ann, plain, "Be plain.", kind="agent", route="smart", tools="[]")
    ask(wove, ann, PromptLabels.put, plain.id, "production", LabelTarget("1.0.0"))
    assert (find(wove, bob, "ann/plain").tools, find(wove, bob, "ann/plain").routes) == (None, [])
    ask(wove, ann, PromptLabels.put, plain.id, "production", LabelTarget("latest"))
    assert find(wove, bob, "ann/plain").tools == []
    assert find(wove, bob, "ann/plain").routes == ["smart"]


def test_what_is_private_or_no_agent_answers_for_nobody(wove, ann, bob):
    add(wove, ann, "mine", "Hush.", kind="agent")
    add(wove, ann, "words", "Hello.", public=True)
    with pytest.raises(NotFound):
        find(wove, bob, "ann/mine")
    with pytest.raises(InvalidRequest, match="no agent"):
        find(wove, bob, "ann/words")
    with pytest.raises(NotFound):
        find(wove, bob, "nobody/mine")
