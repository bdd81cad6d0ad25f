"""The tables of words, and every statement on them."""

from jupyter_wove.search.engines.embedded.schema import BITS, SEEN
from jupyter_wove.search.texts import OFF, ON

# Another number makes servers of the new kind begin a new file, beside that of the old ones.
VERSION = 3

# Pages of projects have a table of their own: BM25 counts where a word stands in all of a table
# before it ranks one document of it. Among results, they are told apart by a number below zero.
TABLES = ("cells", "pages")

# Beyond so many matches, the newest are ranked: nobody reads that far, and all would take long.
MOST_RANKED = 2_000
MOST_OF_ONE_PROJECT = 3  # among results of every kind

# A page is longer than a cell, for which BM25 takes off what its title is worth.
PAGE = 2.0
INDEXED = {
    "title": 20.0,
    "tags": 12.0,
    "owner": 10.0,
    "description": 8.0,
    "markdown": 2.0,
    "source": 1.5,
    "output": 1.0,
    "folder": 0.5,
    "pieces": 0.5,  # the words inside names such as RandomForest
}
KEPT = ("kind", "cell", "cell_id", "label")
COLUMNS = (*INDEXED, *KEPT)
_COLUMNS = ", ".join([*INDEXED, *(f"{name} UNINDEXED" for name in KEPT)])
TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"
_WEIGHTS = ", ".join(str(weight) for weight in INDEXED.values())

CREATE = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS cells USING fts5({_COLUMNS}, {TOKENS}, prefix = '2 3');
CREATE VIRTUAL TABLE IF NOT EXISTS pages USING fts5({_COLUMNS}, {TOKENS}, prefix = '2 3');
"""
# BM25 takes a word that half of all documents have for one that tells nothing. Among the handful
# of a new index each word is such a one, so there is a crowd beside them that nobody finds.
CROWD = 100
CROWDED = "\ue000 " * 50
CREATE_CROWD = "".join(
    f"""
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT {CROWD})
INSERT INTO {table}(rowid, markdown) SELECT -n, '{CROWDED}' FROM number;
"""  # noqa: S608
    for table in TABLES
)
# For each connection, the documents of one page of results. FTS5 looks a word up again for each
# document it highlights: among so few that costs nothing, in the whole index a second.
CREATE_SHOWN = f"CREATE VIRTUAL TABLE temp.shown USING fts5({_COLUMNS}, {TOKENS})"

ADD_DOCUMENT = {
    table: f"INSERT INTO {table}(rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"  # noqa: S608
    for table in TABLES
}
FORGET_DOCUMENTS = {
    table: f"DELETE FROM {table} WHERE rowid BETWEEN ? AND ?"  # noqa: S608
    for table in TABLES
}
_RANKED = """
  SELECT {sign}{table}.rowid AS id, bm25({table}, {weights}) * {factor} AS score, part.project
  FROM {table} CROSS JOIN part ON part.id = {table}.rowid >> {bits}
  WHERE {table} MATCH :match AND :{table} AND {seen}
  ORDER BY {table}.rowid DESC LIMIT {most}
"""
_RANKED_CELLS, _RANKED_PAGES = (
    _RANKED.format(
        sign=sign,
        table=table,
        factor=factor,
        weights=_WEIGHTS,
        bits=BITS,
        seen=SEEN,
        most=MOST_RANKED,
    )
    for sign, table, factor in zip(("", "-"), TABLES, (1.0, PAGE), strict=True)
)
FIND = f"""
WITH ranked_cells AS ({_RANKED_CELLS}), ranked_pages AS ({_RANKED_PAGES})
SELECT id, score, project FROM (SELECT * FROM ranked_cells UNION ALL SELECT * FROM ranked_pages)
ORDER BY score, id
"""  # noqa: S608

# What a snippet is taken from: the first of these in which something was found.
SHOWN = ("description", "markdown", "source", "output", "tags", "owner", "folder")
MARKED = ", ".join(
    f"highlight(shown, {COLUMNS.index(name)}, '{ON}', '{OFF}')" for name in ("title", *SHOWN)
)
TAKE = f"""
INSERT INTO temp.shown(rowid, {", ".join(COLUMNS)})
SELECT rowid, {", ".join(COLUMNS)} FROM cells WHERE rowid IN (SELECT value FROM json_each(:ids))
UNION ALL
SELECT -rowid, {", ".join(COLUMNS)} FROM pages WHERE rowid IN (SELECT -value FROM json_each(:ids))
"""  # noqa: S608
SHOW = f"""
SELECT shown.rowid, project.uuid, project.revision, project.version, part.public, part.path,
  {", ".join(f"shown.{name}" for name in KEPT)}, {MARKED}
FROM shown JOIN part ON part.id = abs(shown.rowid) >> {BITS}
JOIN project ON project.id = part.project
WHERE shown MATCH ?
"""  # noqa: S608
PUT_BACK = "DELETE FROM temp.shown"
