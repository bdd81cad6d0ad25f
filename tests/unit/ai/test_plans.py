"""Plans: what one is, and how an agent has its steps done side by side."""

import asyncio
import json
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.ai import Chunk, Plan, Planner, Risk, Step, Tool, Worker, open_agent
from jupyter_wove.ai.agents import graph
from jupyter_wove.ai.agents.models import Exhausted
from jupyter_wove.ai.agents.plans import check, in_words, waves
from jupyter_wove.ai.providers import CallPart, Failure
from jupyter_wove.kit.errors import InvalidRequest


class Cell(msgspec.Struct):
    """A cell."""

    cell: str


class Team:
    """A model that leads and does the steps, and tools that note what is done with them."""

    def __init__(self, *steps):
        self.steps = [msgspec.to_builtins(step) for step in steps]
        self.ran, self.heard, self.states, self.asked = [], [], [], []
        self.was_stopped = False
        self.at_work, self.most_at_work, self.answers = 0, 0, 0

    async def ask(self, body):
        said = body["messages"]
        is_lead = said[0]["content"] == "Lead."
        goal = next(each["content"] for each in said if each["role"] == "user")
        last = said[-1]
        self.answers += 1
        if is_lead and last["role"] != "tool":
            yield call("propose_plan", {"title": "Waves", "steps": self.steps})
        elif is_lead:
            yield Chunk(text=f"All: {last['content']}", finish="stop")
        else:
            self.asked.append(goal)
            async for chunk in self.does(goal, last):
                yield chunk

    async def does(self, goal, last):
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            await asyncio.sleep(60 if "sleep" in goal else 0.01)
        except asyncio.CancelledError:
            self.was_stopped = True
            raise
        self.at_work -= 1
        if "break" in goal:
            raise Failure("unavailable", "It broke.")
        if "run" in goal and last["role"] != "tool":
            yield call("run", {"cell": goal.split("run ")[1].split()[0]})
        else:
            yield Chunk(text=f"Did: {last['content'][:200]}", finish="stop")

    async def worker(self, step):
        return Worker("Do.", [Tool("run", "Runs.", Risk.RUN, Cell, self.use, str, self.shown)])

    async def use(self, asked):
        self.ran.append(asked.cell)
        return f"ran {asked.cell}"

    async def shown(self, asked):
        return f"code of {asked.cell}"

    def work(self, run_id, state=b"", answers=None):
        tell = self.states.append
        planner = Planner(["Coder"], self.worker, lambda plan, states: tell(states))
        agent = open_agent(run_id, Worker("Lead.", []), 8000, state, planner)
        said = None if state else [{"role": "user", "content": "Go."}]
        return asyncio.run(agent.work(self.ask, self.heard.append, said, answers or {}))

    def works_on(self, answered=lambda asked: True):
        """Allow the plan, and then one thing at a time; return what the agent said at its end."""
        run_id = uuid4()
        outcome = self.work(run_id)
        while outcome.asked:
            first = next(filter(answered, outcome.asked))
            allowed = {first.interrupt: {"type": "approve", "shown": first.shown}}
            outcome = self.work(run_id, outcome.state, allowed)
        return self.heard[-1].text


def call(name, arguments):
    part = CallPart(0, f"c{uuid4().hex}", name, json.dumps(arguments))
    return Chunk(calls=[part], finish="tool_calls")


def plan(*steps):
    return Plan("Waves", list(steps))


def test_a_plan_is_read_before_it_is_allowed_and_nothing_is_done_before():
    team = Team(Step("load", "Load it.", agent="Coder"), Step("plot", "Plot it.", ["load"]))
    (asked,) = team.work(uuid4()).asked
    assert (asked.tool, asked.title, asked.risk) == ("propose_plan", "Waves", Risk.PLAN)
    assert asked.shown.startswith("1. Load it.\n   (Coder; looks only)\n2. Plot it.\n   (after 1;")
    assert team.asked == []


def test_steps_are_done_side_by_side_and_hear_what_those_they_need_have_said():
    team = Team(*(Step(f"s{at}", f"Look {at}.") for at in range(4)), Step("end", "Sum.", ["s0"]))
    said = team.works_on()
    assert team.most_at_work == 4
    assert "s0: done\nDid: Do one step of the plan “Waves”" in said
    (last,) = [goal for goal in team.asked if "Sum." in goal]
    assert "What the step s0 said, as data:\n\nDid:" in last
    assert "s1" not in last
    assert team.states[-1] == dict.fromkeys(["s0", "s1", "s2", "s3", "end"], "done")


def test_each_step_asks_for_itself_and_none_is_done_twice():
    steps = [Step("a", "run one"), Step("b", "look"), Step("c", "run two", ["a", "b"])]
    team = Team(*steps, Step("d", "run three", ["a"]))
    team.works_on()
    assert sorted(team.ran) == ["one", "three", "two"]
    assert len(team.asked) == 3 * 2 + 1  # two answers of each step that runs, one of the other
    assert {"a": "asking", "b": "done", "c": "waiting", "d": "waiting"} in team.states


def test_what_is_not_allowed_is_not_done_and_the_step_hears_why():
    team, run_id = Team(Step("a", "run one")), uuid4()
    outcome = team.work(run_id)
    allowed = {outcome.asked[0].interrupt: {"type": "approve", "shown": outcome.asked[0].shown}}
    outcome = team.work(run_id, outcome.state, allowed)
    assert [each.shown for each in outcome.asked] == ["code of one"]
    refused = {outcome.asked[0].interrupt: {"type": "reject", "message": "Rather not."}}
    team.work(run_id, outcome.state, refused)
    assert team.ran == []
    assert "Did: Rather not." in team.heard[-1].text


def test_what_needs_a_step_that_failed_is_skipped_and_the_rest_is_done():
    steps = [Step("a", "break"), Step("b", "look"), Step("c", "look", ["a"])]
    said = Team(*steps, Step("d", "look", ["c"])).works_on()
    assert "a: failed\nIt broke." in said
    assert "b: done" in said
    assert "c: skipped\nIt needs a." in said
    assert "d: skipped\nIt needs c." in said


def test_work_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(graph, "LONGEST_WORK", 0.2)
    team, run_id = Team(Step("a", "sleep")), uuid4()
    outcome = team.work(run_id)
    allowed = {outcome.asked[0].interrupt: {"type": "approve", "shown": outcome.asked[0].shown}}
    with pytest.raises(Exhausted, match="Say what is left to do"):
        team.work(run_id, outcome.state, allowed)
    assert team.was_stopped


def test_only_what_steps_cost_is_heard_of_them():
    team = Team(Step("a", "look"))
    team.works_on()
    assert [each.text for each in team.heard if each.text] == [team.heard[-1].text]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([Step("a", "x"), Step("a", "y")], "Two steps have the same id."),
        ([Step("a", "x", ["b"])], "Step a needs b, which is no step."),
        ([Step("a", "x", ["b"]), Step("b", "y", ["a"])], "in a circle: "),
        ([Step("a", "x", agent="Nobody")], "Nobody is called Nobody. There are: Coder."),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_to_the_agent(steps, said):
    with pytest.raises(InvalidRequest, match=said):
        check(plan(*steps), ["Coder"])
    team = Team(*steps)
    assert team.work(uuid4()).asked == []
    assert said in team.heard[-1].text


@given(st.lists(st.sets(st.integers(0, 11)), min_size=1, max_size=12))
def test_every_step_comes_behind_those_that_it_needs(needs):
    steps = [
        Step(f"s{at}", "x", [f"s{each}" for each in sorted(wanted) if each < at])
        for at, wanted in enumerate(needs)
    ]
    found = waves(plan(*steps))
    wave = {step: number for number, each in enumerate(found) for step in each}
    assert sorted(wave) == sorted(step.id for step in steps)
    assert all(wave[need] < wave[step.id] for step in steps for need in step.needs)
    assert in_words(plan(*steps)).count("\n") == 2 * len(steps) - 1
