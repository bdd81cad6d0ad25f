"""What was spent is told exactly: to each their own, with what is left of the budgets."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from jupyter_wove.ai.ledger import PICOS, AttemptRow
from jupyter_wove.ai.models import Budget
from jupyter_wove.ai.spending import Spending
from jupyter_wove.ai.spending.service import _days, dollars
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import InvalidRequest, NotFound
from jupyter_wove.projects import NewProject, Projects

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
PI = {"since": date(2026, 3, 14), "until": date(2026, 3, 14)}
MARCH = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}


@pytest.fixture
def note(wove, ann):
    """Write down that somebody asked."""

    def noted(cost, *, who=ann, at=NOON, **changes):
        row = {"id": uuid4(), "person_id": who.id, "at": at, "cost": cost, "purpose": "chat"}
        row |= {"route": "smart", "deployment": "gpt", "model": "gpt-5", "number": 1}
        row |= {"outcome": "answered", "input": 10, "output": 2, "read": 3, "written": 0}
        row |= {"reasoning": 1, "is_estimated": False, "reserved": 0, "took": 1.0}
        with wove.units.write() as unit:
            unit.session.add(AttemptRow(**row | changes))

    return noted


@pytest.fixture
def usage(wove, ann):
    """Ask what was spent."""

    def asked(by="day", who=ann, budgets=(), everybody=False, **how):
        with wove.units.read() as unit:
            spending = Spending(unit, list(budgets))
            ask = spending.of_everybody if everybody else spending.usage
            return ask(who, by, **how)

    return asked


def groups(found):
    return [(each.name, each.spent.dollars, each.spent.tries) for each in found.groups]


def test_amounts_are_exact(note, usage):
    for cost in (1, 10**12 + 20, 7 * 10**11):
        note(cost)
    total = usage(**MARCH).total
    assert (total.dollars, total.tries) == ("1.700000000021", 3)
    assert (total.input, total.output, total.read, total.reasoning) == (30, 6, 9, 3)


@pytest.mark.parametrize("picos", [0, 1, 10**12, 10**13 + 10**6, 123_456_789_012_345])
def test_dollars_are_decimals_without_an_exponent(picos):
    assert Decimal(dollars(picos)) * PICOS == picos
    assert "E" not in dollars(picos)


def test_what_nobody_knows_the_cost_of_is_counted_and_not_free(note, usage):
    note(None)
    note(5)
    total = usage(**MARCH).total
    assert (total.dollars, total.unpriced, total.tries) == ("0.000000000005", 1, 2)


def test_days_are_those_of_utc_first_and_last_included(note, usage):
    midnight = datetime(2026, 3, 14, tzinfo=UTC)
    note(1, at=midnight - timedelta(microseconds=1))
    note(10, at=midnight)
    note(100, at=midnight + timedelta(days=1, microseconds=-1))
    note(1_000, at=midnight + timedelta(days=1))
    assert usage(**PI).total.dollars == "0.00000000011"
    found = usage(**MARCH)
    assert [(each.key, each.spent.tries) for each in found.groups] == [
        ("2026-03-13", 1),
        ("2026-03-14", 2),
        ("2026-03-15", 1),
    ]


def test_the_dearest_come_first_by_model_and_by_purpose(note, usage):
    note(5, model="small", purpose="")
    note(10**12, model="large")
    note(None, model="new")
    assert groups(usage("model", **MARCH)) == [
        ("large", "1", 1),
        ("small", "0.000000000005", 1),
        ("new", "0", 1),
    ]
    assert [each.key for each in usage("purpose", **MARCH).groups] == ["chat", ""]


def test_each_sees_their_own_and_who_holds_the_database_all(note, usage, ann, bob):
    note(10**12)
    note(2 * 10**12, who=bob)
    assert groups(usage("person", **MARCH)) == [("ann", "1", 1)]
    assert usage("person", who=bob, **MARCH).total.dollars == "2"
    everybody = usage("person", everybody=True, **MARCH)
    assert groups(everybody) == [("bob", "2", 1), ("ann", "1", 1)]
    assert everybody.total.dollars == "3"


def test_projects_are_named_to_who_sees_them(wove, note, usage, ann, bob):
    project = Projects(wove.units, wove.workspaces).create(ann, NewProject("Tides"))
    note(1, project_id=project.id)
    note(2, who=bob, project_id=project.id)
    note(3)
    assert {each.name for each in usage("project", **MARCH).groups} == {"Tides", ""}
    assert [each.name for each in usage("project", who=bob, **MARCH).groups] == [str(project.id)]
    assert usage(project=project.id, **MARCH).total.tries == 1
    with pytest.raises(NotFound):
        usage(who=bob, project=project.id)


def test_budgets_say_what_is_left_and_until_when(wove, note, usage, ann, bob):
    project = Projects(wove.units, wove.workspaces).create(ann, NewProject("Tides"))
    note(10**12, at=now())
    note(5 * 10**11, at=now(), outcome="running", reserved=2 * 10**12, project_id=project.id)
    note(10**13, at=now(), who=bob)
    budgets = [
        Budget(dollars=Decimal(9), every="day"),
        Budget(dollars=Decimal(3), every="month", of="project"),
        Budget(dollars=Decimal(4), every="month", of="everybody"),
    ]
    found = usage(budgets=budgets).budgets
    assert [(each.of, each.spent, each.left) for each in found] == [
        ("person", "3", "6"),
        ("everybody", "13", "0"),
    ]
    assert timedelta(0) < found[0].begins_anew - now() <= timedelta(days=1)
    (of_project,) = (
        each for each in usage(budgets=budgets, project=project.id).budgets if each.of == "project"
    )
    assert (of_project.spent, of_project.left) == ("2", "1")


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(2024, 1, 1), date(2026, 1, 1)),
        (date.max, None),
        (None, date.max),
    ],
)
def test_days_that_cannot_be_are_refused(usage, since, until):
    with pytest.raises(InvalidRequest):
        usage(since=since, until=until)


def test_this_month_is_told_of_unless_days_are_named():
    today = now().date()
    assert _days(None, None) == (today.replace(day=1), today)
    assert _days(None, date(2026, 2, 9)) == (date(2026, 2, 1), date(2026, 2, 9))


def test_administrators_see_the_budgets_that_several_people_spend(note, usage, wove, ann, bob):
    at = now()
    note(10**12, at=at)
    note(2 * 10**12, who=bob, at=at)
    budgets = [
        Budget(dollars=Decimal(5), every="month", of=of, **more)
        for of, more in {
            "everybody": {},
            "person": {},
            "project": {},
            "course": {"projects": ["ann/tides"]},
        }.items()
    ]
    left = usage("person", everybody=True, budgets=budgets).budgets
    assert [(each.of, each.spent, each.left, each.projects) for each in left] == [
        ("everybody", "3", "2", []),
        ("course", "0", "5", ["ann/tides"]),
    ]
