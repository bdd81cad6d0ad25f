"""The tables of the index, and every statement on them."""

from jupyter_wove.search.texts import OFF, ON

# Another number makes servers of the new kind begin a new file, beside that of the old ones.
VERSION = 2

# A document's rowid tells its part: `rowid >> 12`, so that rights need no look at the document.
# Pages of projects have a table of their own: BM25 counts where a word stands in all of a table
# before it ranks one document of it. Among results, they are told apart by a number below zero.
TABLES = ("cells", "pages")
BITS = 12
MOST_DOCUMENTS = 2**BITS  # of one part

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
_TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"
_WEIGHTS = ", ".join(str(weight) for weight in INDEXED.values())

CREATE = f"""
CREATE TABLE IF NOT EXISTS project(
  id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, ticket INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 0, version TEXT, complete INTEGER NOT NULL DEFAULT 0,
  settled INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS member(
  principal TEXT NOT NULL, project INTEGER NOT NULL, PRIMARY KEY (principal, project))
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_project ON member(project);
CREATE TABLE IF NOT EXISTS part(
  id INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL, path TEXT NOT NULL,
  digest TEXT NOT NULL, public INTEGER NOT NULL DEFAULT 0, work INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project, path, digest));
CREATE VIRTUAL TABLE IF NOT EXISTS cells USING fts5({_COLUMNS}, {_TOKENS}, prefix = '2 3');
CREATE VIRTUAL TABLE IF NOT EXISTS pages USING fts5({_COLUMNS}, {_TOKENS}, prefix = '2 3');
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
CREATE_SHOWN = f"CREATE VIRTUAL TABLE temp.shown USING fts5({_COLUMNS}, {_TOKENS})"

TAKE_TICKET = """
INSERT INTO project(uuid, ticket) VALUES (?, 1)
ON CONFLICT (uuid) DO UPDATE SET ticket = ticket + 1 RETURNING ticket
"""
TICKET = "SELECT id, ticket FROM project WHERE uuid = ?"
TICKETS = "SELECT uuid, ticket FROM project"
REVISIONS = "SELECT uuid, CASE WHEN complete THEN revision ELSE -1 END FROM project WHERE settled"

PARTS = "SELECT path, digest FROM part WHERE project = ?"
PART_STATES = "SELECT id, path, digest, public, work FROM part WHERE project = ?"
ADD_PART = """
INSERT INTO part(project, path, digest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING id
"""
ADD_DOCUMENT = {
    table: f"INSERT INTO {table}(rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"  # noqa: S608
    for table in TABLES
}
SHOW_PART = "UPDATE part SET public = ?, work = ? WHERE id = ?"
FORGET_DOCUMENTS = {
    table: f"DELETE FROM {table} WHERE rowid BETWEEN ? AND ?"  # noqa: S608
    for table in TABLES
}
FORGET_PART = "DELETE FROM part WHERE id = ?"
FORGET_MEMBERS = "DELETE FROM member WHERE project = ?"
ADD_MEMBER = "INSERT INTO member(principal, project) VALUES (?, ?)"
SETTLE = """
UPDATE project SET revision = ?, version = ?, complete = ?, settled = 1 WHERE id = ?
"""
FORGET = "UPDATE project SET settled = 0 WHERE id = ?"

_RANKED = """
  SELECT {sign}{table}.rowid AS id, bm25({table}, {weights}) * {factor} AS score, part.project
  FROM {table} CROSS JOIN part ON part.id = {table}.rowid >> {bits}
  WHERE {table} MATCH :match AND :{table} AND (part.public AND :open OR part.work AND EXISTS (
    SELECT 1 FROM member WHERE member.project = part.project
      AND member.principal IN (SELECT value FROM json_each(:principals))))
  ORDER BY {table}.rowid DESC LIMIT {most}
"""
_RANKED_CELLS, _RANKED_PAGES = (
    _RANKED.format(
        sign=sign, table=table, factor=factor, weights=_WEIGHTS, bits=BITS, most=MOST_RANKED
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
_MARKED = ", ".join(
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
  {", ".join(f"shown.{name}" for name in KEPT)}, {_MARKED}
FROM shown JOIN part ON part.id = abs(shown.rowid) >> {BITS}
JOIN project ON project.id = part.project
WHERE shown MATCH ?
"""  # noqa: S608
PUT_BACK = "DELETE FROM temp.shown"
