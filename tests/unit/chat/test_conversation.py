"""What a model is told of a chat."""

from jupyter_wove_server.chat.conversation import conversation, to_sum_up, with_sight
from jupyterlab_chat.models import Message, User

ME = "persona"
USERS = {"ann": User(username="ann", name="Ann", display_name="Ann B.")}


def said(*texts):
    return [
        Message(id=str(number), body=body, sender=sender, time=number, deleted=body is None)
        for number, (sender, body) in enumerate(texts)
    ]


def told(messages, tokens=1000):
    return conversation(messages, USERS, ME, tokens).told


def test_who_said_what_is_told():
    asked = told(said(("ann", "Hello."), (ME, "Hello, Ann."), ("bob", "And me?")))
    assert asked == [
        {"role": "user", "content": "Ann B.: Hello."},
        {"role": "assistant", "content": "Hello, Ann."},
        {"role": "user", "content": "bob: And me?"},
    ]


def test_what_is_deleted_or_empty_is_left_out():
    assert len(told(said(("ann", None), (ME, ""), ("ann", "Here.")))) == 1


def test_the_oldest_go_where_it_is_too_much_and_the_question_stays():
    messages = said(*[("ann", f"{number} " + "word " * 100) for number in range(50)])
    asked = told(messages, tokens=500)
    assert 1 < len(asked) < 8
    assert asked[-1]["content"].startswith("Ann B.: 49 ")
    assert len(told(said(("ann", "word " * 5000)), tokens=10)) == 1


def test_what_is_not_told_is_named_to_be_summed_up():
    messages = said(*[("ann", f"{number}") for number in range(70)])
    found = conversation(messages, USERS, ME, 10_000)
    assert len(found.told) == 60
    assert [each.body for each in found.earlier] == [f"{number}" for number in range(10)]
    assert conversation(messages[:5], USERS, ME, 10_000).earlier == []


def test_the_older_half_is_summed_up_so_that_not_every_question_needs_it():
    messages = said(*[("ann", f"{number}") for number in range(70)])
    summed_up = to_sum_up(messages, USERS, ME, 10_000)
    assert [each.body for each in summed_up] == [f"{number}" for number in range(40)]
    assert to_sum_up(messages[40:], USERS, ME, 10_000) == []


def test_what_came_earlier_stands_first():
    asked = with_sight(told(said(("ann", "Hello."))), "", earlier="They greeted.")
    assert asked[0]["content"].endswith("as data:\n\nThey greeted.")
    assert asked[-1]["content"] == "Ann B.: Hello."
