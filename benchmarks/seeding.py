"""A community of many projects, written straight into the tables and the search index."""

import json
import math
import random
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy
from sqlalchemy import insert, select, text

from benchmarks.figures import say
from benchmarks.search import index, words
from jupyter_wove.accounts import Actor, PersonRow
from jupyter_wove.community.tables import StandingRow, StarRow
from jupyter_wove.community.trending import NOTHING, warmer
from jupyter_wove.kit.database import Database, Table
from jupyter_wove.kit.migrations import migrate
from jupyter_wove.projects.tables import MemberRow, OriginRow, ProjectRow, TagRow
from jupyter_wove.search import EmbeddedCode, EmbeddedVectors, EmbeddedWords
from jupyter_wove.search.engines import Successor, Writer
from jupyter_wove.search.engines.postgresql import PostgresqlCode, PostgresqlWords
from jupyter_wove.search.meaning.minilm import MiniLM

BEGAN, YEARS = datetime(2024, 1, 1, tzinfo=UTC), timedelta(days=3 * 365)
PEOPLE, BATCH = 2_000, 1_000
MOST_STARS_KEPT = 30  # rows of one project; its number of stars may be higher
LEVELS = [None, "beginner", "intermediate", "advanced"]
STACKS = [["Python"], ["Python", "pandas"], ["R"], ["Julia"], []]
TAGS = [f"tag-{number}" for number in range(500)]
TAG_WEIGHTS = list(accumulate(1 / (rank + 2) for rank in range(len(TAGS))))
COMMON_TAG, RARE_TAG = TAGS[0], TAGS[-1]

Row = Mapping[str, Any]
Rows = dict[type[Table], list[dict[str, Any]]]


def seed(folder: Path, count: int) -> str:
    """Fill an SQLite database and the index in a data folder, once; say where the database is."""
    url, done = f"sqlite:///{folder}/wove.db", folder / "seeded.json"
    if done.exists() and json.loads(done.read_text()) == count:
        return url
    folder.mkdir(parents=True)
    random.seed(2)
    database, place = Database(url), folder / "search"
    vectors = EmbeddedVectors(place, MiniLM().space)
    engines = [EmbeddedWords(place), EmbeddedCode(place), vectors]
    migrate(database)
    people = [_person(number) for number in range(PEOPLE)]
    _insert(database, {PersonRow: people})
    for number, rows in enumerate(_batches(people, count)):
        _insert(database, rows)
        _index(engines, people, rows[ProjectRow])
        if number % 10 == 0:
            say(f"seeded {number * BATCH} of {count} projects")
    _give(vectors)
    database.close()
    for engine in engines:
        engine.close()
    done.write_text(json.dumps(count))
    return url


def copy(source_url: str, target_url: str) -> None:
    """Copy all rows into a PostgreSQL that has the tables and no rows yet; index them there."""
    source, target = Database(source_url), Database(target_url)
    for each in Table.metadata.sorted_tables:
        with source.read() as reading, target.write() as writing:
            found = reading.execute(select(each).execution_options(yield_per=BATCH))
            for rows in found.mappings().partitions():
                writing.execute(insert(each), [dict(row) for row in rows])
    with target.write() as session:
        session.execute(text("ANALYZE"))  # as the server itself does a minute later
    source.close()
    _index_copied(target)
    target.close()


def _index_copied(database: Database) -> None:
    """Fill the index of words as a rebuild does; texts are made up anew, as common as before."""
    with database.read() as session:
        people = list(session.execute(select(PersonRow.__table__)).mappings())
        projects = list(session.execute(select(ProjectRow.__table__)).mappings())
    words, code = PostgresqlWords(database), PostgresqlCode(database)

    def fill(*fresh: Successor) -> None:
        for start in range(0, len(projects), 10 * BATCH):
            say(f"indexed {start} of {len(projects)} projects")
            _index(fresh, people, projects[start : start + 10 * BATCH])
        for each in fresh:
            each.take_over()

    words.rebuild(lambda first: code.rebuild(lambda second: fill(first, second)))
    words.close()
    code.close()


def _insert(database: Database, rows: Rows) -> None:
    with database.write() as session:
        for kind, each in rows.items():
            if each:
                session.execute(insert(kind), each)


def _give(vectors: EmbeddedVectors) -> None:
    """Have texts point anywhere: to compare takes as long, and to read them all takes hours."""
    chance = numpy.random.default_rng(2)
    while texts := vectors.take(BATCH):
        points = chance.normal(size=(len(texts), vectors.space.dimension))
        points /= numpy.linalg.norm(points, axis=1, keepdims=True)
        given = (array("f", point.astype("f4").tobytes()) for point in points)
        vectors.give(dict(zip((each.digest for each in texts), given, strict=True)))


def _index(engines: Iterable[Writer], people: Sequence[Row], projects: Sequence[Row]) -> None:
    by_id = {person["id"]: person for person in people}
    for row in projects:
        if row["deleted"] is None:
            person = by_id[row["owner_id"]]
            owner = Actor(person["id"], person["handle"], person["name"], frozenset(), "session")
            is_public = row["visibility"] == "public"
            version = row["published_version"] if is_public else None
            index(engines, owner, {**row, "published_version": version})


def _person(number: int) -> dict[str, Any]:
    name = f"{words(1)}-{number}"
    return {"id": _id(number), "handle": name, "name": name, "bio": words(12), "joined": BEGAN}


def _batches(people: list[dict[str, Any]], count: int) -> Iterator[Rows]:
    earlier: list[UUID] = []
    for start in range(0, count, BATCH):
        kinds = (ProjectRow, MemberRow, TagRow, StandingRow, StarRow, OriginRow)
        rows: Rows = {kind: [] for kind in kinds}
        for number in range(start, min(start + BATCH, count)):
            at = BEGAN + YEARS * (number / count)
            owner = people[min(PEOPLE - 1, int(random.expovariate(4 / PEOPLE)))]["id"]
            row = _project(number, owner, at)
            rows[ProjectRow].append(row)
            _surround(rows, row, people, earlier, at)
        earlier += [row["id"] for row in rows[ProjectRow]]
        yield rows


def _project(number: int, owner: UUID, at: datetime) -> dict[str, Any]:
    (visibility,) = random.choices(["public", "unlisted", "private"], [80, 5, 15])
    is_published = visibility != "private"
    return {
        "id": _id(PEOPLE + number),
        "owner_id": owner,
        "slug": f"p{number}",
        "title": words(4)[:120],
        "description": words(25),
        "stack": random.choice(STACKS),
        "licence": "BSD-3-Clause",
        "level": random.choice(LEVELS),
        "visibility": visibility,
        "folder": f"/nowhere/p{number}",
        "published_version": "v" if is_published else None,
        "published": at + timedelta(hours=random.expovariate(1 / 72)) if is_published else None,
        "created": at,
        "updated": at,
        "deleted": at if random.random() < 0.01 else None,
        "revision": 1,
    }


def _surround(
    rows: Rows,
    row: dict[str, Any],
    people: list[dict[str, Any]],
    earlier: list[UUID],
    at: datetime,
) -> None:
    """Add what others have to do with a project."""
    id_, published = row["id"], row["published"]
    members = {row["owner_id"]: "owner"}
    if random.random() < 0.1:
        members.setdefault(random.choice(people)["id"], "editor")
    rows[MemberRow] += [
        {"project_id": id_, "person_id": person, "role": role, "since": at}
        for person, role in members.items()
    ]
    tags = dict.fromkeys(random.choices(TAGS, cum_weights=TAG_WEIGHTS, k=random.randint(0, 5)))
    rows[TagRow] += [{"project_id": id_, "tag": t, "position": n} for n, t in enumerate(tags)]
    stars = int(random.paretovariate(0.9)) - 1 if published else 0
    stars = min(stars, PEOPLE)
    remixes = int(math.sqrt(stars)) if random.random() < 0.3 else 0
    heat = warmer(NOTHING, 1 + stars + 3 * remixes, published) if published else NOTHING
    rows[StandingRow].append({"project_id": id_, "stars": stars, "remixes": remixes, "heat": heat})
    fans = random.sample(people, min(stars, MOST_STARS_KEPT))
    rows[StarRow] += [{"project_id": id_, "person_id": each["id"], "at": at} for each in fans]
    if earlier and random.random() < 0.15:
        origin = random.choice(earlier)
        rows[OriginRow].append({"project_id": id_, "origin_id": origin, "version": "v", "at": at})


def _id(number: int) -> UUID:
    """Make a UUIDv7 as the program would, but the same each time."""
    head = ((1_704_067_200_000 + number) << 80) | (7 << 76) | (random.getrandbits(12) << 64)
    return UUID(int=head | (2 << 62) | random.getrandbits(62))
