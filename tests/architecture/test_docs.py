"""The documentation leaves out no setting, no operation and no command."""

import importlib.util
import inspect
from pathlib import Path

import pytest

from jupyter_wove.contract import OPERATIONS
from jupyter_wove.settings import Wove as Settings

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def pages():
    spec = importlib.util.spec_from_file_location("reference_pages", DOCS / "reference_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_setting_is_explained(pages):
    settings = Settings.class_own_traits(config=True)
    assert [name for name, trait in settings.items() if not _is_sentence(trait.help)] == []
    assert [name for name in settings if f"## `{name}`" not in pages.settings()] == []


def test_every_operation_is_explained(pages):
    unexplained = [each.id for each in OPERATIONS if not _is_sentence(each.function.__doc__)]
    page = pages.http()
    missing = [each.id for each in OPERATIONS if f"`{each.method} {each.template}`" not in page]
    assert unexplained == []
    assert missing == []


def test_every_command_is_explained(pages):
    commands = pages.commands()
    page = pages.cli()
    assert [path for path, command in commands if not _is_sentence(command.help)] == []
    assert [path for path, _ in commands if f"## `jupyter wove {path}`" not in page] == []


def test_every_service_is_explained():
    services = {operation.service for operation in OPERATIONS}
    assert [each.__name__ for each in services if not _is_sentence(inspect.getdoc(each))] == []


def _is_sentence(text):
    return bool(text) and text.split("\n\n")[0].strip().endswith(".")
