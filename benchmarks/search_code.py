"""Measure the search in code beside ripgrep, on the packages that are installed here.

Run `python -m benchmarks.search_code [--database URL] [folder] [source ...]`. It takes text files
of the sources (by default what is installed for Python, C and JavaScript, up to 700 MB), and asks
both for 200 patterns: how soon ours shows a page and ripgrep lists its files, and whether these
are the same.
What was indexed in a named folder is kept there, and only measured the next time. With an empty
database of PostgreSQL (postgresql+psycopg://…) the index is there.
"""

import argparse
import os
import statistics
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert

from benchmarks.figures import Figure, machine, p95, say, table
from benchmarks.patterns import Patterns, ripgrep
from jupyter_wove.accounts import AccountStore, Actor
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.database import Database
from jupyter_wove.kit.events import Listeners
from jupyter_wove.kit.migrations import migrate
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRow
from jupyter_wove.search import CodeSearch, Engines
from jupyter_wove.search.engines import PUBLIC, Document, Part, State, principal
from jupyter_wove.search.engines.code import CodeEngine, Sought
from jupyter_wove.search.patterns import Budget, Pattern, Wish

MOST = 700_000_000  # bytes
LARGEST = 1024 * 1024  # bytes of a file, as far as we search it
FILES = 500  # of a project
PATTERNS = 200
PATIENCE = 600.0  # seconds for listing every file
SUFFIXES = {
    *(".c", ".cfg", ".cjs", ".cpp", ".css", ".go", ".h", ".hpp", ".html", ".ini", ".java", ".jl"),
    *(".js", ".json", ".jsx", ".md", ".mjs", ".py", ".pyi", ".pyx", ".r", ".rs", ".rst", ".sh"),
    *(".sql", ".toml", ".ts", ".tsx", ".txt", ".yaml", ".yml"),
}
HERE = Path(__file__).parents[1]
SOURCES = [sysconfig.get_path("purelib"), "/usr/lib/python3", "/usr/include"]
SOURCES += [str(HERE / "labextension/node_modules")]


def texts(sources: list[str]) -> Iterator[tuple[Path, str]]:
    """Read what is text, the same content once."""
    seen, room = set[int](), MOST
    for source in sources:
        for path in sorted(Path(source).rglob("*")):
            if path.suffix.lower() not in SUFFIXES or path.is_symlink() or not path.is_file():
                continue
            content = path.read_bytes()
            if len(content) > LARGEST or b"\0" in content or hash(content) in seen:
                continue
            try:
                text = content.decode()
            except UnicodeDecodeError:
                continue
            seen.add(hash(content))
            room -= len(content)
            if room < 0:
                return
            yield path, text


def seed(units: Units, engine: CodeEngine, owner: Actor, copy: Path, sources: list[str]) -> None:
    """Make a project of each so many files, and a copy of them all for ripgrep."""
    files: dict[str, str] = {}
    for number, (path, text) in enumerate(texts(sources)):
        files[f"{number}{path.suffix}"] = text
        if len(files) == FILES:
            index(units, engine, owner, copy, files)
            files = {}
    index(units, engine, owner, copy, files)


def index(
    units: Units, engine: CodeEngine, owner: Actor, copy: Path, files: dict[str, str]
) -> None:
    project = new_id()
    (copy / str(project)).mkdir(parents=True)
    ticket = engine.begin(project)
    for path, text in files.items():
        (copy / str(project) / path).write_text(text, newline="")
        engine.add(ticket, Part(path, "1"), [Document("file", text=text.removeprefix("\ufeff"))])
    work = frozenset(Part(path, "1") for path in files)
    engine.settle(ticket, State(1, "v", frozenset([principal(owner.id)]), work, work))
    with units.write() as unit:
        unit.session.execute(insert(ProjectRow), [row(owner.id, project)])


def row(owner: UUID, project: UUID) -> dict[str, object]:
    return {
        "id": project,
        "owner_id": owner,
        "slug": str(project),
        "title": "Packages",
        "stack": [],
        "folder": str(project),
        "visibility": "public",
        "published_version": "v",
        "created": now(),
        "updated": now(),
        "revision": 1,
    }


def every_file(engine: CodeEngine, pattern: str) -> set[str]:
    """List all files with a match, page by page."""
    wish, found, after = Wish([Pattern(pattern, case=True)]), set[str](), None
    while True:
        asked = Sought(wish, (PUBLIC,), Budget(PATIENCE), after=after, limit=1_000)
        page = engine.find(asked)
        found |= {f"{each.project}/{each.path}" for each in page.found}
        after = page.next
        if after is None:
            return found


def measure(search: CodeSearch, engine: CodeEngine, actor: Actor, copy: Path) -> None:
    """Ask each pattern of ours and of ripgrep, in turn."""
    patterns = Patterns(sorted(copy.glob("*/*")), 7)
    times: dict[str, list[float]] = {name: [] for name in ("page", "busy", "every", "ripgrep")}
    differing = 0
    for number in range(1, PATTERNS + 1):
        pattern = patterns.pattern()
        with timed(times["page"], times["busy"]):
            search.find(actor, pattern, regex=True, case=True)
        with timed(times["ripgrep"]):
            expected = ripgrep(pattern, copy)
        with timed(times["every"]):
            found = every_file(engine, pattern)
        if found != expected:
            differing += 1
            print(f"not the same files: {pattern!r} {sorted(found ^ expected)[:3]}")
        if number % 50 == 0:
            say(f"{number} patterns")
    print(table(figures(times)))
    ratio = statistics.median(b / a for a, b in zip(times["page"], times["ripgrep"], strict=True))
    print(f"For half of the patterns, ripgrep takes {ratio:.0f} times as long as our first page.")
    print(f"{PATTERNS - differing} of {PATTERNS} patterns name the same files as ripgrep.")


@contextmanager
def timed(times: list[float], busy: list[float] | None = None) -> Iterator[None]:
    start, cpu = time.perf_counter(), time.process_time()
    yield
    times.append((time.perf_counter() - start) * 1e3)
    if busy is not None:
        busy.append((time.process_time() - cpu) * 1e3)


def figures(times: dict[str, list[float]]) -> Iterator[Figure]:
    names = {"page": "page, full or not", "every": "all files", "ripgrep": "ripgrep, all files"}
    for kind, name in names.items():
        target = 150 if kind == "page" else None
        busy = times["busy"] if kind == "page" else []
        yield Figure(f"{name}, median", [statistics.median(times[kind])])
        yield Figure(f"{name}, p95", [p95(times[kind])], target, busy=[p95(busy)] if busy else [])


def main(folder: Path, sources: list[str], url: str) -> None:
    database, copy = Database(url or f"sqlite:///{folder}/wove.db"), folder / "files"
    migrate(database)
    units, engine = (
        Units(database, Listeners(), lambda: None),
        Engines(database, folder / "search").code(),
    )
    owner, stranger = (person(units, name) for name in ("owner", "stranger"))
    if not copy.exists():
        start, cpu = time.perf_counter(), time.process_time()
        seed(units, engine, owner, copy, sources)
        say(
            f"indexed in {time.perf_counter() - start:.0f} s, {time.process_time() - cpu:.0f} busy"
        )
    files = [each.stat().st_size for each in copy.glob("*/*")]
    kept = sum(each.stat().st_size for each in (folder / "search").glob("*"))
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}")
    print(f"{len(files)} files, {sum(files) / 1e6:.0f} MB")
    if kept:
        print(f"the index has {kept / 1e6:.0f} MB")
    measure(CodeSearch(units, engine), engine, stranger, copy)
    engine.close()
    database.close()


def person(units: Units, name: str) -> Actor:
    with units.write() as unit:
        store = AccountStore(unit.session)
        known = store.by_identity("benchmark", name)
        added = known or store.add_person(name, name, "benchmark", name, now())
        return Actor(added.id, name, name, frozenset(), "session")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the search in code beside ripgrep.")
    parser.add_argument("--database", default="", metavar="URL")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("sources", nargs="*", default=SOURCES)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        main(folder, given.sources, given.database)
