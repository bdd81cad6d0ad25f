"""What is known of notebooks and files beside what their Python does."""

import pytest

from jupyter_wove.search.facts import Fact, facts_of_code, facts_of_notebook
from tests.unit.search.facts.conftest import cell, notebook

R = {"kernelspec": {"name": "ir", "language": "R"}}
JULIA = {"language_info": {"name": "julia"}, "kernelspec": {"name": "julia-1.10"}}


def ran(source, count, *outputs, day="2026-03-01"):
    """Write a cell that ran, as JupyterLab notes it."""
    noted = {
        "iopub.execute_input": f"{day}T10:00:00.1Z",
        "shell.execute_reply": f"{day}T10:00:01Z",
    }
    return cell(source, *outputs, count=count, execution=noted)


def test_a_cell_has_its_own_facts_and_the_notebook_all():
    read = facts_of_notebook(notebook("import numpy as np", "np.sum([1])"))
    assert read.cells == [
        {Fact("uses", "numpy"), Fact("lib", "numpy"), Fact("lang", "python")},
        {Fact("uses", "numpy.sum"), Fact("lang", "python")},
    ]
    assert read.whole == read.cells[0] | read.cells[1]


def test_libraries_are_those_that_python_does_not_bring(facts):
    assert facts(
        "lib", "import os, numpy.linalg\nfrom sklearn.svm import SVC\nfrom . import x"
    ) == [
        "numpy",
        "sklearn",
    ]


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "python"),
        (R, "r"),
        (JULIA, "julia"),
        ({"kernelspec": {"name": "julia-1.10"}}, "julia"),
        ({"language_info": {"name": "C++17"}}, "c++"),
        ({"language_info": 3, "kernelspec": []}, "python"),
    ],
)
def test_the_kernel_tells_the_language(facts, metadata, language):
    assert facts("lang", "x", **metadata) == [language]


def test_a_cell_may_be_in_another_language(facts):
    assert facts("lang", "x = 1", "%%bash\nls", "%%R\nlibrary(lme4)", "%%time\ny") == [
        "bash",
        "python",
        "r",
    ]
    assert facts("uses", "%%R\nlibrary(lme4)") == ["lme4"]


def test_what_is_timed_is_used(facts):
    cells = ("import numpy as np", "%%timeit -n 10 x = np.ones(3)\nnp.sum(x)", "%time np.max(x)")
    assert facts("uses", *cells) == ["numpy", "numpy.max", "numpy.ones", "numpy.sum"]


def test_a_magic_that_nobody_knows_has_no_language(facts):
    read = facts_of_notebook(notebook("%%martian\nimport numpy")).cells
    assert read == [frozenset()]


def test_what_ran_in_order_without_an_error_is_verified(facts):
    cells = [ran("x = 1", 1), cell("# Words", kind="markdown"), ran("x", 2, day="2026-03-02")]
    assert facts("has", *cells) == ["clean-run"]
    assert facts("verified", *cells) == ["2026-03-02"]


def test_what_ran_without_a_note_when_is_clean(facts):
    assert facts("has", cell("x = 1", count=1), cell("  ")) == ["clean-run"]
    assert facts("verified", cell("x = 1", count=1)) == []


@pytest.mark.parametrize(
    "cells",
    [
        [ran("x = 1", 1), ran("x", 3)],
        [ran("x = 1", 2), ran("x", 1)],
        [ran("x = 1", 1), cell("x")],
        [ran("x = 1", 1), ran("1 / 0", 2, ("error", "ZeroDivisionError"))],
        [cell("# Words", kind="markdown")],
    ],
    ids=["a gap", "out of order", "not run", "an error", "nothing to run"],
)
def test_what_did_not_run_as_it_stands_is_not_verified(facts, cells):
    assert "clean-run" not in facts("has", *cells)
    assert facts("verified", *cells) == []


def test_code_files(facts):
    assert facts_of_code("src/waves.py", "import numpy as np\nnp.load('w.npy')") == {
        Fact("lang", "python"),
        Fact("uses", "numpy"),
        Fact("uses", "numpy.load"),
        Fact("lib", "numpy"),
        Fact("dataset", "w.npy"),
    }
    assert Fact("lib", "dplyr") in facts_of_code("waves.R", "library(dplyr)")
    assert facts_of_code("waves.ts", "import x from 'y'") == {Fact("lang", "typescript")}
    assert facts_of_code("waves.xyz", "import numpy") == frozenset()
    assert facts_of_code("readme.md", "$a^2$") == {Fact("lang", "markdown"), Fact("has", "math")}


def test_a_percent_script_is_read_in_cells():
    script = """# %% [markdown]
# The wave is $y = \\sin x$.
# %%
# %matplotlib inline
import matplotlib.pyplot as plt
# %% A title
!wget https://example.org/d/waves.csv
plt.hist([1])
"""
    assert facts_of_code("waves.py", script) == {
        Fact("lang", "python"),
        Fact("lib", "matplotlib"),
        Fact("uses", "matplotlib.pyplot"),
        Fact("uses", "matplotlib.pyplot.hist"),
        Fact("has", "plot"),
        Fact("has", "plot:hist"),
        Fact("has", "math"),
        Fact("dataset", "waves.csv"),
    }


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("It costs $5 and $10.", []),
        ("So $x$ and $y$", ["math"]),
        ("In code: `$x$`", []),
        ("```\n$$x$$\n```", []),
        ("\\begin{align}x\\end{align}", ["math"]),
        ("![a wave](w.png)", ["image"]),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", ["table"]),
        ("a\n---\nb", []),
    ],
)
def test_markdown_shows_formulas_pictures_and_tables(facts, text, seen):
    assert facts("has", cell(text, kind="markdown")) == seen


@pytest.mark.parametrize(
    ("outputs", "seen"),
    [
        ([("image/png", "iVBO")], ["image"]),
        ([("image/png", "iVBO"), ("text/plain", "<Figure size 3x4 with 1 Axes>")], ["plot"]),
        ([("text/html", ["<table>", "</table>"])], ["table"]),
        ([("text/html", "<b>x</b>")], ["html"]),
        ([("application/vnd.vegalite.v5+json", {})], ["plot"]),
        ([("application/vnd.jupyter.widget-view+json", {})], ["widget"]),
        ([("error", "ValueError")], ["error"]),
        ([("text/latex", "$x$")], ["math"]),
        ([("text/html", 3), ("image/png", None)], ["html", "image"]),
    ],
)
def test_outputs_show_what_they_are(facts, outputs, seen):
    assert facts("has", cell("show()", *outputs)) == seen
