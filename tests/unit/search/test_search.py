"""Finding projects and cells by words."""

import json
import shutil

import pytest

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.projects import Projects, Versions
from jupyter_wove.projects.versions.models import NewVersion
from tests.unit.journey import ask, folder_of
from tests.unit.search.conftest import marked, text


@pytest.fixture
def ocean(library, ann):
    project = library.project(
        ann, "Ocean waves", "heights = read_heights('buoy.csv')", "import numpy as np"
    )
    library.publish(ann, project)
    library.catch_up()
    return project


def test_a_stranger_finds_a_published_project_by_a_word_in_a_cell(library, bob, ocean):
    hit = library.find(bob, "buoy", where="cells")[0]
    assert (hit.kind, hit.project.id, hit.path) == ("cell", ocean.id, "work.ipynb")
    assert (hit.cell, hit.cell_id) == (0, "cell-0")
    assert marked(hit.snippet) == "heights = read_heights('[buoy].csv')"


def test_a_project_is_found_by_its_title_and_the_word_is_marked(library, bob, ocean):
    hit = library.find(bob, "wave", where="projects")[0]
    assert (hit.kind, hit.path, hit.cell) == ("project", None, None)
    assert marked(hit.title) == "Ocean [waves]"


@pytest.mark.parametrize("page", [{"tags": ["zebra"]}, {"description": "About zebras."}])
def test_a_project_is_found_by_what_its_page_says(library, ann, page):
    project = library.project(ann, "Animals", **page)
    library.catch_up()
    assert library.find(ann, "zebra")[0].project.id == project.id


def test_a_project_is_found_by_its_readme_and_by_its_owner(library, ann):
    project = library.project(ann, "Animals")
    (folder_of(library.wove, project) / "README.md").write_text("# Animals\n\nOf the savanna.")
    ask(library.wove, ann, Versions.save, project.id, NewVersion("Readme"))
    library.catch_up()
    for words in ("savanna", "ann"):
        found = library.find(ann, words, where="projects")
        assert [hit.project.id for hit in found] == [project.id]


def test_a_file_is_found_by_its_name_and_its_text(library, ann, ocean):
    (folder_of(library.wove, ocean) / "tides.py").write_text("def moon_phase():\n    ...")
    ask(library.wove, ann, Versions.save, ocean.id, NewVersion("Tides"))
    library.catch_up()
    for words in ("tides.py", "moon_phase"):
        hit = library.find(ann, words)[0]
        assert (hit.kind, hit.path) == ("file", "tides.py")


def test_a_file_is_found_by_its_folder_but_after_what_says_so_itself(library, ann):
    project = library.project(ann, "Folders", "savanna")
    folder = folder_of(library.wove, project) / "savanna"
    folder.mkdir()
    (folder / "tides.py").write_text("def moon_phase():\n    ...")
    library.write(ann, project, "savanna = 1")
    library.catch_up()
    assert [hit.path for hit in library.find(ann, "savanna")] == ["work.ipynb", "savanna/tides.py"]


def test_what_a_cell_printed_is_found(library, ann, ocean):
    printed = {"output_type": "stream", "name": "stdout", "text": ["accuracy 0.9731\n"]}
    cell = {"cell_type": "code", "metadata": {}, "source": "score()", "outputs": [printed]}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path = folder_of(library.wove, ocean) / "model.ipynb"
    path.write_text(json.dumps(notebook))
    ask(library.wove, ann, Versions.save, ocean.id, NewVersion("Model"))
    library.catch_up()
    assert marked(library.find(ann, "0.9731")[0].snippet) == "accuracy [0.9731]"


def test_a_cell_is_shown_under_the_heading_it_stands_below(library, ann):
    project = library.project(ann, "Headed")
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "## Load the data\nFrom disk."},
        {"cell_type": "code", "metadata": {}, "source": "load(zebras)", "outputs": []},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (folder_of(library.wove, project) / "a.ipynb").write_text(json.dumps(notebook))
    ask(library.wove, ann, Versions.save, project.id, NewVersion("Headed"))
    library.catch_up()
    assert [text(hit.title) for hit in library.find(ann, "zebras")] == ["Load the data"]


def test_any_of_the_words_will_do_only_where_nothing_has_all(library, ann):
    library.project(ann, "Words", "alpha beta", "alpha gamma")
    library.catch_up()
    assert library.cells(ann, "alpha beta") == ["alpha beta"]
    assert sorted(library.cells(ann, "beta gamma")) == ["alpha beta", "alpha gamma"]
    assert library.cells(ann, "beta delta") == ["alpha beta"]


def test_a_phrase_and_an_exclusion(library, ann):
    library.project(ann, "Words", "fit the model", "the model fit")
    library.catch_up()
    assert library.cells(ann, '"model fit"') == ["the model fit"]
    assert library.cells(ann, 'model -"model fit"') == ["fit the model"]
    assert library.cells(ann, "-model") == []


def test_the_title_of_a_page_with_a_long_readme_still_counts(library, ann):
    project = library.project(ann, "A zebra first", "1")
    (folder_of(library.wove, project) / "README.md").write_text("Many words about it. " * 9999)
    library.write(ann, project, "zebra")
    library.catch_up()
    assert library.find(ann, "zebra")[0].kind == "project"


@pytest.mark.parametrize("words", ["visual", "visualiza", "visualizatio", "visualization"])
def test_something_is_found_at_every_letter_typed(library, ann, words):
    library.project(ann, "Words", "visualization = 1")
    library.catch_up()
    assert library.cells(ann, words) == ["visualization = 1"]


@pytest.mark.parametrize("words", ["数据", "データ", "분석", "据分", "Python数据"])
def test_scripts_without_spaces_are_found_by_any_part(library, ann, words):
    library.project(ann, "Words", "Python数据分析とデータと분석하기")
    library.catch_up()
    assert library.cells(ann, words) == ["Python数据分析とデータと분석하기"]


@pytest.mark.parametrize(
    "words", ["RandomForestClassifier", "randomforest", "ForestClass", "forest", "train_test_sp"]
)
def test_names_in_code_are_found_by_their_parts(library, ann, words):
    code = "train_test_split(RandomForestClassifier())"
    library.project(ann, "Words", code)
    library.catch_up()
    assert library.cells(ann, words) == [code]


def test_accents_and_endings_do_not_matter(library, ann):
    library.project(ann, "Words", "cafés computing")
    library.catch_up()
    assert library.cells(ann, "cafe computed") == ["cafés computing"]


def test_a_title_counts_more_than_a_description_and_that_more_than_code(library, ann):
    library.project(ann, "Third", "zebra = 1")
    library.project(ann, "Second", description="A zebra in the description.")
    library.project(ann, "A zebra first")
    library.catch_up()
    found = [hit.project.title for hit in library.find(ann, "zebra")]
    assert found == ["A zebra first", "Second", "Third"]


def test_one_project_does_not_push_all_others_away(library, ann):
    library.project(ann, "Many", *[f"zebra {n}" for n in range(30)])
    library.project(ann, "One", "a long cell about many things, one of which is a zebra")
    library.catch_up()
    assert [hit.project.title for hit in library.find(ann, "zebra")] == ["Many"] * 3 + ["One"]
    assert len(library.find(ann, "zebra", where="cells", limit=100)) == 31


def test_pages_walk_through_every_hit_once(library, ann):
    for number in range(3):
        cells = [f"zebra {'x ' * (n % 4)}{number}-{n}" for n in range(12)]
        library.project(ann, f"Zebra {number}", *cells)
    library.catch_up()
    for where, count in (("all", 9), ("cells", 36), ("projects", 3)):
        found, after = [], None
        while True:
            page = library.search.find(ann, "zebra", where=where, after=after, limit=5)
            found += [(hit.project.id, hit.kind, hit.path, hit.cell) for hit in page.items]
            after = page.next
            if after is None:
                break
        assert len(found) == len(set(found)) == count


def test_nothing_asked_is_nothing_found(library, ann, ocean):
    for words in ("", "   ", "*", '""', "-", "\x00", "\ud800"):
        page = library.search.find(ann, words)
        assert (page.items, page.next) == ([], None)


@pytest.mark.parametrize(
    "named", [{"limit": 0}, {"limit": 101}, {"after": "x"}, {"after": "WzFd"}]
)
def test_a_wrong_page_is_refused(library, ann, named):
    with pytest.raises(InvalidRequest):
        library.search.find(ann, "zebra", **named)


def test_the_same_cell_in_both_views_is_found_once(library, ann, ocean):
    library.write(ann, ocean, "heights = 1", "import numpy as np", name="new.ipynb")
    library.catch_up()
    assert [hit.path for hit in library.find(ann, "buoy")] == ["work.ipynb"]


def test_a_notebook_that_cannot_be_read_is_found_by_its_name(library, ann, ocean):
    (folder_of(library.wove, ocean) / "broken.ipynb").write_text("{not json")
    ask(library.wove, ann, Versions.save, ocean.id, NewVersion("Broken"))
    library.catch_up()
    assert [hit.path for hit in library.find(ann, "broken.ipynb")] == ["broken.ipynb"]
    assert library.find(ann, "buoy")


def test_a_project_whose_folder_is_gone_keeps_its_page(library, ann, ocean):
    shutil.rmtree(folder_of(library.wove, ocean))
    library.change(ann, ocean, description="Lost at sea.")
    library.catch_up()
    assert [hit.kind for hit in library.find(ann, "lost sea")] == ["project"]
    assert library.find(ann, "buoy") == []


def test_a_project_out_of_the_bin_is_found_again(library, ann, ocean):
    ask(library.wove, ann, Projects.delete, ocean.id)
    library.catch_up()
    assert library.find(ann, "buoy") == []
    ask(library.wove, ann, Projects.undelete, ocean.id)
    library.catch_up()
    assert library.find(ann, "buoy")


def test_whole_words_are_enough_where_they_fill_a_page(library, ann):
    library.project(ann, "Words", "plot 1", "plot 2", "plotly")
    library.catch_up()
    first = library.search.find(ann, "plot", where="cells", limit=1)
    rest = library.search.find(ann, "plot", where="cells", limit=10, after=first.next)
    assert {text(hit.snippet) for hit in first.items + rest.items} == {"plot 1", "plot 2"}
    assert sorted(library.cells(ann, "plot")) == ["plot 1", "plot 2", "plotly"]
