"""A route asks its deployments as they are listed, the cheapest first, or the fastest."""

from decimal import Decimal

import pytest

from jupyter_wove.ai.models import Deployment, Need, Price, Route
from jupyter_wove.ai.routing.orders import cheapest, fastest
from jupyter_wove.ai.routing.speeds import FORGOTTEN, HALF_LIFE, KEPT, Speeds
from jupyter_wove.ai.scripted import Reply

EMBEDDINGS = frozenset({"embeddings"})


class Clock:
    """Time that passes when the test says so."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def speeds(clock):
    return Speeds(clock)


def deployment(name, *price, **changes):
    given = {"price": Price(input=Decimal(price[0]), output=Decimal(price[1]))} if price else {}
    return Deployment(name=name, provider="openai", model="none-such", **given, **changes)


def names(deployments):
    return [each.name for each in deployments]


@pytest.mark.parametrize(
    ("need", "order"),
    [
        (Need(tokens=10, output=1_000), ["free", "reader", "writer", "who-knows"]),
        (Need(tokens=10, output=0), ["free", "reader", "writer", "who-knows"]),
        (Need(tokens=100_000, output=10), ["free", "writer", "reader", "who-knows"]),
        (
            Need(tokens=10, output=0, features=EMBEDDINGS),
            ["free", "writer", "reader", "who-knows"],
        ),
    ],
)
def test_the_cheapest_depends_on_the_request(need, order):
    found = [
        deployment("who-knows"),
        deployment("writer", 1, 9),
        deployment("reader", 5, 2),
        deployment("free", is_local=True),
    ]
    assert names(cheapest(found, need)) == order


def test_who_takes_as_much_stays_in_its_place():
    found = [deployment(name, 1, 1) for name in "bac"]
    assert names(cheapest(found, Need(tokens=1, output=1))) == ["b", "a", "c"]


def test_the_fastest_is_first_and_who_is_unknown_before_it(speeds):
    found = [deployment(name) for name in ("slow", "fast", "new")]
    for slow, fast in [(0.9, 0.1), (0.05, 2.0), (0.8, 0.2)]:
        speeds.add("slow", slow)
        speeds.add("fast", fast)
    assert names(fastest(found, speeds)) == ["new", "fast", "slow"]


def test_what_is_new_weighs_most(speeds, clock):
    for _ in range(4):
        speeds.add("one", 5.0)
    assert speeds.median("one") == 5.0
    clock.now = 3 * HALF_LIFE
    speeds.add("one", 1.0)
    assert speeds.median("one") == 1.0


def test_what_is_long_ago_is_forgotten(speeds, clock):
    speeds.add("one", 5.0)
    clock.now = FORGOTTEN
    assert speeds.median("one") is None


def test_only_the_last_are_kept(speeds):
    for number in range(1_000):
        speeds.add("one", float(number))
    assert speeds.median("one") >= 1_000 - KEPT


@pytest.mark.parametrize("order", ["listed", "cheapest", "fastest"])
def test_a_route_says_who_is_asked_first(desk, models, order):
    """The second is cheaper; the first, once both were measured, is faster."""
    models.script = lambda asked: Reply(
        pieces=["Yes."], before=0.15 if asked.model == "cheap" else 0.0
    )
    found = [
        desk.deployment("quick"),
        desk.deployment("cheap", price=Price(input=Decimal(0), output=Decimal(1))),
    ]
    route = Route(name="test", deployments=names(found), order=order)
    for _ in range(4):
        desk.ask(*found, route=route)
    expected = {
        "listed": ["quick"] * 4,
        "cheapest": ["cheap"] * 4,
        "fastest": ["quick", "cheap", "quick", "quick"],
    }
    assert [each.model for each in models.asked] == expected[order]
