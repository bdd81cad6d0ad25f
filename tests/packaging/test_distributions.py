"""What is inside the wheel and the sdist, and what is not."""

import getpass
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

PACKAGES = {"jupyter_wove", "jupyter_wove_server", "jupyter_wove_kernels", "jupyter_wove_runner"}
LABEXTENSION = "share/jupyter/labextensions/@jupyter-wove/labextension"


def _names(wheel):
    return [PurePosixPath(name) for name in zipfile.ZipFile(wheel).namelist()]


def test_site_packages_gets_exactly_our_four_names(wheel):
    tops = {name.parts[0] for name in _names(wheel)}
    assert {top for top in tops if not top.endswith((".data", ".dist-info"))} == PACKAGES


def test_the_wheel_brings_the_lab_extension_and_switches_on_the_server_extension(wheel):
    shared = {
        "/".join(name.parts[2:]) for name in _names(wheel) if name.parts[0].endswith(".data")
    }
    assert f"{LABEXTENSION}/package.json" in shared
    assert f"{LABEXTENSION}/install.json" in shared
    assert "etc/jupyter/jupyter_server_config.d/jupyter_wove.json" in shared


def test_the_wheel_is_a_production_build(wheel):
    assert [name for name in _names(wheel) if name.suffix == ".map"] == []


def test_the_wheel_holds_the_licence_and_no_tests(wheel):
    names = _names(wheel)
    assert any(name.match("*.dist-info/licenses/LICENSE") for name in names)
    assert [name for name in names if {"tests", "conftest.py"} & set(name.parts)] == []


def test_nothing_tells_of_the_machine_that_built_it(wheel, sources):
    archive = zipfile.ZipFile(wheel)
    traces = {str(sources).encode(), str(Path.cwd()).encode()}
    if Path.home() != Path("/root"):  # whose folder is the same everywhere, and part of attacks
        traces.add(f"{Path.home()}/".encode())
    told = [name for name in archive.namelist() if any(t in archive.read(name) for t in traces)]
    assert told == [], f"{getpass.getuser()}'s folders are named in it"


def test_others_find_nothing_wrong_with_the_wheel(wheel):
    """Except for what we mean: equal files and loose modules in templates, and four names."""
    meant = "W002,W004,W009"
    command = [sys.executable, "-m", "check_wheel_contents", "--ignore", meant, wheel]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_sdist_holds_the_built_lab_extension_and_nothing_downloaded(sdist):
    with tarfile.open(sdist) as archive:
        names = [PurePosixPath(name).parts[1:] for name in archive.getnames()]
    assert ("labextension", "dist", "package.json") in names
    assert [name for name in names if {"node_modules", ".yarn", ".git", ".venv"} & set(name)] == []
