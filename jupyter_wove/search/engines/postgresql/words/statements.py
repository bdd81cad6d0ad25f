"""What the tables of words are asked: statements of fixed pieces, with every value bound."""

from jupyter_wove.search.engines import Wanted
from jupyter_wove.search.engines.embedded.words.schema import PAGE
from jupyter_wove.search.engines.embedded.words.statements import MOST_RANKED, SORTS
from jupyter_wove.search.engines.postgresql.generation import MOST_DOCUMENTS
from jupyter_wove.search.engines.postgresql.schema import HERE, SEEN
from jupyter_wove.search.engines.postgresql.words.conditions import Demands
from jupyter_wove.search.engines.postgresql.words.schema import TABLES

_SLOT = f"document.id & {MOST_DOCUMENTS - 1}"  # 0 for the file itself, see `slots`
_INNER = {"cells": f"{_SLOT} > 0", "files": f"{_SLOT} = 0"}

# BM25, near enough. `ts_rank` adds up where a word stands by these weights, of D, C, B and A: each
# place more counts for less, and all of them for 1.645 times the best at most.
_WEIGHTS, _BEST = "'{0.025, 0.08, 0.5, 1}'", 20 * 1.645
_SCORE = f"""(
    SELECT sum(rarity * found * 2.2 / (found + 0.3 + 0.9 * length / greatest(usual, 1)))
    FROM unnest(%(terms)s::text[], %(rarities)s::float8[], %(sizes)s::float8[])
      AS term(query, rarity, size),
      LATERAL (SELECT {_BEST} * size * ts_rank({_WEIGHTS}, words, query::tsquery) AS found) AS at
  )"""  # noqa: S608


_FOUND = """
SELECT ranked.id, ranked.score, project.uuid::text, about.sort, about.family::text,
  project.version, ranked.public, about.stars"""


def find(wanted: Wanted, demands: Demands) -> str:
    """Find what is demanded, in the tables where it may be."""
    asked = [_ranked(table, wanted, demands) for table in _tables(wanted, demands)]
    return f"""
{_FOUND} FROM ({" UNION ALL ".join(asked)}) AS ranked
JOIN {HERE}.project ON project.id = ranked.project
JOIN {HERE}.about ON about.project = ranked.project
"""


def among(wanted: Wanted, demands: Demands) -> str:
    """Find, of documents whose ids are given, those of which holds what is demanded."""
    return " UNION ALL ".join(
        f"""
{_FOUND} FROM (
  SELECT {sign}document.id AS id, part.project, part.public, 0.0::float8 AS score
  FROM unnest(%(ids)s::bigint[]) AS given(id)
  JOIN {HERE}.{table} AS document ON document.id = {sign}given.id
  JOIN {HERE}.part ON part.id = document.part JOIN {HERE}.about ON about.project = part.project
  WHERE {" AND ".join(_tests(table, wanted, demands))}
) AS ranked
JOIN {HERE}.project ON project.id = ranked.project
JOIN {HERE}.about ON about.project = ranked.project"""  # noqa: S608
        for sign, table in zip(("", "-"), TABLES, strict=True)
    )


def _tables(wanted: Wanted, demands: Demands) -> list[str]:
    cells, pages = TABLES
    if wanted.where in SORTS:
        return [pages]
    if wanted.where in _INNER:
        return [cells]
    filters = wanted.question.filters
    if demands.match or any(each.name == "output" for each in filters):
        return [cells, pages]
    # Without words, a project stands for all that is in it, unless files were asked for.
    asks_for_paths = any(each.name == "path" and not each.no for each in filters)
    return [cells] if asks_for_paths else [pages]


def _ranked(table: str, wanted: Wanted, demands: Demands) -> str:
    """Rank the newest; their words are fetched once it is known which they are."""
    of_cells = table == TABLES[0]
    sign, factor = ("", 1.0) if of_cells else ("-", PAGE)
    newest = f"""
    SELECT document.id, part.project, part.public
    FROM {HERE}.{table} AS document JOIN {HERE}.part ON part.id = document.part
    JOIN {HERE}.about ON about.project = part.project
    WHERE {" AND ".join(_tests(table, wanted, demands))}
    ORDER BY document.id DESC LIMIT {MOST_RANKED}"""  # noqa: S608
    if not demands.terms.whole:
        score = "0.0::float8 AS score"
        return f"SELECT {sign}id AS id, project, public, {score} FROM ({newest}) AS newest"  # noqa: S608
    return f"""
  SELECT {sign}id AS id, project, public, {factor} * {_SCORE} AS score
  FROM (
    SELECT newest.*, words, length(words) AS length, avg(length(words)) OVER () AS usual
    FROM ({newest}) AS newest JOIN {HERE}.{table} AS document ON document.id = newest.id
  ) AS measured
"""  # noqa: S608


def _tests(table: str, wanted: Wanted, demands: Demands) -> list[str]:
    tests = ["document.words @@ %(match)s::tsquery"] if demands.match else []
    tests += [SEEN, *demands.tests]
    tests += [_INNER[wanted.where]] if wanted.where in _INNER and table == TABLES[0] else []
    return tests + (["about.sort = %(sort)s"] if wanted.where in SORTS else [])


# ---------------------------------------------------------------- of what was found

PLACES = """
SELECT given.at - 1, part.id
FROM unnest(%(projects)s::uuid[], %(paths)s::text[], %(digests)s::text[])
  WITH ORDINALITY AS given(uuid, path, digest, at)
JOIN {index}.project ON project.uuid = given.uuid
JOIN {index}.part ON part.project = project.id AND md5(part.path) = md5(given.path)
  AND part.digest = given.digest AND part.path = given.path
"""


def _each(table: str, sign: str, columns: str) -> str:
    return f"""
SELECT {columns.format(sign=sign)}
FROM unnest(%(ids)s::bigint[]) AS given(id)
JOIN {HERE}.{table} AS document ON document.id = {sign}given.id
JOIN {HERE}.part ON part.id = document.part
JOIN {HERE}.project ON project.id = part.project WHERE {SEEN}
"""  # noqa: S608


def _both(columns: str) -> str:
    cells, pages = TABLES
    return f"{_each(cells, '', columns)} UNION ALL {_each(pages, '-', columns)}"


HAVING = f"""
SELECT id, count(*) FROM ({_both("given.id, document.words")}) AS found(id, words)
JOIN unnest(%(terms)s::text[]) AS term(query) ON found.words @@ term.query::tsquery GROUP BY id
"""  # noqa: S608
SHOW = _both(
    "given.id, project.uuid, project.revision, part.path, document.kind, document.cell,"
    " document.cell_id, document.label, document.texts"
)
FACTS = f"""
WITH found AS MATERIALIZED ({_both("given.id, part.project, document.facts")}),
several AS (SELECT project, count(*) AS times FROM found GROUP BY project)
SELECT split_part(fact, ':', 1), substr(fact, strpos(fact, ':') + 1), count(*)
FROM found, unnest(facts) AS each(fact)
WHERE split_part(fact, ':', 1) = ANY(%(kinds)s) GROUP BY fact
UNION ALL
SELECT mark.kind, mark.value, sum(several.times)
FROM several JOIN {HERE}.mark ON mark.project = several.project
WHERE mark.own AND mark.kind = ANY(%(kinds)s) GROUP BY mark.kind, mark.value
"""  # noqa: S608

# ---------------------------------------------------------------- while somebody types

# What everybody sees is counted already; what only some see are their own few projects.
VALUES = """
SELECT max(value), max(times) FROM (
  SELECT folded, value, public AS times FROM {index}.fact
  WHERE kind = %(kind)s AND folded >= %(first)s AND folded < %(last)s AND public > 0 AND %(open)s
  UNION ALL
  SELECT mark.folded, max(mark.value), count(*)
  FROM {index}.member JOIN {index}.mark ON mark.project = member.project
  WHERE member.principal = ANY(%(principals)s) AND mark.kind = %(kind)s
    AND mark.folded >= %(first)s AND mark.folded < %(last)s
  GROUP BY mark.folded) AS known
GROUP BY folded ORDER BY max(times) DESC, length(max(value)), max(value) COLLATE "C"
LIMIT %(limit)s
"""
TITLES = f"""
SELECT document.texts[1] FROM {HERE}.pages AS document JOIN {HERE}.part ON part.id = document.part
WHERE document.words @@ %(match)s::tsquery AND {SEEN} ORDER BY document.id DESC LIMIT %(limit)s
"""  # noqa: S608

# ---------------------------------------------------------------- words that are nowhere

KNOWN = "SELECT 1 FROM {index}.word WHERE word = %(word)s AND public > 0"
HELD = " UNION ALL ".join(
    f"""(SELECT 1 FROM {HERE}.{table} AS document JOIN {HERE}.part ON part.id = document.part
WHERE document.words @@ %(match)s::tsquery AND {SEEN} LIMIT 1)"""  # noqa: S608
    for table in TABLES
)
# Typing mistakes spare the first letter, swap it with the second, or leave it out.
ALIKE = """
SELECT word, public FROM {index}.word
WHERE public > 0 AND length(word) BETWEEN %(least)s AND %(most)s
  AND (word >= %(first)s AND word < %(after_first)s
    OR word >= %(second)s AND word < %(after_second)s OR substr(word, 2, 2) = %(both)s)
"""
