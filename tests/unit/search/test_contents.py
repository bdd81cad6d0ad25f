"""Documents have the facts of what they hold."""

import pytest

from jupyter_wove.projects import Versions
from jupyter_wove.projects.tables import ProjectRow
from jupyter_wove.projects.versions.models import NewVersion
from jupyter_wove.search.facts import Fact
from jupyter_wove.search.indexing import contents
from jupyter_wove.search.indexing.contents import Contents, Page
from tests.unit.journey import ask, folder_of

PAGE = Page("Waves", [], "Ann ann", "")
PANDAS = {Fact("uses", "pandas"), Fact("lib", "pandas"), Fact("lang", "python")}
READ = {Fact("uses", "pandas.read_csv"), Fact("dataset", "waves.csv"), Fact("lang", "python")}


@pytest.fixture
def read(library, ann):
    """Take a project apart as it is now: documents by path and cell."""

    def take_apart(project):
        with library.wove.units.read() as unit:
            row = unit.session.get(ProjectRow, project.id)
            repository = library.wove.workspaces.repository(row)
        taken = Contents(PAGE, repository, repository.newest())
        return {
            (part.path, document.cell): document
            for part in taken.parts
            for document in taken.documents(part)
        }

    return take_apart


def test_a_cell_a_notebook_and_the_page_have_facts(library, ann, read):
    cells = ("import pandas as pd", "pd.read_csv('waves.csv')")
    documents = read(library.project(ann, "Waves", *cells))
    assert documents["work.ipynb", 0].facts == PANDAS
    assert documents["work.ipynb", 1].facts == READ
    assert documents["work.ipynb", None].facts == PANDAS | READ
    assert documents["", None].facts == PANDAS | READ


def test_a_file_of_code_has_facts(library, ann, read):
    project = library.project(ann, "Waves")
    (folder_of(library.wove, project) / "load.py").write_text("import pandas")
    ask(library.wove, ann, Versions.save, project.id, NewVersion("Save"))
    documents = read(project)
    assert documents["load.py", None].facts == PANDAS
    assert documents["", None].facts >= PANDAS


def test_a_page_is_another_one_when_its_facts_are(library, ann, read):
    project = library.project(ann, "Waves", "import pandas")
    assert Fact("lib", "pandas") in read(project)["", None].facts
    library.write(ann, project, "import numpy")
    facts = read(project)["", None].facts
    assert (Fact("lib", "numpy") in facts, Fact("lib", "pandas") in facts) == (True, False)


def test_where_nothing_is_remembered_a_page_has_the_same_facts(library, ann, read, monkeypatch):
    project = library.project(ann, "Waves", "import pandas as pd")
    before = read(project)["", None].facts
    monkeypatch.setattr(contents, "_FACTS", contents.Remembered(1))
    assert read(project)["", None].facts == before


def test_what_is_no_notebook_has_none(library, ann, read):
    project = library.project(ann, "Waves")
    (folder_of(library.wove, project) / "broken.ipynb").write_text("{")
    ask(library.wove, ann, Versions.save, project.id, NewVersion("Save"))
    assert read(project)["broken.ipynb", None].facts == frozenset()


def test_a_document_has_a_limit_of_facts_and_keeps_the_rare_kinds(library, ann, read):
    many = "\n".join(f"import m{number}" for number in range(contents.MOST_FACTS))
    facts = read(library.project(ann, "Waves", f"{many}\nopen('waves.csv')"))["", None].facts
    assert len(facts) == contents.MOST_FACTS
    assert Fact("dataset", "waves.csv") in facts
