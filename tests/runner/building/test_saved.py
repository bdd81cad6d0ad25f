"""Saved notebooks and plain sites become live without Docker."""

import json

import pytest

from jupyter_wove.runner import Plan

OUTPUT = {"output_type": "stream", "name": "stdout", "text": "forty-two"}


def book(*cells):
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def code(source, *outputs):
    return {
        "cell_type": "code", "id": "a", "source": source, "outputs": list(outputs),
        "metadata": {}, "execution_count": 1,
    }  # fmt: skip


def text(source):
    return {"cell_type": "markdown", "id": "b", "source": source, "metadata": {}}


WAVES = book(text("# Waves"), code("print(6 * 7)", OUTPUT))


def test_the_outputs_of_a_notebook_become_a_page(bare):
    outcome = bare.build({"waves.ipynb": WAVES})
    page = bare.page(outcome.built)
    assert "forty-two" in page
    assert "<title>Waves</title>" in page
    assert outcome.built.image == ""


def test_a_page_asks_nothing_of_elsewhere(bare):
    math = book(text("$$e^{i\\pi}$$"), code("1", OUTPUT))
    page = bare.page(bare.build({"a.ipynb": math}).built)
    assert "<math" in page
    assert "://" not in page


def test_several_notebooks_are_listed(bare):
    built = bare.build({"waves.ipynb": WAVES, "more/heat.ipynb": WAVES}).built
    index = bare.page(built)
    assert "waves.html" in index
    assert "more/heat.html" in index
    assert "../index.html" in bare.page(built, "more/heat.html")


def test_links_between_notebooks_lead_to_their_pages(bare):
    files = {"a.ipynb": book(text("[b](b.ipynb#end)"), code("1", OUTPUT)), "b.ipynb": WAVES}
    assert "b.html#end" in bare.page(bare.build(files).built, "a.html")


def test_what_pages_refer_to_is_there_and_nothing_else_of_the_project(bare):
    told = text("![](figures/a.svg) [data](../data.csv) [up](../../etc/passwd) [x](.env)")
    files = {
        "more/a.ipynb": book(told, code("1", OUTPUT)), "more/figures/a.svg": "<svg/>",
        "data.csv": "1,2", "secret.txt": "s", "more/.env": "KEY=1",
    }  # fmt: skip
    built = bare.build(files).built
    assert bare.page(built, "more/figures/a.svg") == "<svg/>"
    assert bare.page(built, "data.csv") == "1,2"
    names = {path.name for path in (bare.folder / "sites" / built.site).rglob("*")}
    assert not names & {"secret.txt", ".env", "passwd"}


def test_the_same_pages_are_kept_once(bare):
    first, second = (bare.build({"a.ipynb": WAVES}).built for _ in range(2))
    assert first.site == second.site
    assert [path.name for path in (bare.folder / "sites" / ".drafts").iterdir()] == []


def test_a_broken_notebook_is_named(bare):
    failed = bare.build({"a.ipynb": WAVES, "broken.ipynb": "{oh"}).failed
    assert failed.reason == "broken.ipynb: It is no notebook that can be read."


def test_a_plain_site_is_served_but_for_what_is_hidden(bare):
    files = {
        "index.html": "<h1>Hello</h1>" + "<p>words</p>" * 500,
        "style.css": "".join(f".c{i}  {{  color : red ;  }}\n" for i in range(200)),
        ".git/config": "x", "wove.toml": "", ".well-known/security.txt": "mail",
    }  # fmt: skip
    built = bare.build(files).built
    folder = bare.folder / "sites" / built.site
    assert "Hello" in bare.page(built)
    assert (folder / ".well-known/security.txt").exists()
    assert not (folder / ".git").exists()
    assert not (folder / "wove.toml").exists()
    assert (folder / "style.css").stat().st_size < 200 * 20
    assert {"style.css.br", "style.css.gz"} <= {path.name for path in folder.iterdir()}


def test_a_site_without_pages_says_where_to_write_them(bare):
    plan = Plan(kind="site", base="none", site="out")
    failed = bare.build({"index.html": "<p>"}, plan=plan).failed
    assert "no pages in the folder 'out'" in failed.reason
    assert "wove.toml" in failed.hint


def test_a_site_cannot_lie_outside_of_the_project(bare):
    plan = Plan(kind="site", base="none", site="../../..")
    assert "..'" in bare.build({"index.html": "<p>"}, plan=plan).failed.reason


def test_what_needs_docker_says_so(bare):
    files = {"app.py": "from fastapi import FastAPI\napp = FastAPI()"}
    failed = bare.build(files).failed
    assert failed.reason.startswith("asgi needs Docker, which there is not: There is no Docker.")


def test_nothing_is_left_of_the_files_that_were_sent(bare):
    bare.build({"a.ipynb": WAVES})
    bare.build({"a.ipynb": "{"}, plan=Plan(kind="saved", base="none", entry="a.ipynb"))
    assert list((bare.folder / "builds").iterdir()) == []


@pytest.mark.parametrize("script", ["</script><b>", "alert(1)"])
def test_a_script_that_is_made_shorter_still_is_one(bare, script):
    source = f"const words = {script!r};\n\n\n" + "// comment\n" * 300 + "window.x = words;\n"
    built = bare.build({"index.html": "<p>", "a.js": source}).built
    page = bare.page(built, "a.js")
    assert "window.x" in page
    assert script in page
