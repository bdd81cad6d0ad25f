"""Measure search on 100,000 seeded projects with cells, rights, highlights and facets included.

Run `python benchmarks/search.py [projects] [folder] [database]`; 100,000 need 3 GB of disk and of
memory for some minutes. The index is filled, and made anew while somebody asks. What was seeded
in a named folder is kept there, and only measured the next time. With an empty database of
PostgreSQL (postgresql+psycopg://…), the index is there as well.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert

from benchmarks.filling import Said, asking, filled
from jupyter_wove.accounts import AccountStore, Actor
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.database import Database
from jupyter_wove.kit.events import Listeners
from jupyter_wove.kit.migrations import migrate
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRow
from jupyter_wove.search import Engines, Search
from jupyter_wove.search.engines import (
    Document,
    Part,
    State,
    Writer,
    principal,
)
from jupyter_wove.search.facts import Fact

CELLS = 3  # of each project
LANGS = ["python"] * 8 + ["r", "julia"]
QUERIES = 100
PRIVATE = 5  # one of so many projects
OWN = 500  # one of so many projects is the member's
BATCH = 1_000
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu kra sti plo gra tion".split()  # noqa: SIM905

random.seed(1)
WORDS = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(40_000)]
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(WORDS))))


def words(count: int) -> str:
    """Write words as often as people use them: few ones mostly, most ones hardly."""
    return " ".join(random.choices(WORDS, cum_weights=WEIGHTS, k=count))


def code(lines: int) -> str:
    return "\n".join(
        f"{a} = {b}.{c}({d}, n={random.random():.3f})"
        for a, b, c, d in (words(4).split() for _ in range(lines))
    )


def seed(units: Units, engine: Writer, people: list[Actor], count: int) -> None:
    """Store projects, and index a page and some cells of each."""
    member, other = people
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        owners = [other if number % OWN else member for number in numbers]
        rows = [row(owner.id, n) for owner, n in zip(owners, numbers, strict=True)]
        with units.write() as unit:
            unit.session.execute(insert(ProjectRow), rows)
        for owner, each in zip(owners, rows, strict=True):
            index([engine], owner, each)


def row(owner: UUID, number: int) -> dict[str, object]:
    private = number % PRIVATE == 0
    return {
        "id": new_id(),
        "owner_id": owner,
        "slug": f"p{number}",
        "title": words(4),
        "description": words(20),
        "stack": [],
        "folder": f"p{number}",
        "visibility": "private" if private else "public",
        "published_version": None if private else "v",
        "created": now(),
        "updated": now(),
        "revision": 1,
    }


def facts() -> frozenset[Fact]:
    """Know something of a cell: a language, some tools, sometimes a plot."""
    used = (f"{a}.{b}" for a, b in (words(2).split() for _ in range(3)))
    plots = [Fact("has", "plot")] if random.random() < 0.2 else []
    return frozenset(
        [Fact("lang", random.choice(LANGS)), *plots, *(Fact("uses", u) for u in used)]
    )


def index(engines: Iterable[Writer], owner: Actor, row: dict[str, object]) -> None:
    title, description = str(row["title"]), str(row["description"])
    cells = [Document("cell", 0, "a", title, markdown=words(60))]
    cells += [
        Document("cell", n, "a", title, source=code(8), facts=facts()) for n in range(1, CELLS)
    ]
    page = Document(
        "project",
        title=title,
        description=description,
        owner=owner.name,
        markdown=words(100),
        facts=frozenset().union(*(each.facts for each in cells)),
    )
    parts = {Part("", "1"): [page], Part("a.ipynb", "1"): cells}
    work = frozenset(parts)
    public = work if row["published_version"] else frozenset[Part]()
    members = frozenset([principal(owner.id)])
    tags = {Fact("tag", some(0, 500)) for _ in range(2)} | {Fact("user", owner.handle)}
    stars = int(random.paretovariate(1)) - 1
    version, id_ = str(row["published_version"] or "") or None, UUID(str(row["id"]))
    facts_of_it = frozenset(tags)
    state = State(1, version, members, public, work, facts=facts_of_it, family=id_, stars=stars)
    for engine in engines:
        ticket = engine.begin(id_)
        for part, documents in parts.items():
            engine.add(ticket, part, documents)
        engine.settle(ticket, state)


def measure(search: Search, actor: Actor, kind: str, query: Callable[[], str]) -> None:
    times, busy, found = [], [], 0
    for _ in range(QUERIES):
        asked = query()
        start, cpu = time.perf_counter(), time.process_time()
        found += len(search.find(actor, asked, facets="lang,tag").items)
        busy.append((time.process_time() - cpu) * 1e3)
        times.append((time.perf_counter() - start) * 1e3)
    print(
        f"{kind:34} {spread(times)}   processor {spread(busy)}   {found / QUERIES:4.1f} hits",
        flush=True,
    )


def measure_typing(search: Search, actor: Actor, kind: str, typed: Callable[[], str]) -> None:
    times, found = [], 0
    for _ in range(QUERIES):
        asked = typed()
        start = time.perf_counter()
        found += len(search.completions(actor, asked).items)
        times.append((time.perf_counter() - start) * 1e3)
    print(f"{kind:34} {spread(times)}   {found / QUERIES:4.1f} completions", flush=True)


def spread(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"p50 {statistics.median(times):6.1f} ms, p95 {p95:6.1f} ms"


def some(first: int, last: int) -> str:
    return random.choice(WORDS[first:last])


def main(count: int, folder: Path, url: str) -> None:
    database = Database(url or f"sqlite:///{folder}/wove.db")
    migrate(database)
    units, engine = Units(database, Listeners(), lambda: None), Engines(database, folder).words
    is_seeded = not engine.is_new()
    member, other, stranger = (person(units, name) for name in ("member", "other", "stranger"))
    if not is_seeded:
        said = Said()
        seed(units, said, [member, other], count)
        seconds = filled(engine, said)
        print(f"{count * (1 + CELLS)} documents, indexed in {seconds:.0f} s", flush=True)
        with asking(Search(units, engine), stranger, lambda: some(0, 20)) as answers:
            seconds = filled(engine, said)
        print(f"the same again while somebody asked: {seconds:.0f} s, answers: {dict(answers)}")
    if size := sum(each.stat().st_size for each in folder.glob("words-*")):
        print(f"{size / 1e6:.0f} MB")
    search = Search(units, engine)
    queries = {
        "common word": lambda: some(0, 20),
        "word": lambda: some(100, 2_000),
        "rare word": lambda: some(20_000, 40_000),
        "two common words": lambda: f"{some(0, 50)} {some(0, 50)}",
        "two words": lambda: f"{some(50, 1_000)} {some(50, 1_000)}",
        "four words": lambda: " ".join(some(50, 2_000) for _ in range(4)),
        "prefix of 3": lambda: some(0, 5_000)[:3],
        "prefix of 5": lambda: some(0, 5_000)[:5],
        "phrase": lambda: f'"{some(0, 20)} {some(0, 20)}"',
        "word without another": lambda: f"{some(0, 200)} -{some(0, 200)}",
        "common word, frequent tag": lambda: f"{some(0, 20)} tag:{some(0, 10)}",
        "common word, rare tag": lambda: f"{some(0, 20)} tag:{some(400, 500)}",
        "word, library": lambda: f"{some(50, 1_000)} uses:{some(0, 50)}",
        "word, language, plot": lambda: f"{some(50, 1_000)} lang:python has:plot",
        "word, stars": lambda: f"{some(0, 20)} stars:>100",
        "tag alone": lambda: f"tag:{some(0, 500)}",
        "library alone": lambda: f"uses:{some(0, 50)}",
        "mistyped word": lambda: mistyped(some(100, 5_000)),
        "nothing has all six": lambda: " ".join(some(1_000, 20_000) for _ in range(6)),
    }
    typed = {
        "a word, 2 letters": lambda: some(0, 5_000)[:2],
        "a word, 4 letters": lambda: some(0, 5_000)[:4],
        "a tag, 1 letter": lambda: f"tag:{some(0, 500)[:1]}",
        "a library, 0 letters": lambda: "uses:",
        "a library, 2 letters": lambda: f"uses:{some(0, 500)[:2]}",
    }
    for actor in (stranger, member):
        for kind, query in queries.items():
            measure(search, actor, f"{kind}, as {actor.name}", query)
        for kind, query in typed.items():
            measure_typing(search, actor, f"{kind}, as {actor.name}", query)
    engine.close()
    database.close()


def mistyped(word: str) -> str:
    at = random.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def person(units: Units, name: str) -> Actor:
    with units.write() as unit:
        store = AccountStore(unit.session)
        added = store.by_identity("benchmark", name) or store.add_person(
            name, name, "benchmark", name, now()
        )
        return Actor(added.id, name, name, frozenset(), "session")


if __name__ == "__main__":
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
        main(projects, Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
    else:
        with tempfile.TemporaryDirectory() as scratch:
            main(projects, Path(scratch), "")
