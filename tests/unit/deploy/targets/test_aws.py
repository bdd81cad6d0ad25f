"""Functions are served by AWS Lambda, on moto; the client that AWS makes calls them for real."""

import json
import time
import zipfile
from uuid import uuid4

import pytest

from jupyter_wove.deploy.targets import Targets
from jupyter_wove.runner import Failed, Live
from tests.unit.deploy.targets.lambdas import REGION, aws, client
from tests.unit.deploy.targets.orders import APP, FUNCTION, Ready, app, done, order, served, text

NAME = f"wove-{APP.hex}"
GOOD = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'hello'}\n"
ASKING = (
    "import os\n"
    "def handler(event, context):\n"
    "    return {'double': 2 * event['x'], 'colour': os.environ['COLOUR'],\n"
    "            'id': context.aws_request_id}\n"
)


@pytest.fixture
def endpoint(monkeypatch):
    with aws(monkeypatch) as place:
        yield place


@pytest.fixture
def role(endpoint):
    document = {"Version": "2012-10-17", "Statement": []}
    made = client("iam", endpoint).create_role(
        RoleName="function", AssumeRolePolicyDocument=json.dumps(document)
    )
    return made["Role"]["Arn"]


@pytest.fixture
def variables(role):
    return {
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "the-secret-of-the-key",
        "AWS_REGION": REGION,
        "AWS_LAMBDA_ROLE": role,
        "COLOUR": "green",
    }


@pytest.fixture
def targets(endpoint):
    return Targets({"aws-lambda": {"AWS_ENDPOINT_URL": endpoint}})


@pytest.fixture
def release(tmp_path, variables):
    def made(program, name="handler.py", environment=None):
        path = tmp_path / f"{uuid4().hex}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, program)
        return order(Ready(package=path), FUNCTION, environment or variables)

    return made


def call(endpoint, event):
    answer = client("lambda", endpoint).invoke(
        FunctionName=NAME, Qualifier="live", Payload=json.dumps(event)
    )
    return json.loads(answer["Payload"].read()), answer.get("FunctionError")


def test_a_function_is_published_called_once_and_served_at_an_address(
    endpoint, targets, release, role
):
    end, said = served(targets, "aws-lambda", release(ASKING))
    assert isinstance(end, Live), end
    function = client("lambda", endpoint)
    address = function.get_function_url_config(FunctionName=NAME, Qualifier="live")
    assert end.url == address["FunctionUrl"]
    assert address["AuthType"] == "NONE"
    answer, error = call(endpoint, {"x": 21})
    assert (answer["double"], answer["colour"], error) == (42, "green", None)
    made = function.get_function_configuration(FunctionName=NAME, Qualifier="live")
    assert (made["Handler"], made["MemorySize"], made["Role"]) == ("handler.handler", 512, role)
    assert set(made["Environment"]["Variables"]) == {"COLOUR", "WOVE_RELEASE"}
    assert "It answers an empty request with KeyError." in text(said)
    assert "the-secret-of-the-key" not in repr([end, *said])


def test_the_next_release_is_another_version_and_the_way_back_is_one_step(
    endpoint, targets, release
):
    first, second = release(ASKING), release(ASKING.replace("2 *", "3 *"))
    for each in (first, second):
        served(targets, "aws-lambda", each)
    assert call(endpoint, {"x": 21})[0]["double"] == 63
    began = time.monotonic()
    end, said = served(targets, "aws-lambda", first)
    assert isinstance(end, Live)
    assert "uploaded before" in text(said)
    assert time.monotonic() - began < 20
    assert call(endpoint, {"x": 21})[0]["double"] == 42
    versions = client("lambda", endpoint).list_versions_by_function(FunctionName=NAME)["Versions"]
    assert len(versions) == 3  # with $LATEST


def test_the_same_files_twice_are_two_releases(endpoint, targets, release):
    first, second = release(GOOD), release(GOOD)
    for each in (first, second):
        served(targets, "aws-lambda", each)
    versions = client("lambda", endpoint).list_versions_by_function(FunctionName=NAME)["Versions"]
    told = {each["Description"] for each in versions}
    assert {f"wove {each.release.id}" for each in (first, second)} <= told


@pytest.mark.parametrize(
    ("program", "name", "words"),
    [
        ("import no_such_package\n" + GOOD, "handler.py", "No module named 'no_such_package'"),
        (GOOD, "main.py", "Unable to import module 'handler'"),
        ("def hand(event, context): ...", "handler.py", "Handler 'handler' missing"),
        ("def handler(event, context)\n    return 1", "handler.py", "Syntax error"),
    ],
    ids=["import", "module", "name", "syntax"],
)
def test_a_function_that_cannot_be_called_is_not_served(
    endpoint, targets, release, program, name, words
):
    served(targets, "aws-lambda", release(GOOD))
    end, _ = served(targets, "aws-lambda", release(program, name))
    assert isinstance(end, Failed)
    assert end.reason.startswith("The function cannot be called: ")
    assert words in end.reason
    assert call(endpoint, {}) == ({"statusCode": 200, "body": "hello"}, None)
    versions = client("lambda", endpoint).list_versions_by_function(FunctionName=NAME)["Versions"]
    assert len(versions) == 2  # with $LATEST


def test_releases_and_functions_are_removed_and_what_was_printed_is_shown(
    endpoint, targets, release, variables
):
    first = release(GOOD)
    served(targets, "aws-lambda", first)
    served(targets, "aws-lambda", release(GOOD))
    done(targets.forget("aws-lambda", app(), first.release.id, variables))
    done(targets.forget("aws-lambda", app(), uuid4(), variables))
    function, logs = client("lambda", endpoint), client("logs", endpoint)
    assert len(function.list_versions_by_function(FunctionName=NAME)["Versions"]) == 2
    assert targets.logs("aws-lambda", app(), variables, 10) == []
    group = {"logGroupName": f"/aws/lambda/{NAME}", "logStreamName": "one"}
    logs.create_log_group(logGroupName=group["logGroupName"])
    logs.create_log_stream(**group)
    events = [{"timestamp": int(time.time() * 1000), "message": "hello\n"}]
    logs.put_log_events(logEvents=events, **group)
    [line] = targets.logs("aws-lambda", app(), variables, 10)
    assert line.text.endswith(" hello")
    done(targets.delete("aws-lambda", app(), variables))
    assert function.list_functions()["Functions"] == []
    assert logs.describe_log_groups()["logGroups"] == []
    done(targets.delete("aws-lambda", app(), variables))


def test_a_key_that_is_not_accepted_is_told_in_words(endpoint, targets, release, monkeypatch):
    from moto.core.authorization import ActionAuthenticatorMixin

    asked = release(GOOD)
    monkeypatch.setattr(ActionAuthenticatorMixin, "request_count", 0)
    monkeypatch.setattr("moto.settings.INITIAL_NO_AUTH_ACTION_COUNT", 0)
    end, _ = served(targets, "aws-lambda", asked)
    assert isinstance(end, Failed)
    assert end.reason.startswith("AWS does not accept the key in AWS_ACCESS_KEY_ID for this: ")


def test_a_role_that_is_none_is_told(targets, release, variables):
    wrong = {**variables, "AWS_LAMBDA_ROLE": "administrator"}
    end, _ = served(targets, "aws-lambda", release(GOOD, environment=wrong))
    assert end.reason == "The variable AWS_LAMBDA_ROLE is not what this target takes."


def test_a_package_that_is_too_large_is_told(targets, release, monkeypatch):
    monkeypatch.setattr("jupyter_wove.deploy.targets.aws.functions.LARGEST", 100)
    end, _ = served(targets, "aws-lambda", release(GOOD + "#" * 1000))
    assert "Import less." in end.reason


def test_the_keys_of_the_server_are_never_used(endpoint, monkeypatch, release, role):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "of-the-server")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-the-server")
    targets = Targets({"aws-lambda": {"AWS_ENDPOINT_URL": endpoint}})
    given = {"AWS_REGION": REGION, "AWS_LAMBDA_ROLE": role}
    end, _ = served(targets, "aws-lambda", release(GOOD, environment=given))
    assert end.reason == (
        "This target needs variables of the app that are not set: AWS_ACCESS_KEY_ID,"
        " AWS_SECRET_ACCESS_KEY."
    )
