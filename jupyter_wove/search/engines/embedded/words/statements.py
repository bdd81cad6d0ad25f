"""What the file of words is asked: statements made of fixed pieces, with every value bound."""

from jupyter_wove.search.engines import Wanted
from jupyter_wove.search.engines.embedded.schema import BITS, SEEN
from jupyter_wove.search.engines.embedded.words.conditions import Demands
from jupyter_wove.search.engines.embedded.words.schema import PAGE, TABLES, WEIGHTS

# Beyond so many matches, the newest are ranked: nobody reads that far, and all would take long.
MOST_RANKED = 2_000

FIRST_CELL = f"{TABLES[0]}.rowid & {2**BITS - 1}"  # 0 for the file itself, see `slots`
SORTS = {"projects": "project", "prompts": "prompt", "people": "person"}
_INNER = {"cells": f"{FIRST_CELL} > 0", "files": f"{FIRST_CELL} = 0"}

_MATCHED = """
  SELECT {sign}{table}.rowid AS id, {score} AS score, part.project, part.public
  FROM {table} CROSS JOIN part ON part.id = {table}.rowid >> {bits}
  CROSS JOIN about ON about.project = part.project
  WHERE {tests} ORDER BY {table}.rowid DESC LIMIT {most}"""
_LISTED = """
  SELECT {sign}{table}.rowid AS id, 0.0 AS score, part.project, part.public
  FROM part CROSS JOIN about ON about.project = part.project
  CROSS JOIN {table} ON {table}.rowid BETWEEN part.id << {bits} AND (part.id << {bits}) + {last}
  WHERE {tests} ORDER BY part.id DESC LIMIT {most}"""
_AMONG = """
  SELECT {sign}{table}.rowid AS id, 0.0 AS score, part.project, part.public
  FROM json_each(:ids) AS given CROSS JOIN {table} ON {table}.rowid = {sign}given.value
  CROSS JOIN part ON part.id = {table}.rowid >> {bits}
  CROSS JOIN about ON about.project = part.project
  WHERE {sign}given.value > 0 AND {tests}"""
_ALL = "SELECT * FROM ({})"
_FOUND = """
SELECT ranked.id, ranked.score, project.uuid, about.sort, about.family, project.version,
  ranked.public, about.stars, 0 AS meant
FROM ({ranked}) AS ranked JOIN project ON project.id = ranked.project
JOIN about ON about.project = ranked.project"""


def find(wanted: Wanted, demands: Demands) -> str:
    """Find what is demanded, in the tables where it may be."""
    asked = [_ranked(table, wanted, demands) for table in _tables(wanted, demands)]
    return _FOUND.format(ranked=" UNION ALL ".join(map(_ALL.format, asked)))


def among(wanted: Wanted, demands: Demands) -> str:
    """Find, of documents whose ids are given, those of which holds what is demanded."""
    asked = [
        _AMONG.format(
            sign=sign, table=table, bits=BITS, tests=" AND ".join(_tests(table, wanted, demands))
        )
        for sign, table in zip(("", "-"), TABLES, strict=True)
    ]
    return _FOUND.format(ranked=" UNION ALL ".join(map(_ALL.format, asked)))


def _tables(wanted: Wanted, demands: Demands) -> list[str]:
    cells, pages = TABLES
    if wanted.where in SORTS:
        return [pages]
    if wanted.where in _INNER:
        return [cells]
    if demands.match:
        return [cells, pages]
    # Without words, a project stands for all that is in it, unless files were asked for.
    asks_for_paths = any(each.name == "path" and not each.no for each in wanted.question.filters)
    return [cells] if asks_for_paths else [pages]


def _ranked(table: str, wanted: Wanted, demands: Demands) -> str:
    cells, _ = TABLES
    of_cells = table == cells
    rank = f"-bm25({table}, {WEIGHTS})" + ("" if of_cells else f" * {PAGE}")
    return (_MATCHED if demands.match else _LISTED).format(
        sign="" if of_cells else "-",
        table=table,
        score=rank if demands.ranks else "0.0",
        bits=BITS,
        last=2**BITS - 1,
        tests=" AND ".join(_tests(table, wanted, demands)),
        most=MOST_RANKED,
    )


def _tests(table: str, wanted: Wanted, demands: Demands) -> list[str]:
    tests = [*([f"{table} MATCH :match"] if demands.match else []), SEEN, *demands.tests]
    tests += [_INNER[wanted.where]] if wanted.where in _INNER and table == TABLES[0] else []
    return tests + (["about.sort = :sort"] if wanted.where in SORTS else [])


# ---------------------------------------------------------------- of what was found

_IDS = "(SELECT value FROM json_each(:ids))"
PART = """
SELECT part.id FROM part JOIN project ON project.id = part.project
WHERE project.uuid = ? AND part.path = ? AND part.digest = ?
"""
PLACES = f"""
SELECT given.value, project.uuid, project.revision, part.path
FROM json_each(:ids) AS given JOIN part ON part.id = abs(given.value) >> {BITS}
JOIN project ON project.id = part.project WHERE {SEEN}
"""  # noqa: S608
FACTS = f"""
SELECT cells.facts, part.project FROM json_each(:ids) AS given
CROSS JOIN cells ON cells.rowid = given.value JOIN part ON part.id = cells.rowid >> {BITS}
WHERE given.value > 0 AND {SEEN}
UNION ALL
SELECT pages.facts, part.project FROM json_each(:ids) AS given
CROSS JOIN pages ON pages.rowid = -given.value JOIN part ON part.id = pages.rowid >> {BITS}
WHERE given.value < 0 AND {SEEN}
"""  # noqa: S608
OWN_FACTS = """
SELECT mark.project, mark.fact FROM mark JOIN fact ON fact.id = mark.fact
WHERE mark.own AND mark.project IN (SELECT value FROM json_each(:projects))
  AND fact.kind IN (SELECT value FROM json_each(:kinds))
"""
NAMES = """
SELECT id, kind, value FROM fact WHERE id IN (SELECT value FROM json_each(:ids))
  AND kind IN (SELECT value FROM json_each(:kinds))
"""

# ---------------------------------------------------------------- while somebody types

# What everybody sees is counted already; what only some see are their own few projects.
_VALUES = """
SELECT value, max(count) FROM (
  SELECT * FROM (SELECT value, public AS count FROM fact {index}
  WHERE kind = :kind AND folded >= :first AND folded < :last AND public > 0 AND :open
  ORDER BY public DESC, length(value), value LIMIT :limit)
  UNION ALL
  SELECT fact.value, count(*) FROM member CROSS JOIN mark ON mark.project = member.project
  CROSS JOIN fact ON fact.id = mark.fact
  WHERE member.principal IN (SELECT value FROM json_each(:principals))
    AND fact.kind = :kind AND fact.folded >= :first AND fact.folded < :last
  GROUP BY fact.id)
GROUP BY value ORDER BY max(count) DESC, length(value), value LIMIT :limit
"""
VALUES = _VALUES.format(index="")
POPULAR = _VALUES.format(index="INDEXED BY fact_public")  # before a letter is typed
TITLES = f"""
SELECT pages.title FROM pages CROSS JOIN part ON part.id = pages.rowid >> {BITS}
WHERE pages MATCH :match AND {SEEN} ORDER BY pages.rowid DESC LIMIT :limit
"""  # noqa: S608

# ---------------------------------------------------------------- words that are nowhere

KNOWN = "SELECT 1 FROM word WHERE word = ? AND public > 0"
HELD = " UNION ALL ".join(
    f"""
SELECT * FROM (SELECT 1 FROM {table} CROSS JOIN part ON part.id = {table}.rowid >> {BITS}
WHERE {table} MATCH :match AND {SEEN} LIMIT 1)"""  # noqa: S608
    for table in TABLES
)
# Typing mistakes spare the first letter, swap it with the second, or leave it out.
ALIKE = """
SELECT word, public FROM word WHERE word >= :first AND word < :after_first AND public > 0
UNION SELECT word, public FROM word
  WHERE word >= :second AND word < :after_second AND public > 0
UNION SELECT word, public FROM word WHERE substr(word, 2, 2) = :both AND public > 0
"""
