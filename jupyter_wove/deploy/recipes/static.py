"""Pages without a container: notebooks as they are or run anew, plain sites, and books."""

from collections.abc import Iterator
from dataclasses import dataclass

from jupyter_wove.deploy.recipes.project import Project
from jupyter_wove.deploy.recipes.recipe import in_python
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.runner import Kind, Plan

SITES = ("", "public/", "site/", "_site/", "dist/", "docs/", "www/", "html/")
NOT_YET = {"_quarto.yml": "Quarto", "_quarto.yaml": "Quarto", "myst.yml": "MyST"}
CONF = ("conf.py", "docs/conf.py", "doc/conf.py", "docs/source/conf.py", "source/conf.py")


@dataclass(frozen=True)
class Saved:
    """Notebooks as pages, with the outputs that they were saved with."""

    kind: Kind = "saved"
    needs: str = "For pages from notebooks add a notebook (.ipynb)."

    def entry(self, project: Project) -> str | None:
        """Take notebooks of which at least one has an output, or which have no code."""
        books = project.books.values()
        shown = any(book.shown or not book.cells for book in books)
        return first_book(project) if shown else None

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan pages that need no container."""
        return Plan(kind=self.kind, base="none", entry=entry, site=".")


@dataclass(frozen=True)
class Executed:
    """Notebooks as pages, all of them run anew."""

    kind: Kind = "executed"
    needs: str = "To run notebooks add a notebook (.ipynb) in Python."

    def entry(self, project: Project) -> str | None:
        """Take notebooks in Python, none of which has been run."""
        return next(_in_python(project), None)

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan one run in the sandbox."""
        return in_python(project, self.kind, entry, ("nbclient", "ipykernel"), site=".")


@dataclass(frozen=True)
class Site:
    """A folder of pages."""

    kind: Kind = "site"
    needs: str = "For a site add an index.html."

    def entry(self, project: Project) -> str | None:
        """Find the page that it begins with."""
        return project.first(*(f"{folder}index.html" for folder in SITES))

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan the folder as it is."""
        folder = entry.rpartition("/")[0] or "."
        return Plan(kind=self.kind, base="none", entry=entry, site=folder)


@dataclass(frozen=True)
class JupyterLite:
    """JupyterLab in the browser of the visitor, with the project's files."""

    kind: Kind = "jupyterlite"
    needs: str = "For JupyterLite add a jupyter_lite_config.json."

    def entry(self, project: Project) -> str | None:
        """Find its configuration."""
        return project.first("jupyter_lite_config.json", "jupyter-lite.json")

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan its own build; `content` or `files` become what visitors find there."""
        folder = next((each for each in ("content", "files") if project.under(each)), ".")
        command = ["jupyter", "lite", "build", "--contents", folder, "--output-dir", "_output"]
        # Not the project's own packages: those belong to the kernel in the browser.
        needed = ["jupyterlite-core", "jupyterlite-pyodide-kernel", "jupyter-server"]
        return Plan(
            kind=self.kind, entry=entry, requirements=needed, prepare=[command], site="_output"
        )


@dataclass(frozen=True)
class Sphinx:
    """Documentation by Sphinx, or a Jupyter Book of edition 1."""

    kind: Kind = "sphinx"
    needs: str = "For sphinx add a conf.py of Sphinx, or _config.yml and _toc.yml of Jupyter Book."

    def entry(self, project: Project) -> str | None:
        """Find the configuration."""
        if project.has("_config.yml") and project.has("_toc.yml"):
            return "_config.yml"
        return next((path for path in CONF if _is_sphinx(project, path)), None)

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan the build of either."""
        if entry.endswith(".yml"):
            return self._book(project, entry)
        folder = entry.rpartition("/")[0] or "."
        command = ["python", "-m", "sphinx", "-b", "html", folder, "_build/html"]
        return in_python(
            project, self.kind, entry, ("sphinx", *_extensions(project, entry)),
            prepare=[command], site="_build/html",
        )  # fmt: skip

    def _book(self, project: Project, entry: str) -> Plan:
        needed = ("jupyter-book<2", "ipykernel")
        command = ["jupyter-book", "build", "."]
        return in_python(project, self.kind, entry, needed, prepare=[command], site="_build/html")


@dataclass(frozen=True)
class NotYet:
    """Tools that are recognised and that cannot be built with yet."""

    kind: Kind = "sphinx"
    needs: str = Sphinx.needs

    def entry(self, project: Project) -> str | None:
        """Find the configuration of Quarto or MyST."""
        return project.first(*NOT_YET)

    def plan(self, project: Project, entry: str) -> Plan:
        """Say what to do instead."""
        raise InvalidRequest(
            f"This is a project of {NOT_YET[entry]} ({entry}), which cannot be built here yet. "
            'Build its pages yourself, add their folder, and write kind = "site" and site = that '
            "folder in wove.toml."
        )


def first_book(project: Project) -> str | None:
    """Name the notebook that a visitor should see first."""
    books = project.openings
    return "index.ipynb" if "index.ipynb" in books else next(iter(books), None)


def _in_python(project: Project) -> Iterator[str]:
    books = project.openings
    first = [path for path in ("index.ipynb",) if path in books]
    return (path for path in [*first, *books] if books[path].language in {"python", "ipython"})


def _is_sphinx(project: Project, path: str) -> bool:
    code = project.code(path)
    folder = path.rpartition("/")[0]
    index = [f"{folder}/index{end}".lstrip("/") for end in (".rst", ".md", ".ipynb")]
    return bool(code and {"extensions", "project"} & code.names and project.first(*index))


def _extensions(project: Project, path: str) -> list[str]:
    """Name the packages of well-known extensions that a configuration mentions."""
    text = project.text(path)
    return [package for name, package in EXTENSIONS.items() if name in text]


EXTENSIONS = {
    "furo": "furo",
    "myst_nb": "myst-nb",
    "myst_parser": "myst-parser",
    "nbsphinx": "nbsphinx",
    "numpydoc": "numpydoc",
    "pydata_sphinx_theme": "pydata-sphinx-theme",
    "sphinx_book_theme": "sphinx-book-theme",
    "sphinx_copybutton": "sphinx-copybutton",
    "sphinx_design": "sphinx-design",
    "sphinx_rtd_theme": "sphinx-rtd-theme",
}
