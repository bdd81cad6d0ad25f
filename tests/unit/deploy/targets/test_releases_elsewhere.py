"""Releases are served by targets of any package: the same steps, in words, no secrets."""

import subprocess
import sys
import threading
import time
from uuid import uuid4

import pytest

from jupyter_wove.deploy.targets import Targets
from jupyter_wove.kit.errors import Forbidden, InvalidRequest, Unavailable
from jupyter_wove.runner import Failed, Line, Live, Stage
from tests.unit.deploy.targets.orders import API, SITE, Ready, app, done, order, served, text

TOKEN = "s3cr3t-of-the-shelf"
VARIABLES = {"SHELF_TOKEN": TOKEN, "COLOUR": "green"}
ENTRIES = """[jupyter_wove.targets]
shelf = tests.unit.deploy.targets.shelf:SHELF
nothing = tests.unit.deploy.targets.shelf:NOTHING
gone = tests.unit.deploy.targets.there_is_none:GONE
fly = tests.unit.deploy.targets.shelf:SHELF
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Another package is installed, with targets in its entry points."""
    about = tmp_path / "site-packages" / "shelf-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: shelf\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(ENTRIES)
    monkeypatch.syspath_prepend(str(about.parent))


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def targets(package, place):
    return Targets({"shelf": {"SHELF_PLACE": str(place)}, "nothing": {}, "gone": {}, "fly": {}})


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<h1>Waves</h1>")
    return folder


def test_a_release_is_uploaded_checked_and_then_served(targets, site, place):
    wanted = order(Ready(site), SITE, VARIABLES)
    end, said = served(targets, "shelf", wanted)
    assert end == Live("shelf://1/waves")
    assert [each.name for each in said if isinstance(each, Stage)] == ["starting", "checking"]
    assert (place / "live").read_text() == wanted.release.id.hex


def test_the_same_release_again_is_the_way_back_and_is_not_uploaded_anew(targets, site, place):
    first, second = (order(Ready(site), SITE, VARIABLES) for _ in range(2))
    for each in (first, second):
        served(targets, "shelf", each)
    end, said = served(targets, "shelf", first)
    assert isinstance(end, Live)
    assert "It was uploaded before" in text(said)
    assert (place / "live").read_text() == first.release.id.hex


def test_what_is_not_well_gets_no_visitors_and_leaves_nothing(targets, site, place):
    good = order(Ready(site), SITE, VARIABLES)
    served(targets, "shelf", good)
    (site / "broken").touch()
    bad = order(Ready(site), SITE, VARIABLES)
    end, _ = served(targets, "shelf", bad)
    assert isinstance(end, Failed)
    assert end.hint == "Nail it."
    assert (place / "live").read_text() == good.release.id.hex
    assert (place / f"forgotten-{bad.release.id.hex}").exists()


def test_an_error_of_the_place_is_said_in_its_words(targets, site):
    (site / "lost").touch()
    end, _ = served(targets, "shelf", order(Ready(site), SITE, VARIABLES))
    assert isinstance(end, Failed)
    assert end.reason == "The shelf is gone."


def test_no_secret_is_said_and_none_reaches_the_app(targets, site, place):
    (site / "broken").touch()
    wanted = order(Ready(site), SITE, VARIABLES)
    end, said = served(targets, "shelf", wanted)
    assert "opened with •••" in text(said)
    assert end.reason == "It fell off, with •••."
    kept = place / f"forgotten-{wanted.release.id.hex}"
    assert (kept / "environment").read_text() == "{'COLOUR': 'green'}"
    assert TOKEN not in repr([end, *said])
    logged = targets.logs("shelf", app(), VARIABLES, 2)
    assert logged == [Line("stdout", "3: •••"), Line("stdout", "4: •••")]


def test_whoever_stops_listening_cancels_it(targets, site, place):
    (site / "slow").touch()
    messages = targets.release("shelf", order(Ready(site), SITE, VARIABLES))
    while next(messages) != Stage("checking"):
        pass
    assert next(messages) is None  # a beat: it goes on
    began = time.monotonic()
    messages.close()
    assert time.monotonic() - began < 30
    assert (place / "cancelled").exists()
    assert not (place / "live").exists()


def test_nothing_runs_on_when_it_has_ended(targets, site):
    before = threading.active_count()
    served(targets, "shelf", order(Ready(site), SITE, VARIABLES))
    assert threading.active_count() == before


def test_all_of_an_app_is_removed(targets, site, place):
    served(targets, "shelf", order(Ready(site), SITE, VARIABLES))
    done(targets.delete("shelf", app(), VARIABLES))
    assert not (place / "live").exists()


def test_forgetting_what_is_gone_already_is_well(targets):
    done(targets.forget("shelf", app(), uuid4(), VARIABLES))


# ---------------------------------------------------------------------- refusals


def problem(targets, name, plan=SITE, access="public", variables=None):
    return targets.problem(name, plan, access, VARIABLES if variables is None else variables)


def test_where_nothing_is_missing_there_is_no_problem(targets):
    assert problem(targets, "shelf") == ""


def test_variables_that_are_missing_are_named(targets, site):
    sentence = "This target needs variables of the app that are not set: SHELF_TOKEN."
    assert problem(targets, "shelf", variables={}) == sentence
    end, _ = served(targets, "shelf", order(Ready(site), SITE, {}))
    assert end.reason == sentence


def test_a_variable_that_does_not_fit_is_named_and_not_repeated(targets):
    said = problem(targets, "shelf", variables={**VARIABLES, "SHELF_BOARD": "4-top-s3cr3t"})
    assert said == "The variable SHELF_BOARD is not what this target takes."


def test_an_empty_secret_is_refused(targets):
    said = problem(targets, "shelf", variables={"SHELF_TOKEN": "  "})
    assert said == "The variable SHELF_TOKEN is not what this target takes."


def test_what_is_for_administrators_cannot_be_set_by_a_variable(targets, site, place, tmp_path):
    elsewhere = {**VARIABLES, "SHELF_PLACE": str(tmp_path)}
    end, _ = served(targets, "shelf", order(Ready(site), SITE, elsewhere))
    assert isinstance(end, Live)
    assert (place / "live").exists()
    assert "SHELF_PLACE" not in {need.name for need in targets.needs("shelf")}


def test_what_it_needs_is_listed_for_people(targets):
    needs = {need.name: need for need in targets.needs("shelf")}
    assert set(needs) == {"SHELF_TOKEN", "SHELF_BOARD"}
    assert needs["SHELF_TOKEN"].secret
    assert needs["SHELF_TOKEN"].about == "What opens the shelf."
    assert not needs["SHELF_BOARD"].required


def test_what_administrators_configured_is_needed_of_nobody(package):
    targets = Targets({"shelf": {"SHELF_PLACE": "/", "SHELF_TOKEN": "theirs"}})
    assert [need.name for need in targets.needs("shelf")] == ["SHELF_BOARD"]


def test_a_kind_that_it_does_not_take_is_refused(targets):
    assert problem(targets, "shelf", API) == (
        "The shelf does not take apps of the kind asgi, only site."
    )


@pytest.mark.parametrize("access", ["private", "project", "hub"])
def test_an_app_that_is_not_for_everybody_stays_here(targets, site, access):
    wanted = order(Ready(site), SITE, VARIABLES, access=access)
    end, _ = served(targets, "shelf", wanted)
    assert isinstance(end, Failed)
    assert "whoever has the address comes in" in end.reason


def test_a_target_that_administrators_do_not_allow_is_refused(package):
    targets = Targets({"cloudflare-pages": {}})
    with pytest.raises(Forbidden, match="Allowed are local, cloudflare-pages"):
        targets.needs("shelf")


def test_a_target_that_is_not_installed_is_refused():
    with pytest.raises(InvalidRequest, match="There is no target attic"):
        Targets({"attic": {}}).needs("attic")


def test_a_broken_plug_in_is_told(targets):
    with pytest.raises(Unavailable, match="its entry point names no plug-in"):
        targets.needs("nothing")
    with pytest.raises(Unavailable, match="cannot be loaded"):
        targets.needs("gone")


def test_no_other_package_takes_the_place_of_a_target_of_ours(targets):
    assert targets.title("fly") == "Fly Machines"
    assert targets.names() == ["fly", "gone", "nothing", "shelf"]


OURS = ["aws-lambda", "cloudflare-pages", "cloudflare-workers", "fly", "kubernetes"]
SDKS = "{'boto3', 'botocore', 'kubernetes_asyncio', 'aiohttp'}"


def python(program):
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    ).stdout


def test_no_sdk_is_loaded_before_its_target_is_used():
    program = f"""
import sys
from jupyter_wove.deploy.targets import Targets
targets = Targets(dict.fromkeys({OURS}, {{}}))
assert targets.names() == {OURS}
for name in targets.names():
    targets.needs(name)
print(sorted({SDKS} & set(sys.modules)))
"""
    assert python(program).strip() == "[]"


@pytest.mark.parametrize(
    ("name", "sdk", "extra"),
    [("aws-lambda", "boto3", "aws"), ("kubernetes", "kubernetes_asyncio", "kubernetes")],
)
def test_a_missing_extra_is_told_with_what_installs_it(name, sdk, extra):
    program = f"""
import sys
sys.modules[{sdk!r}] = None  # as where it is not installed
from jupyter_wove.deploy.targets import Targets
from tests.unit.deploy.targets.orders import API, FUNCTION, Ready, order
configured = {{"AWS_REGION": "eu-central-1", "AWS_LAMBDA_ROLE": "arn:aws:iam::123456789012:role/r",
  "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "KUBERNETES_DOMAIN": "apps.test",
  "REGISTRY": "registry.test"}}
plan = FUNCTION if {extra!r} == "aws" else API
*_, end = Targets({{{name!r}: configured}}).release({name!r}, order(Ready(), plan, {{}}))
print(end.reason)
"""
    assert f'pip install "jupyter-wove[{extra}]"' in python(program)
