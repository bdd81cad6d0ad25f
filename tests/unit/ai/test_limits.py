"""Nobody asks more often or for more than they may, however many ask at once."""

import asyncio
from contextlib import ExitStack
from uuid import uuid4

import pytest

from jupyter_wove.ai.limits import Gate, Limited
from jupyter_wove.ai.limits.windows import MINUTE
from jupyter_wove.ai.models import Catalogue, Deployment, Limit
from jupyter_wove.ai.providers import Usage
from jupyter_wove.ai.scripted import Reply
from jupyter_wove.ai.wire import read
from jupyter_wove.kit.errors import TooLarge

ANN, BOB = uuid4(), uuid4()


class Clock:
    """Time that passes when the test says so."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gate(clock):
    return lambda **limit: Gate([Limit(**limit)], clock)


def ask(gate, person=ANN, tokens=1, took=None):
    with gate.admitted(person, tokens) as admission:
        admission.took(took)


def test_so_many_a_minute_and_no_more(gate, clock):
    limited = gate(requests=3)
    for _ in range(3):
        ask(limited)
        clock.now += 10
    with pytest.raises(Limited, match="asked 3 times in the last minute") as refused:
        ask(limited)
    assert refused.value.retry_after == 30
    clock.now += refused.value.retry_after
    ask(limited)
    with pytest.raises(Limited):
        ask(limited)


def test_in_no_minute_are_there_more(gate, clock):
    limited, let_in = gate(requests=7), []
    for _ in range(600):
        try:
            ask(limited)
            let_in.append(clock.now)
        except Limited as refused:
            assert refused.retry_after >= 1
        clock.now += 0.7
    busiest = max(sum(0 <= other - each < MINUTE for other in let_in) for each in let_in)
    assert busiest == 7


def test_tokens_count_as_they_were_in_truth(gate, clock):
    limited = gate(tokens=100)
    ask(limited, tokens=60, took=Usage(input=20, output=10))
    ask(limited, tokens=70)
    with pytest.raises(Limited, match=r"used 100 of the 100 tokens .* has 5\. Ask again in 60"):
        ask(limited, tokens=5)
    clock.now += 60
    ask(limited, tokens=100)


def test_what_never_fits_need_not_wait(gate):
    with pytest.raises(TooLarge, match="101 tokens; 100 a minute"):
        ask(gate(tokens=100), tokens=101)


def test_what_one_asks_is_not_asked_by_another_unless_all_count(gate):
    each, together = gate(requests=1), gate(requests=1, of="everybody")
    ask(each, ANN)
    ask(each, BOB)
    ask(together, ANN)
    with pytest.raises(Limited, match="All together have asked"):
        ask(together, BOB)


def test_so_many_at_once(gate):
    limited = gate(at_once=2)
    with ExitStack() as running:
        for _ in range(2):
            running.enter_context(limited.admitted(ANN, 1))
        with pytest.raises(Limited, match="2 of your answers"):
            ask(limited)
        ask(limited, BOB)
    ask(limited)


def test_what_is_refused_counts_nowhere(clock):
    limited = Gate([Limit(requests=5), Limit(at_once=1)], clock)
    with limited.admitted(ANN, 1):
        for _ in range(9):
            with pytest.raises(Limited):
                ask(limited)
    for _ in range(4):
        ask(limited)


def test_an_answer_that_takes_more_than_a_minute_is_not_counted_twice(gate, clock):
    limited = gate(tokens=100)
    with limited.admitted(ANN, 90) as admission:
        clock.now += 61
        ask(limited, tokens=90)
        admission.took(Usage(input=500))
    with pytest.raises(Limited, match="used 90"):
        ask(limited, tokens=20)


def test_who_asks_no_more_is_forgotten(gate, clock):
    limited = gate(requests=1)
    for _ in range(500):
        ask(limited, uuid4())
    clock.now += 61
    ask(limited)
    clock.now += 61
    ask(limited)
    assert len(limited._windows) == 1


@pytest.mark.parametrize("of", ["person", "everybody"])
@pytest.mark.parametrize("limit", [{"requests": 7}, {"at_once": 7}, {"tokens": 7 * 50}])
def test_fifty_at_once_do_not_pass_it(models, open_models, ann, of, limit):
    models.script = lambda asked: Reply(pieces=["word "] * 3, before=0.5)
    at = {"provider": "openai", "base_url": f"{models.url}/v1", "is_local": True}
    known = {"one": Deployment(name="one", model="m", **at)}
    office = open_models(Catalogue(known, {}, limits=[Limit(**limit, of=of)]))
    content = b'{"model": "one", "max_tokens": 40, "messages": [{"role": "user", "content": ""}]}'
    request = read(content)
    assert 40 <= request.need.tokens + request.need.output <= 50

    async def one():
        try:
            return bool([chunk async for chunk in office.answer(ann.id, request)])
        except Limited:
            return False

    async def crowd():
        try:
            return sum(await asyncio.gather(*(one() for _ in range(50))))
        finally:
            await office.close()

    assert asyncio.run(crowd()) == len(models.asked) in {7, 7 * 50 // 44}
