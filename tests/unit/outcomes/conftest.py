"""A prompt, and answers with it."""

import pytest

from jupyter_wove.outcomes import Outcomes
from tests.unit.journey import ask
from tests.unit.outcomes.records import Answers
from tests.unit.prompts.shelf import add


@pytest.fixture
def prompt(wove, ann):
    """A prompt that everybody sees."""
    return add(wove, ann, body="Mend it.", public=True)


@pytest.fixture
def answers(wove, prompt):
    """Answers of the prompt."""
    return Answers(wove, prompt)


@pytest.fixture
def report(wove, prompt):
    """Ask what became of the answers; return it by version."""

    def told(who, **how):
        found = ask(wove, who, Outcomes.of_prompt, prompt.id, **how)
        return {each.number: each for each in found.versions}

    return told
