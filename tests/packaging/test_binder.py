"""What repo2docker reads in `binder/`, carried out in a fresh environment."""

import os
import venv
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from repo2docker.app import Repo2Docker

from tests.packaging.support import inherited, run

ROOT = Path(__file__).parents[2]
LABEXTENSION = "@jupyter-wove/labextension"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    folder = tmp_path_factory.mktemp("binder") / "repo"
    run([ROOT / "scripts/clean-copy", folder], ROOT, inherited())
    return folder


@pytest.fixture(scope="module")
def image(checkout, tmp_path_factory):
    """Carry out the steps as the image's user would; give a function that runs what is started."""
    prefix = tmp_path_factory.mktemp("image")
    venv.create(prefix, with_pip=True, symlinks=True)
    variables = _variables(prefix, checkout)
    plan = _plan(checkout)
    for user, script in plan.scripts:
        assert user == "${NB_USER}", "A step as root needs a real image to be tried in"
        run(["bash", "-c", script], checkout, variables)
    for script in plan.post_build:
        run([f"./{script}"], checkout, variables)
    start = plan.start.replace("${REPO_DIR}", str(checkout))
    return lambda *command: run([start, *command], checkout, variables)


class Plan(NamedTuple):
    """What repo2docker does, in its order."""

    scripts: list
    post_build: list
    start: str


def _read(pack):
    return Plan(
        pack.get_preassemble_scripts() + pack.get_assemble_scripts(),
        pack.get_post_build_scripts(),
        pack.get_start_script(),
    )


def _plan(checkout):
    """Choose the build pack as repo2docker does, from within the checkout."""
    before = Path.cwd()
    os.chdir(checkout)
    try:
        packs = [pack("buildpack-deps") for pack in Repo2Docker().buildpacks]
        return _read(next(pack for pack in packs if pack.detect()))
    finally:
        os.chdir(before)


def _variables(prefix, checkout):
    return inherited() | {
        "NB_PYTHON_PREFIX": str(prefix),
        "KERNEL_PYTHON_PREFIX": str(prefix),
        "REPO_DIR": str(checkout),
        "PATH": f"{prefix}/bin:{os.environ['PATH']}",
        "JUPYTER_DATA_DIR": str(prefix / "home/data"),
        "JUPYTER_CONFIG_DIR": str(prefix / "home/config"),
    }


def test_binder_installs_this_checkout_with_its_lab_extension(image):
    assert LABEXTENSION in image("jupyter", "labextension", "list")
    assert "jupyter_wove_server" in image("jupyter", "server", "extension", "list")


def test_binder_starts_where_the_demo_is_a_project(image):
    assert "/wave-lab" in image("jupyter", "wove", "project", "list")
    assert "wave-lab" in image("ls")


def test_the_demo_can_import_what_it_needs(image, checkout):
    lines = (checkout / "demo/requirements.txt").read_text().splitlines()
    wanted = [Requirement(line).name for line in lines]
    assert image("python", "-m", "pip", "show", "-q", *wanted) == ""
