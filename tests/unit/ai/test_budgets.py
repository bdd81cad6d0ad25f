"""Nobody spends more than they may, however many ask at once."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import update

from jupyter_wove.ai.ledger import PICOS, BudgetSpent, Caller
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Budget, Catalogue, Need, catalogue
from jupyter_wove.ai.scripted import Fault, Reply
from jupyter_wove.ai.wire import Account
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Forbidden, NotFound, Unavailable
from jupyter_wove.projects import NewProject, OriginRow, ProjectRow, Projects

CENT = Decimal("0.01")
A_CENT_AT_MOST = Need(tokens=0, output=1_000)  # at 10 dollars for a million


def spent(desk):
    return sum(each.cost for each in desk.attempts) / PICOS


def age(desk, by):
    """Have all of it happened earlier."""
    with desk.units.write() as unit:
        unit.session.execute(update(AttemptRow).values(at=now() - by))


def test_what_fits_is_answered_and_the_rest_is_refused_in_a_sentence(desk, models):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    desk.ask("scripted-400", need=A_CENT_AT_MOST)
    with pytest.raises(BudgetSpent, match=r"\$0\.0040 of the \$0\.01 of this day") as refused:
        desk.ask("scripted-400", need=A_CENT_AT_MOST)
    assert 0 < refused.value.retry_after <= 24 * 3600
    assert len(models.asked) == 1


@pytest.mark.parametrize("of", ["person", "project", "course", "everybody"])
def test_fifty_at_once_do_not_pass_it(desk, models, project, of):
    desk.caller = Caller(desk.caller.person_id, project.id)
    named = ["ann/tides"] if of == "course" else []
    models.script = lambda asked: Reply(pieces=["word "] * 900, before=0.05)
    desk.spend_at_most(Budget(dollars=5 * CENT, every="month", of=of, projects=named))

    async def ask():
        try:
            await desk.asking("scripted", need=A_CENT_AT_MOST)
        except BudgetSpent:
            return 0
        return 1

    async def crowd():
        return sum(await asyncio.gather(*(ask() for _ in range(50))))

    assert asyncio.run(crowd()) >= 5
    assert spent(desk) <= 5 * CENT


def test_what_one_spends_is_not_spent_by_another(desk, wove, bob):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    desk.caller = Caller(bob.id)
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    desk.spend_at_most(Budget(dollars=2 * CENT, every="day", of="everybody"))
    with pytest.raises(BudgetSpent, match="All together"):
        desk.ask("scripted", need=A_CENT_AT_MOST)


def test_the_next_day_begins_anew(desk):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    age(desk, timedelta(days=1))
    desk.ask("scripted", need=A_CENT_AT_MOST)


def test_who_is_too_dear_makes_room_for_who_is_not(desk, models):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    free = desk.deployment("free", price=None, is_local=True)
    desk.ask("scripted", free, need=Need(tokens=0, output=5_000))
    assert [each.model for each in models.asked] == ["free"]


def test_who_costs_nobody_knows_what_is_not_asked_on_a_budget(desk, models):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    with pytest.raises(BudgetSpent, match="Nobody knows"):
        desk.ask(desk.deployment("never-heard-of", price=None))
    assert models.asked == []


def test_no_answer_is_longer_than_what_was_reserved(desk, models):
    seen = []

    def script(asked):
        seen.append(asked.most)
        return Reply(pieces=["word "])

    models.script = script
    desk.ask(desk.deployment("scripted", most_output=77))
    desk.ask("scripted", need=Need(tokens=1, output=5), max_tokens=5)
    assert seen == [77, 5]


def test_what_failed_gives_back_what_it_did_not_cost(desk):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    desk.ask(f"scripted@{Fault.FAILED}", "scripted-10", need=A_CENT_AT_MOST)
    assert spent(desk) == (3 * Decimal("2.5") + 10 * 10) / 1_000_000


def test_who_goes_away_before_anybody_is_asked_reserves_nothing(desk, models):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))

    async def leave_at_once():
        asking = asyncio.create_task(desk.asking("scripted", need=A_CENT_AT_MOST))
        while not desk.circuits._circuits:  # noqa: ASYNC110 — nothing tells that it is asked for
            await asyncio.sleep(0)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    asyncio.run(leave_at_once())
    assert [(each.outcome, each.cost) for each in desk.attempts] == [("cancelled", 0)]
    desk.ask("scripted-1", need=A_CENT_AT_MOST)
    assert len(models.asked) == 1


@pytest.fixture
def project(wove, ann):
    """A project of Ann's."""
    return Projects(wove.units, wove.workspaces).create(ann, NewProject("Tides"))


def test_what_is_asked_for_a_project_is_spent_by_it_whoever_asks(desk, project, bob):
    desk.spend_at_most(Budget(dollars=CENT, every="month", of="project"))
    desk.caller = Caller(desk.caller.person_id, project.id)
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    desk.caller = Caller(bob.id, project.id)
    with pytest.raises(BudgetSpent, match="This project has spent"):
        desk.ask("scripted", need=A_CENT_AT_MOST)


def test_what_is_asked_for_no_project_is_spent_by_none(desk, project):
    desk.spend_at_most(Budget(dollars=CENT, every="day", of="project"))
    for _ in range(3):
        desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    desk.caller = Caller(desk.caller.person_id, project.id)
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)


def test_what_is_asked_for_a_remix_of_a_remix_is_spent_by_the_course(desk, wove, project, bob):
    first, second = (_remixed(wove, bob, origin) for origin in (project, None))
    _come_from(wove, second, first)
    course = Budget(dollars=CENT, every="month", of="course", projects=["Ann/tides", "ann/none"])
    desk.spend_at_most(course)
    desk.caller = Caller(bob.id, second.id)
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    desk.caller = Caller(desk.caller.person_id, project.id)
    with pytest.raises(BudgetSpent, match="This course has spent"):
        desk.ask("scripted", need=A_CENT_AT_MOST)
    desk.caller = Caller(bob.id, _remixed(wove, bob, None).id)
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)


def _remixed(wove, actor, origin):
    made = Projects(wove.units, wove.workspaces).create(actor, NewProject("Copy"))
    if origin:
        _come_from(wove, made, origin)
    return made


def _come_from(wove, made, origin):
    row = OriginRow(project_id=made.id, origin_id=origin.id, version="v", at=now())
    with wove.units.write() as unit:
        unit.session.add(row)


@pytest.mark.parametrize(
    "budget",
    [
        {"of": "course"},
        {"of": "course", "projects": ["tides"]},
        {"of": "person", "projects": ["ann/tides"]},
    ],
)
def test_a_course_names_its_projects_and_nobody_else_does(budget):
    with pytest.raises(Unavailable, match="projects"):
        catalogue([], [], [budget | {"dollars": "1", "every": "day"}])


def test_the_tightest_of_several_budgets_counts(desk, project):
    desk.caller = Caller(desk.caller.person_id, project.id)
    wide = Budget(dollars=9 * CENT, every="day")
    desk.spend_at_most(wide, Budget(dollars=CENT, every="day", of="project"))
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    with pytest.raises(BudgetSpent, match="This project"):
        desk.ask("scripted", need=A_CENT_AT_MOST)


def test_only_who_works_on_a_project_may_spend_what_it_may(wove, open_models, project, ann, bob):
    models = open_models(Catalogue({}, {}))

    async def account(actor, project_id):
        return await models._caller(actor.id, Account(project=project_id), "key", [])

    assert asyncio.run(account(ann, project.id)).project_id == project.id
    for actor, project_id in [(bob, project.id), (ann, uuid4())]:
        with pytest.raises(NotFound):
            asyncio.run(account(actor, project_id))
    publish(wove, project)
    with pytest.raises(Forbidden, match="You may not read the unpublished work"):
        asyncio.run(account(bob, project.id))


def test_a_file_is_on_the_account_of_its_project_where_one_works_on_it(wove, project, ann, bob):
    projects, notebook = Projects(wove.units, wove.workspaces), f"{project.folder}/tides.ipynb"
    assert projects.worked_around(ann, notebook) == project.id
    assert projects.worked_around(bob, notebook) is None
    assert projects.worked_around(ann, "elsewhere.ipynb") is None


def publish(wove, project):
    with wove.units.write() as unit:
        row = unit.session.get_one(ProjectRow, project.id)
        row.visibility, row.published_version = "public", "wove/1"
