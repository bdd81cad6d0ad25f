"""Several people at once: every vote counts once, every version is there, none is lost."""

from concurrent.futures import ThreadPoolExecutor

from jupyter_wove.kit.errors import Conflict
from jupyter_wove.prompts import PromptLabels, Prompts, PromptVersions
from jupyter_wove.prompts.labels.models import LabelTarget
from jupyter_wove.prompts.models import NewFork
from tests.unit.journey import ask
from tests.unit.prompts.shelf import add, save

MANY = 8


def at_once(do, each):
    """Do something for each of several at the same time; a conflict is an answer too."""

    def tried(one):
        try:
            return do(one)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(tried, each))


def test_all_votes_and_forks_count(wove, ann):
    prompt = add(wove, ann, public=True)
    people = [wove.directory.identity("test", f"p{n}", f"P{n}") for n in range(MANY)]
    at_once(lambda person: ask(wove, person, Prompts.vote, prompt.id), people * 2)
    at_once(lambda person: ask(wove, person, Prompts.fork, prompt.id, NewFork()), people)
    card = ask(wove, ann, Prompts.get, prompt.id)
    assert (card.votes, card.forks) == (MANY, MANY)
    at_once(lambda person: ask(wove, person, Prompts.unvote, prompt.id), people * 2)
    assert ask(wove, ann, Prompts.get, prompt.id).votes == 0


def test_versions_saved_at_once_are_all_there_with_numbers_of_their_own(wove, ann):
    prompt = add(wove, ann, body="0")
    saved = at_once(lambda n: save(wove, ann, prompt, str(n)), range(1, MANY + 1))
    page = ask(wove, ann, PromptVersions.history, prompt.id)
    numbers = {each.number for each in page.items}
    assert numbers == {"1.0.0", *(f"1.{n}.0" for n in range(1, MANY + 1))}
    assert {each.number for each in saved} == numbers - {"1.0.0"}


def test_of_those_who_began_with_the_same_version_one_is_first(wove, ann):
    prompt = add(wove, ann, body="0")
    saved = at_once(lambda n: save(wove, ann, prompt, str(n), base="1.0.0"), range(1, MANY + 1))
    assert sum(isinstance(each, Conflict) for each in saved) == MANY - 1
    assert ask(wove, ann, Prompts.get, prompt.id).number == "1.1.0"


def test_a_name_is_given_once(wove, ann):
    added = at_once(lambda _: add(wove, ann, "same"), range(MANY))
    assert sum(isinstance(each, Conflict) for each in added) == MANY - 1


def test_the_moves_of_a_label_are_a_chain(wove, ann):
    prompt = add(wove, ann, body="0")
    for n in range(1, MANY):
        save(wove, ann, prompt, str(n))

    def move(n):
        return ask(wove, ann, PromptLabels.put, prompt.id, "production", LabelTarget(f"1.{n}.0"))

    at_once(move, range(MANY))
    moves = ask(wove, ann, PromptLabels.moves, prompt.id, "production").items[::-1]
    assert [each.before for each in moves] == [None, *(each.after for each in moves[:-1])]
    [_, label] = ask(wove, ann, PromptLabels.all, prompt.id)
    assert label.number == moves[-1].after
