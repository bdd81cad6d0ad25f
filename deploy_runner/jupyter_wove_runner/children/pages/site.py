"""Writes the site of a project's notebooks into a folder."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path, PurePosixPath

from jinja2 import Environment, PackageLoader

from jupyter_wove.kit.errors import BadRequest, WoveError
from jupyter_wove_runner.children.pages.notebooks import body, title
from jupyter_wove_runner.children.pages.references import is_file_in, references

STYLE = "_wove/page.css"
LARGEST_NOTEBOOK = 100 * 1024 * 1024  # bytes
SKIPPED = {"node_modules", "__pycache__"}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Page:
    """A notebook, and where its page is."""

    path: PurePosixPath
    title: str
    html: PurePosixPath

    @property
    def up(self) -> str:
        """Lead from the page to the top of the site."""
        return "../" * (len(self.html.parts) - 1)


class Pages:
    """The site of the notebooks of a project, which begins with `entry`."""

    def __init__(self, project: Path, site: Path, entry: str, say: Say) -> None:
        self._project = project
        self._site = site
        self._entry = entry
        self._say = say
        self._pages = Environment(
            loader=PackageLoader("jupyter_wove_runner.children", "pages"), autoescape=True
        )

    def write(self) -> None:
        """Write all of it. Raises BadRequest where there is no notebook, or a broken one."""
        paths = _notebooks(self._project)
        if not paths:
            raise BadRequest("The project has no notebook.")
        pages = [self._page(path) for path in paths]
        for page in pages:
            self._write_page(page, pages)
        self._write_index(pages)
        self._put(PurePosixPath(STYLE), _style())
        self._say(f"Wrote {len(pages)} page{'s' if len(pages) > 1 else ''}.")

    def _page(self, path: PurePosixPath) -> Page:
        with _named(path):
            named = title(self._read(path), path.stem)
        return Page(path, named, path.with_suffix(".html"))

    def _read(self, path: PurePosixPath) -> bytes:
        if (self._project / path).stat().st_size > LARGEST_NOTEBOOK:
            raise BadRequest(f"It is larger than {LARGEST_NOTEBOOK // 1024**2} MB.")
        return (self._project / path).read_bytes()

    def _write_page(self, page: Page, pages: list[Page]) -> None:
        with _named(page.path):
            cells = body(self._read(page.path))
        frame = self._pages.get_template("page.html.j2")
        html = frame.render(page=page, cells=cells, style=STYLE, alone=len(pages) == 1)
        self._put(page.html, html.encode(errors="replace"))
        self._copy_what_it_refers_to(cells, page)

    def _copy_what_it_refers_to(self, html: str, page: Page) -> None:
        for path in references(html, page.path):
            target = self._site / path
            if not target.exists() and is_file_in(self._project, path):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self._project / path, target)

    def _write_index(self, pages: list[Page]) -> None:
        """Make the first page: the notebook called index, or the only one, or a list."""
        if (self._site / "index.html").exists():
            return
        if len(pages) == 1 and not pages[0].up:
            shutil.copyfile(self._site / pages[0].html, self._site / "index.html")
            return
        first = [page for page in pages if str(page.path) == self._entry]
        ordered = first + [page for page in pages if page not in first]
        template = self._pages.get_template("index.html.j2")
        self._put(
            PurePosixPath("index.html"), template.render(pages=ordered, style=STYLE).encode()
        )

    def _put(self, path: PurePosixPath, content: bytes) -> None:
        target = self._site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


class _named:  # noqa: N801  it reads like a verb
    """Say in which notebook something was wrong."""

    def __init__(self, path: PurePosixPath) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, WoveError):
            raise BadRequest(f"{self._path}: {error}") from error


def _notebooks(project: Path) -> list[PurePosixPath]:
    found = (path.relative_to(project) for path in project.rglob("*.ipynb") if path.is_file())
    kept = [PurePosixPath(path) for path in found if not _skipped(path)]
    return sorted(kept, key=lambda path: (len(path.parts), path))


def _skipped(path: Path) -> bool:
    return any(part.startswith(".") or part in SKIPPED for part in path.parts)


def _style() -> bytes:
    return resources.files("jupyter_wove_runner.children.pages").joinpath("page.css").read_bytes()
