"""Apps are served by machines at Fly, against a stand-in that knows its description."""

from uuid import uuid4

import pytest

from jupyter_wove.deploy.targets import Targets
from jupyter_wove.runner import Failed, Live, Plan
from tests.unit.deploy.targets.fly import TOKEN, Fly
from tests.unit.deploy.targets.loopback import serving
from tests.unit.deploy.targets.orders import API, APP, Ready, app, done, order, served, text

NAME = f"wove-{APP.hex}"
VARIABLES = {"FLY_API_TOKEN": TOKEN, "FLY_REGION": "ams", "COLOUR": "green"}


@pytest.fixture
def fly():
    stand_in = Fly()
    with serving(stand_in.application()) as stand_in.url:
        yield stand_in
    assert stand_in.mistakes == []
    assert stand_in.leases == {}


@pytest.fixture
def targets(fly, monkeypatch):
    monkeypatch.setattr("jupyter_wove.deploy.targets.fly.machines.SECONDS", 2)
    return Targets({"fly": {"FLY_API_BASE_URL": fly.url}})


def release(parcels=None, **changes):
    return order(parcels or Ready(image="image"), API, VARIABLES, **changes)


def test_a_machine_is_started_without_visitors_checked_and_then_has_them(fly, targets):
    parcels = Ready(image="image")
    wanted = release(parcels)
    end, said = served(targets, "fly", wanted)
    assert end == Live(f"https://{NAME}.fly.dev")
    [machine] = fly.visited(NAME)
    assert machine["config"]["image"].startswith(
        f"registry.fly.io/{NAME}:{wanted.release.id.hex}@"
    )
    assert machine["config"]["guest"] == {"cpu_kind": "shared", "cpus": 1, "memory_mb": 512}
    assert machine["config"]["checks"]["wove"]["path"] == "/health"
    assert machine["region"] == "ams"
    assert parcels.pushed == [(f"registry.fly.io/{NAME}:{wanted.release.id.hex}", "x", TOKEN)]
    order_of_work = [each for each in fly.asked if each.endswith(("/machines", "/uncordon"))]
    assert order_of_work[-2].startswith("POST") or order_of_work[-2].endswith("/uncordon")
    assert fly.asked.index(f"POST /v1/apps/{NAME}/machines") < fly.asked.index(
        f"POST /v1/apps/{NAME}/machines/{machine['id']}/uncordon"
    )
    assert TOKEN not in repr([end, *said])


def test_an_app_has_its_addresses_and_its_variables_as_secrets(fly, targets):
    served(targets, "fly", release())
    assert fly.apps[NAME]["addresses"] == ["shared_v4", "v6"]
    assert fly.apps[NAME]["org_slug"] == "personal"
    assert fly.apps[NAME]["secrets"] == {"COLOUR": "green"}
    [machine] = fly.visited(NAME)
    assert machine["config"]["env"] == {"PORT": "8080"}


def test_the_next_release_takes_the_visitors_and_the_old_machine_stops(fly, targets):
    first, second = release(), release()
    served(targets, "fly", first)
    served(targets, "fly", second)
    [machine] = fly.visited(NAME)
    assert machine["config"]["metadata"]["wove_release"] == str(second.release.id)
    assert len(fly.apps[NAME]["machines"]) == 2
    assert fly.apps[NAME]["addresses"] == ["shared_v4", "v6"]


def test_the_way_back_starts_the_machine_that_is_still_there(fly, targets):
    first = release()
    served(targets, "fly", first)
    served(targets, "fly", release())
    parcels = first.parcels
    end, said = served(targets, "fly", first)
    assert isinstance(end, Live)
    assert "uploaded before" in text(said)
    assert len(parcels.pushed) == 1
    [machine] = fly.visited(NAME)
    assert machine["config"]["metadata"]["wove_release"] == str(first.release.id)


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("unwell", "/health did not answer well within 2 seconds: critical"),
        ("crash", "did not start: it is stopped. It used more than its memory."),
    ],
)
def test_a_bad_version_gets_no_visitors_and_leaves_no_machine(fly, targets, image, words):
    good = release()
    served(targets, "fly", good)
    fly.next_image = image
    end, _ = served(targets, "fly", release())
    assert isinstance(end, Failed)
    assert words in end.reason
    [machine] = fly.visited(NAME)
    assert machine["config"]["metadata"]["wove_release"] == str(good.release.id)
    assert len(fly.apps[NAME]["machines"]) == 1


def test_an_app_that_may_sleep_sleeps_and_another_does_not(fly, targets):
    served(targets, "fly", release(idle=600))
    [machine] = fly.visited(NAME)
    assert machine["config"]["services"][0]["autostop"] == "stop"
    served(targets, "fly", release(idle=0))
    [machine] = fly.visited(NAME)
    assert machine["config"]["services"][0]["min_machines_running"] == 1


def test_memory_is_rounded_up_to_what_can_be_had(fly, targets):
    plan = Plan(kind="voila", memory_mb=700, cpus=1.5)
    served(targets, "fly", order(Ready(image="image"), plan, VARIABLES))
    [machine] = fly.visited(NAME)
    assert machine["config"]["guest"] == {"cpu_kind": "shared", "cpus": 2, "memory_mb": 768}


def test_a_machine_that_somebody_else_changes_is_left_alone(fly, targets):
    served(targets, "fly", release())
    [old] = fly.visited(NAME)
    fly.leases[old["id"]] = "of somebody else"
    end, _ = served(targets, "fly", release())
    fly.leases.clear()
    assert isinstance(end, Failed)
    assert end.reason == "Fly says: machine ID has an active lease."


def test_releases_and_apps_are_removed(fly, targets):
    first = release()
    served(targets, "fly", first)
    served(targets, "fly", release())
    done(targets.forget("fly", app(), first.release.id, VARIABLES))
    done(targets.forget("fly", app(), uuid4(), VARIABLES))
    assert len(fly.apps[NAME]["machines"]) == 1
    [line] = targets.logs("fly", app(), VARIABLES, 10)
    assert line.text.endswith(": start started")
    done(targets.delete("fly", app(), VARIABLES))
    assert fly.apps == {}
    assert targets.logs("fly", app(), VARIABLES, 10) == []


def test_a_token_that_is_not_accepted_is_told_in_words(targets):
    wrong = {**VARIABLES, "FLY_API_TOKEN": "not-the-token-of-anybody"}
    end, said = served(targets, "fly", order(Ready(), API, wrong))
    assert end.reason.startswith(
        "Fly does not accept the token in FLY_API_TOKEN: token validation error."
    )
    assert "not-the-token-of-anybody" not in repr([end, *said])


def test_a_place_that_does_not_answer_is_told():
    targets = Targets({"fly": {"FLY_API_BASE_URL": "http://127.0.0.1:9"}})
    end, _ = served(targets, "fly", release())
    assert end.reason == "Fly does not answer (ConnectError). Try again."


def test_a_region_that_is_none_is_told(targets):
    end, _ = served(targets, "fly", order(Ready(), API, {**VARIABLES, "FLY_REGION": "Amsterdam"}))
    assert end.reason == "The variable FLY_REGION is not what this target takes."


def test_an_app_can_have_a_name_of_its_own_there(fly, targets):
    end, _ = served(targets, "fly", order(Ready(), API, {**VARIABLES, "FLY_APP": "my-waves"}))
    assert end == Live("https://my-waves.fly.dev")
    assert set(fly.apps) == {"my-waves"}
