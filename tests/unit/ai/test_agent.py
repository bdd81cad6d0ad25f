"""An agent: a model, tools, and a gate before those that could do harm."""

import asyncio
from uuid import uuid4

import msgspec
import pytest

from jupyter_wove.ai import FAILED, Chunk, Risk, Tool, Worker, open_agent
from jupyter_wove.ai.agents.models import Exhausted
from jupyter_wove.ai.providers import CallPart
from jupyter_wove.kit.errors import Conflict


class Number(msgspec.Struct):
    """A number."""

    number: int = 0


class Bench:
    """Tools that note what is done with them, and a model that says what it is told to."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.done, self.told, self.bodies = [], [], []
        self.content = "content"
        self.failing = set()

    async def ask(self, body):
        self.bodies.append(body)
        answer = self.answers.pop(0) if self.answers else "End."
        if isinstance(answer, str):
            yield Chunk(text=answer, finish="stop")
        else:
            parts = [
                CallPart(at, f"c{len(self.bodies)}{at}", name, text)
                for at, (name, text) in enumerate(answer)
            ]
            yield Chunk(calls=parts, finish="tool_calls")

    def tool(self, name, risk):
        async def use(asked):
            self.done.append((name, asked.number))
            if asked.number == 13:
                raise Conflict("Not 13.")
            if asked.number in self.failing:
                return f"{FAILED}\n{asked.number}"
            return f"did {asked.number} " + "x" * asked.number

        async def shown(asked):
            return f"{self.content} {asked.number}"

        return Tool(name, "Does it.", risk, Number, use, lambda asked: f"Do {asked.number}", shown)

    def work(self, run_id, state=b"", answers=None, begins=True):
        tools = [self.tool("look", Risk.READ), self.tool("run", Risk.RUN)]
        agent = open_agent(run_id, Worker("Be kind.", tools), 8000, state)
        said = [{"role": "user", "content": "Go."}] if begins else None
        return asyncio.run(agent.work(self.ask, self.told.append, said, answers or {}))

    @property
    def results(self):
        """What the tools said to the model."""
        return [each["content"] for each in self.bodies[-1]["messages"] if each["role"] == "tool"]


def call(name, number):
    return name, f'{{"number": {number}}}'


def test_what_only_looks_is_done_at_once_and_what_runs_is_asked_for():
    bench, run_id = Bench([call("look", 1), call("run", 2)]), uuid4()
    outcome = bench.work(run_id)
    assert bench.done == [("look", 1)]
    (asked,) = outcome.asked
    assert (asked.tool, asked.title, asked.shown) == ("run", "Do 2", "content 2")
    assert asked.arguments == {"number": 2}
    allowed = {asked.interrupt: {"type": "approve", "shown": "content 2"}}
    end = bench.work(run_id, outcome.state, allowed, begins=False)
    assert bench.done == [("look", 1), ("run", 2)]
    assert (end.asked, end.state) == ([], b"")
    assert bench.results == ["did 1 x", "did 2 xx"]
    assert bench.told[-1].text == "End."


def test_of_two_one_can_be_answered_and_the_other_later():
    bench, run_id = Bench([call("run", 1), call("run", 2)]), uuid4()
    outcome = bench.work(run_id)
    first, second = outcome.asked
    refused = {second.interrupt: {"type": "reject", "message": "No."}}
    outcome = bench.work(run_id, outcome.state, refused, begins=False)
    assert [each.interrupt for each in outcome.asked] == [first.interrupt]
    allowed = {first.interrupt: {"type": "approve", "shown": first.shown}}
    assert bench.work(run_id, outcome.state, allowed, begins=False).asked == []
    assert bench.done == [("run", 1)]
    assert bench.results == ["did 1 x", "No."]


def test_leave_counts_for_what_was_shown_only():
    bench, run_id = Bench([call("run", 1)]), uuid4()
    outcome = bench.work(run_id)
    bench.content = "something else"
    (asked,) = outcome.asked
    allowed = {asked.interrupt: {"type": "approve", "shown": asked.shown}}
    bench.work(run_id, outcome.state, allowed, begins=False)
    assert bench.done == []
    assert "has changed meanwhile" in bench.results[0]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("look", '{"number": "x"}', "Error"),
        ("look", "[1]", "Error: The arguments are no JSON"),
        ("run", "{no json", "Error: The arguments are no JSON"),
        ("look", '{"number": 13}', "Error: Not 13."),
        ("run", '{"number": "x"}', "Error"),
        ("shell", "{}", "Error: shell is not a valid tool"),
    ],
)
def test_what_does_not_fit_is_told_to_the_model_and_no_more(name, arguments, said):
    bench = Bench([(name, arguments)])
    assert bench.work(uuid4()).asked == []
    assert bench.results[0].startswith(said)
    assert ("run", 0) not in bench.done


def test_a_long_result_is_cut_off():
    bench = Bench([call("look", 9000)])
    bench.work(uuid4())
    assert len(bench.results[0]) < 8_100
    assert bench.results[0].endswith("[cut off]")


def test_no_run_goes_on_for_ever():
    bench = Bench(*[[call("look", 1)]] * 100)
    with pytest.raises(Exhausted):
        bench.work(uuid4())
    assert len(bench.bodies) <= 25


def test_what_has_failed_three_times_is_not_asked_for_again_until_it_is_something_else():
    bench, run_id = Bench(*[[call("run", 4)]] * 4, [call("run", 5)]), uuid4()
    bench.failing = {4}
    outcome = bench.work(run_id)
    for _ in range(3):
        (asked,) = outcome.asked
        assert asked.arguments == {"number": 4}
        leave = {asked.interrupt: {"type": "approve", "shown": asked.shown}}
        outcome = bench.work(run_id, outcome.state, leave, begins=False)
    assert bench.done == [("run", 4)] * 3
    assert bench.results[-1].startswith("This has failed 3 times")
    (asked,) = outcome.asked
    assert asked.arguments == {"number": 5}
