"""The tables of words, and every statement on them."""

from jupyter_wove.search.engines.embedded.words.schema import (
    MOST_RANKED,
    PAGE,
)
from jupyter_wove.search.engines.postgresql.schema import HERE, SEEN, Layout

# Another number makes servers of the new kind begin a new schema, beside that of the old ones.
VERSION = 1

# Among results, pages are told apart from cells by a number below zero.
TABLES = ("cells", "pages")


def _table(name: str) -> str:
    return f"""
CREATE TABLE {HERE}.{name}(
  id bigint PRIMARY KEY, part bigint NOT NULL, kind text NOT NULL, cell integer, cell_id text,
  label text NOT NULL, texts text[] NOT NULL, words tsvector NOT NULL);
ALTER TABLE {HERE}.{name} ALTER words SET STORAGE MAIN, ALTER words SET STATISTICS 300;
"""


def _finish(name: str) -> str:
    return f"""
CREATE INDEX {name}_words ON {HERE}.{name} USING gin(words)
  WITH (gin_pending_list_limit = 512);
ANALYZE {HERE}.{name};
"""


LAYOUT = Layout(
    "words",
    VERSION,
    "".join(map(_table, TABLES)),
    "".join(map(_finish, TABLES)) + f"ANALYZE {HERE}.part;",
)

# What share of the documents has a word, for the most common ones.
SHARES = """
SELECT word, max(share) FROM pg_stats, unnest(
  most_common_elems::text::text[], most_common_elem_freqs) AS common(word, share)
WHERE schemaname = %(name)s AND attname = 'words' AND word IS NOT NULL GROUP BY word
"""

_KEPT = ("id", "part", "kind", "cell", "cell_id", "label", "texts", "words")
_VALUES = ", ".join(f"%({name})s" for name in _KEPT)
ADD_DOCUMENT = {
    table: f"INSERT INTO {HERE}.{table}({', '.join(_KEPT)}) VALUES ({_VALUES})"  # noqa: S608
    for table in TABLES
}
FORGET_DOCUMENTS = {
    table: f"DELETE FROM {HERE}.{table} WHERE id BETWEEN %(first)s AND %(last)s"  # noqa: S608
    for table in TABLES
}

# BM25, near enough. `ts_rank` adds up where a word stands by these weights, of D, C, B and A: each
# place more counts for less, and all of them for 1.645 times the best at most.
_WEIGHTS, _BEST = "'{0.025, 0.08, 0.5, 1}'", 20 * 1.645


def _ranked(table: str, sign: str, factor: float) -> str:
    return f"""
  SELECT {sign}id AS id, project, -{factor} * (
    SELECT sum(rarity * found * 2.2 / (found + 0.3 + 0.9 * length / greatest(usual, 1)))
    FROM unnest(%(terms)s::text[], %(rarities)s::float8[], %(sizes)s::float8[])
      AS term(query, rarity, size),
      LATERAL (SELECT {_BEST} * size * ts_rank({_WEIGHTS}, words, query::tsquery) AS found) AS at
  ) AS score
  FROM (
    SELECT id, project, words, length(words) AS length, avg(length(words)) OVER () AS usual
    FROM (
      SELECT document.id, part.project, document.words
      FROM {HERE}.{table} AS document JOIN {HERE}.part ON part.id = document.part
      WHERE %({table})s AND document.words @@ %(match)s::tsquery AND {SEEN}
      ORDER BY document.id DESC LIMIT {MOST_RANKED}
    ) AS newest
  ) AS measured
"""  # noqa: S608


def _shown(table: str, sign: str) -> str:
    return f"""
SELECT picked.id, picked.score, project.uuid, project.revision, project.version, part.public,
  part.path, kind, cell, cell_id, label, texts
FROM picked JOIN {HERE}.{table} AS document ON document.id = {sign}picked.id
JOIN {HERE}.part ON part.id = document.part JOIN {HERE}.project ON project.id = part.project
"""  # noqa: S608


FIND = f"""
WITH ranked AS ({_ranked("cells", "", 1.0)} UNION ALL {_ranked("pages", "-", PAGE)}),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY project ORDER BY score, id) AS number FROM ranked),
picked AS MATERIALIZED (
  SELECT id, score FROM numbered
  WHERE number <= %(most)s AND (score, id) > (%(score)s::float8, %(after)s)
  ORDER BY score, id LIMIT %(limit)s)
{_shown("cells", "")} UNION ALL {_shown("pages", "-")} ORDER BY score, id
"""  # noqa: S608
