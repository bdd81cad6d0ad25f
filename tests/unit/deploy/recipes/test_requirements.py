"""What is installed for a project."""

import pytest

from jupyter_wove.kit.errors import InvalidRequest
from tests.unit.deploy.recipes.projects import book, plan

APP = {"app.py": "import streamlit"}


def wanted(**files):
    named = {name.replace("__", "."): text for name, text in files.items()}
    return plan(APP | named).requirements


def test_a_file_of_requirements_is_read_as_pip_reads_it():
    text = "# ours\nstreamlit>=1.40 \\\n  ; python_version >= '3.9'\n\npandas==2.2  # tables\n"
    found = wanted(requirements__txt=text)
    assert found == ['streamlit>=1.40; python_version >= "3.9"', "pandas==2.2"]


def test_files_that_it_includes_are_read_too():
    files = APP | {"requirements.txt": "-r more.txt\nstreamlit", "more.txt": "-r more.txt\nnumpy"}
    assert plan(files).requirements == ["numpy", "streamlit"]


def test_an_option_of_pip_is_refused_with_its_line():
    with pytest.raises(InvalidRequest, match=r"Line 2 of requirements.txt.*Leave it out"):
        wanted(requirements__txt="numpy\n--index-url https://example.org/simple")


def test_what_is_no_requirement_is_refused_with_its_line():
    with pytest.raises(InvalidRequest, match=r"Line 1 of requirements.txt is no requirement"):
        wanted(requirements__txt="numpy; rm -rf /")


def test_what_the_recipe_needs_is_added():
    assert wanted(requirements__txt="numpy") == ["numpy", "streamlit"]


def test_an_environment_of_conda_is_read():
    text = (
        "dependencies:\n - python=3.11\n - numpy=1.26\n - conda-forge::scipy>=1.9\n - pip\n"
        " - pip:\n   - streamlit\n"
    )
    assert wanted(environment__yml=text) == ["numpy==1.26.*", "scipy>=1.9", "streamlit"]


def test_the_dependencies_of_a_pyproject_are_read():
    text = '[project]\nname = "a"\ndependencies = ["polars>1", "streamlit"]'
    assert wanted(pyproject__toml=text) == ["polars>1", "streamlit"]


def test_without_any_of_them_imports_say_it():
    source = (
        "import streamlit\nimport sklearn.linear_model\nfrom PIL import Image\nimport os, ours"
    )
    found = plan({"app.py": source, "ours.py": "import yaml"}).requirements
    assert found == ["pillow", "pyyaml", "scikit-learn", "streamlit"]


def test_imports_of_notebooks_count_and_magics_do_not_hinder():
    found = plan(
        {"a.ipynb": book("!ls\n%time\nimport pandas as pd", "oh no this is", "import numpy")}
    )
    assert found.requirements == ["numpy", "pandas", "nbclient", "ipykernel"]


def test_a_name_that_nobody_knows_is_never_guessed():
    assert wanted(app__py="import streamlit, reqests_pro") == ["streamlit"]


HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.lock", "streamlit==1.0\nnumpy==1.0\n"),
        ("requirements.txt", f"streamlit==1.0 \\\n    {HASH}\n"),
        ("uv.lock", 'version = 1\n[[package]]\nname = "streamlit"\nversion = "1"'),
        ("pylock.toml", 'lock-version = "1.0"\n[[packages]]\nname = "Streamlit"'),
    ],
)
def test_exact_versions_are_taken_where_there_are_some(name, text):
    found = plan(APP | {name: text})
    assert (found.lock, found.requirements) == (name, [])


def test_exact_versions_without_what_the_recipe_needs_are_not_enough():
    found = plan(APP | {"requirements.lock": "numpy==1.0", "requirements.txt": "numpy"})
    assert (found.lock, found.requirements) == ("", ["numpy", "streamlit"])
