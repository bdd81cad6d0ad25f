"""Who may do what: every operation, asked by everybody, answered as the rules say."""

import asyncio
from uuid import uuid4

import pytest
from jupyter_wove_server import mcp, models
from jupyter_wove_server.base import PUBLIC, VERBS

from jupyter_wove.accounts import SCOPES, Accounts, Role
from jupyter_wove.accounts.models import NewKey
from jupyter_wove.contract import OPERATIONS
from jupyter_wove.deploy import (
    AppChange,
    Apps,
    Deployments,
    Domains,
    NewApp,
    NewDeployment,
    NewDomain,
)
from jupyter_wove.projects import Members, Projects, Publications
from jupyter_wove.projects.members.models import Membership
from jupyter_wove.projects.models import NewProject
from jupyter_wove.projects.publication.models import NewRemix, Publication
from jupyter_wove.prompts import (
    Experiments,
    NewExperiment,
    NewPrompt,
    NewPromptVersion,
    NewVariant,
    PromptMembers,
    Prompts,
    PromptVersions,
)
from jupyter_wove.prompts.members.models import PromptMembership
from jupyter_wove.runner import Plan
from tests.http.authorization.walk import (
    EVERYBODY,
    FOR_ADMINISTRATORS,
    FOR_ONESELF,
    ON_A_FILE,
    ON_A_JOB,
    ON_A_PROJECT,
    ON_A_PROMPT,
    ON_A_RUN,
    ON_AN_APP,
    PROMPT,
    SAID_OF_A_PROMPT,
    TAKES_DOCKER,
    in_order,
    request_of,
)
from tests.unit.journey import ask as do

ROLES = {role.name.lower(): role for role in Role if role is not Role.NONE}
REFUSED = {401, 403}
ON_SOMETHING = ON_A_PROJECT | ON_A_PROMPT | ON_AN_APP


@pytest.fixture
def jp_server_config(jp_server_config):
    extensions = {"jupyter_server_fileid": True, "jupyter_server_ydoc": True}
    jp_server_config["ServerApp"]["jpserver_extensions"] |= extensions
    jp_server_config["Wove"]["runner_socket"] = "/nowhere"  # so that nothing is built
    return jp_server_config


@pytest.fixture
def wove(jp_serverapp):
    return jp_serverapp.web_app.settings["wove_serving"].wove


@pytest.fixture
def key_of(wove):
    """Give a person a key; with all scopes that they hold, unless some are named."""

    def make(name, scopes=(), days=90):
        actor = wove.directory.identity("test", name, name.title())
        scopes = list(scopes or actor.scopes)
        return do(wove, actor, Accounts.create_key, NewKey("test", scopes, days)).secret

    return make


@pytest.fixture
def owner(wove):
    return wove.directory.identity("test", "owner", "Owner")


@pytest.fixture
def project(wove, owner):
    """A private project with somebody in each role."""
    project = do(wove, owner, Projects.create, NewProject("Waves"))
    for name in ("viewer", "commenter", "editor"):
        wove.directory.identity("test", name, name.title())
        do(wove, owner, Members.put, project.id, name, Membership(name))
    wove.directory.identity("test", "guest", "Guest")
    do(wove, owner, Members.put, project.id, "guest", Membership("viewer"))
    return project


@pytest.fixture
def public_project(wove, owner, project):
    return do(wove, owner, Publications.publish, project.id, Publication())


@pytest.fixture
def prompt(wove, owner, project):
    """A private prompt, shared with the people of the project; nobody only comments on one."""
    prompt = do(wove, owner, Prompts.create, NewPrompt(PROMPT))
    for name in ("viewer", "commenter", "editor", "guest"):
        role = "editor" if name == "editor" else "viewer"
        do(wove, owner, PromptMembers.put, prompt.id, name, PromptMembership(role))
    return prompt


@pytest.fixture
def experiment(wove, owner, prompt):
    """Two versions of the prompt, side by side."""
    version = NewPromptVersion(PROMPT + "Briefly.\n", "1.0.1")
    do(wove, owner, PromptVersions.save, prompt.id, version)
    both = [NewVariant("1.0.0"), NewVariant("1.0.1")]
    return do(wove, owner, Experiments.begin, prompt.id, NewExperiment(both, "course"))


@pytest.fixture
def public_prompt(wove, owner, prompt):
    return do(wove, owner, Prompts.publish, prompt.id)


@pytest.fixture
def app(wove, owner, project):
    """An app for the people of the project, with a domain."""
    app = do(wove, owner, Apps.create, project.id, NewApp(access="project"))
    do(wove, owner, Domains.add, app.id, NewDomain("waves.example.org"))
    return app


@pytest.fixture
def public_app(wove, owner, app):
    return do(wove, owner, Apps.change, app.id, AppChange(access="public"))


@pytest.fixture
def deployment(wove, owner, app):
    """A deployment that comes to nothing, for there is no runner."""
    plan = Plan(kind="site", base="none", entry="index.html", site=".")
    return do(wove, owner, Deployments.deploy, app.id, NewDeployment(plan=plan))


@pytest.fixture
def job(wove, owner, project):
    return do(wove, owner, Publications.remix, project.id, NewRemix())


@pytest.fixture
def walk(ask, project, prompt, experiment, job, app, deployment):
    """Ask for every operation with these headers; tell the status of each answer."""

    async def through(headers, operations=None):
        names = {
            "project_id": project.id,
            "job_id": job.id,
            "app_id": app.id,
            "deployment_id": deployment.id,
            "host": "waves.example.org",
            "handle": "guest",
            "owner": "owner",
            "slug": project.slug,
            "key_id": "0123456789",
            "suggestion_id": uuid4(),
            "decision_id": uuid4(),
            "thread_id": uuid4(),
            "checkpoint_id": uuid4(),
            "restoration_id": uuid4(),
            "message_id": uuid4(),
            "prompt_id": prompt.id,
            "name": prompt.name,
            "which": "latest",
            "label": "production",
            "experiment_id": experiment.id,
            "task": "fix",
            "comment_id": uuid4(),
            "change_id": uuid4(),
            "approval_id": uuid4(),
            "memory_id": uuid4(),
            "evaluation_id": uuid4(),
            "message": "none",
            "digest": "0" * 64,
        }
        statuses = {}
        for operation in operations or in_order():
            path, sent = request_of(operation, **names)
            sent["headers"] |= headers
            answer = await asyncio.wait_for(ask(operation.method, path, **sent), 30)
            expected = answer.code == 503 and operation.id in TAKES_DOCKER
            assert answer.code < 500 or expected, f"{operation.id}: {answer.body!r}"
            statuses[operation.id] = answer.code
        return statuses

    return through


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def test_every_operation_says_here_who_may():
    said = set(ON_A_PROJECT) | ON_A_JOB | ON_A_RUN | ON_A_FILE | FOR_ONESELF
    said |= set(ON_A_PROMPT) | set(ON_AN_APP) | SAID_OF_A_PROMPT | FOR_ADMINISTRATORS
    assert {each.id for each in OPERATIONS} == said


def test_every_scope_is_asked_for_somewhere():
    routes = [*models.routes(None), *mcp.routes(None)]
    beside = {policy for _, handler, *_ in routes for policy in _policies(handler)}
    assert {each.scope for each in OPERATIONS} | beside == set(SCOPES)


def _policies(handler):
    said = (getattr(getattr(handler, verb), "policy", PUBLIC) for verb in VERBS)
    return set(said) - {PUBLIC}


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer wove_0123456789_" + "x" * 38},
        {"Authorization": "Bearer wove_"},
        {"Authorization": "token wrong"},
        {"Authorization": "Basic b3duZXI6b3duZXI="},
    ],
    ids=["nobody", "a key that is none", "half a key", "a wrong token", "a password"],
)
async def test_who_is_not_signed_in_gets_nothing(walk, headers):
    statuses = await walk(headers)
    assert {id_: status for id_, status in statuses.items() if status not in REFUSED} == {}


async def test_a_revoked_key_gets_nothing(wove, walk, key_of, owner):
    secret = key_of("owner")
    do(wove, owner, Accounts.revoke_key, secret.split("_")[1])
    assert set((await walk(bearer(secret))).values()) == {401}


@pytest.mark.parametrize("scope", SCOPES)
async def test_a_key_does_not_reach_beyond_its_scope(walk, key_of, scope):
    others = [each for each in in_order() if each.scope != scope]
    assert set((await walk(bearer(key_of("owner", [scope])), others)).values()) == {403}


async def test_for_a_stranger_what_is_private_does_not_exist(walk, key_of):
    statuses = await walk(bearer(key_of("stranger")))
    assert {statuses[id_] for id_ in ON_SOMETHING} == {404}


async def test_a_stranger_may_use_what_is_public_and_change_nothing(
    walk, key_of, public_project, public_prompt, public_app
):
    statuses = await walk(bearer(key_of("stranger")))
    may = {id_ for id_ in ON_SOMETHING if statuses[id_] < 400}
    assert may == {id_ for id_, (who, _) in ON_SOMETHING.items() if who == EVERYBODY}
    assert {statuses[id_] for id_ in ON_SOMETHING if id_ not in may} <= {403, 409}


@pytest.mark.parametrize("name", ROLES)
async def test_a_member_may_what_their_role_allows(walk, key_of, name):
    statuses = await walk(bearer(key_of(name)))
    denied = {id_ for id_ in ON_SOMETHING if statuses[id_] in {401, 403, 404}}
    too_little = {id_ for id_, (_, least) in ON_SOMETHING.items() if least > ROLES[name]}
    assert denied == too_little - {"Projects.undelete"} | (denied & {"Projects.undelete"})


async def test_everybody_may_use_their_own_account(walk, key_of):
    statuses = await walk(bearer(key_of("stranger")))
    assert {id_ for id_ in FOR_ONESELF if statuses[id_] in REFUSED} == set()


async def test_what_is_for_administrators_is_for_nobody_else(wove, walk, key_of):
    theirs = [each for each in in_order() if each.id in FOR_ADMINISTRATORS]
    assert set((await walk(bearer(key_of("stranger")), theirs)).values()) == {403}
    key = key_of("owner")
    assert set((await walk(bearer(key), theirs)).values()) == {200}
    wove.directory.administrators = frozenset()
    assert set((await walk(bearer(key), theirs)).values()) == {403}


async def test_a_job_is_there_for_who_started_it_only(walk, key_of):
    jobs = [each for each in in_order() if each.id in ON_A_JOB]
    assert set((await walk(bearer(key_of("editor")), jobs)).values()) == {404}
    assert set((await walk(bearer(key_of("owner")), jobs)).values()) <= {200, 202}


async def test_what_nobody_said_of_a_prompt_is_not_there_for_anybody(walk, key_of):
    said = [each for each in in_order() if each.id in SAID_OF_A_PROMPT]
    for name in ("owner", "stranger"):
        assert set((await walk(bearer(key_of(name)), said)).values()) == {404}


async def test_a_file_that_is_not_there_has_nothing_for_anybody(walk, key_of):
    on_a_file = [each for each in in_order() if each.id in ON_A_FILE]
    assert set((await walk(bearer(key_of("stranger")), on_a_file)).values()) == {404}


async def test_an_id_that_does_not_exist_looks_like_one_that_is_not_shared(ask, project, key_of):
    headers = bearer(key_of("stranger"))
    hidden = await ask("GET", f"wove/api/projects/{project.id}", headers=headers)
    missing = await ask("GET", f"wove/api/projects/{uuid4()}", headers=headers)
    shown = [answer.body.replace(b"instance", b"") for answer in (hidden, missing)]
    assert [hidden.code, missing.code] == [404, 404]
    assert b"no such project" in shown[0]
    assert b"no such project" in shown[1]
