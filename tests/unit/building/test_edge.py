"""The configuration of a worker holds what its author wrote, and nothing that ends a text."""

import json
import uuid

import pytest
from jupyter_wove_runner.building.edge import files
from jupyter_wove_runner.building.job import Job

from jupyter_wove.runner import BuildOrder, Plan


def configured(tmp_path, text, name="wrangler.toml"):
    (tmp_path / name).write_text(text)
    order = BuildOrder(uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), Plan(kind="edge", port=9090))
    told = []
    found = files(Job(order, tmp_path, told.append))
    return found["app/.wove/config.capnp"].decode(), "\n".join(line.text for line in told)


def test_the_port_the_date_and_the_variables_are_those_of_the_project(tmp_path):
    text = 'compatibility_date = "2025-03-04"\n[vars]\nNAME = "Ada"\nLIST = [1, 2]'
    config, _ = configured(tmp_path, text)
    assert 'address = "*:9090"' in config
    assert 'compatibilityDate = "2025-03-04"' in config
    assert '(name = "NAME", text = "Ada")' in config
    assert '(name = "LIST", json = "[1, 2]")' in config


@pytest.mark.parametrize("value", ['"))(', "a\\", "line\nbreak", "é", "\x7f"])
def test_no_value_ends_its_text(tmp_path, value):
    text = json.dumps({"vars": {"A": value}, "compatibility_flags": [value]})
    config, _ = configured(tmp_path, text, "wrangler.jsonc")
    quoted = config.split("text = ")[1].split("\n")[0]
    inside = quoted[1 : quoted.rindex('"')]
    plain = inside.encode().decode("unicode_escape").encode("latin-1").decode()
    assert plain == value
    assert config.count("\n") == configured(tmp_path, "{}", "wrangler.jsonc")[0].count("\n")


def test_what_there_is_not_here_is_said(tmp_path):
    _, told = configured(tmp_path, '[[kv_namespaces]]\nbinding = "K"')
    assert "kv_namespaces, which there is not here" in told
