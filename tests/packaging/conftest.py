"""Distributions built once from a clean copy, and fresh environments that hold one of them each.

One environment gets exactly the dependencies that the project declares, as a user's would. The
fresh ones see it through a path file: that saves minutes, and still proves what installing ours
adds, since the developer's own environment is never on their path.
"""

import shutil
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from tests.packaging.support import Environment, inherited, run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def sources(tmp_path_factory):
    """Copy what a fresh clone of the present tree would hold."""
    folder = tmp_path_factory.mktemp("clone") / "jupyter-wove"
    run([ROOT / "scripts/clean-copy", folder], ROOT, inherited())
    return folder


@pytest.fixture(scope="session")
def distributions(sources, tmp_path_factory):
    """Build the sdist, then the wheel from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--outdir", folder, sources], folder, inherited())
    return folder


@pytest.fixture(scope="session")
def wheel(distributions):
    return next(distributions.glob("*.whl"))


@pytest.fixture(scope="session")
def sdist(distributions):
    return next(distributions.glob("*.tar.gz"))


@pytest.fixture(scope="session")
def declared(tmp_path_factory):
    """Make an environment with the declared dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("declared")
    venv.create(folder, with_pip=True, symlinks=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pip = [folder / "bin/python", "-m", "pip", "install", "-q"]
    run([*pip, *project["dependencies"]], folder, inherited())
    return folder


@pytest.fixture(scope="session", params=["wheel", "sdist", "editable"])
def installed(request, declared, tmp_path_factory):
    """Install ours in a fresh environment: the wheel; the sdist without Node.js; the checkout."""
    environment = Environment(tmp_path_factory.mktemp(request.param), declared)
    if request.param == "wheel":
        environment.install(request.getfixturevalue("wheel"))
    elif request.param == "sdist":
        assert shutil.which("node", path=environment.path) is None
        environment.install(request.getfixturevalue("sdist"), PATH=environment.path)
    else:
        sources = request.getfixturevalue("sources")
        shutil.rmtree(sources / "labextension/dist", ignore_errors=True)  # the wheel's build
        environment.install("--editable", sources)
    return environment
