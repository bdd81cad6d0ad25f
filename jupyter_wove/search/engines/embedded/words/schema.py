"""The tables of words and facts, and the statements that fill them."""

from jupyter_wove.search.texts import CROWD, OFF, ON

# Another number makes servers of the new kind begin a new file, beside that of the old ones.
VERSION = 4

# Pages of projects have a table of their own: BM25 counts where a word stands in all of a table
# before it ranks one document of it. Among results, they are told apart by a number below zero.
TABLES = ("cells", "pages")

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
# Facts come first: they are read where the texts behind them are not.
COLUMNS = ("facts", *INDEXED, *KEPT)
_COLUMNS = ", ".join(["facts", *INDEXED, *(f"{name} UNINDEXED" for name in KEPT)])
TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"
WEIGHTS = ", ".join(str(weight) for weight in (0.0, *INDEXED.values()))

# A fact is `own` to a project, or one of its parts says so. `public` is counted in projects.
CREATE = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS cells USING fts5({_COLUMNS}, {TOKENS}, prefix = '2 3');
CREATE VIRTUAL TABLE IF NOT EXISTS pages USING fts5({_COLUMNS}, {TOKENS}, prefix = '2 3');
CREATE TABLE IF NOT EXISTS about(
  project INTEGER PRIMARY KEY, sort TEXT NOT NULL, family TEXT, stars INTEGER NOT NULL,
  remixes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS fact(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, folded TEXT NOT NULL, value TEXT NOT NULL,
  public INTEGER NOT NULL DEFAULT 0, UNIQUE (kind, folded));
CREATE INDEX IF NOT EXISTS fact_public ON fact(kind, public);
CREATE TABLE IF NOT EXISTS part_fact(
  part INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (part, fact)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark(
  project INTEGER NOT NULL, fact INTEGER NOT NULL, own INTEGER NOT NULL, public INTEGER NOT NULL,
  PRIMARY KEY (project, fact)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mark_fact ON mark(fact, own, project);
CREATE TABLE IF NOT EXISTS page_words(
  part INTEGER PRIMARY KEY, words TEXT NOT NULL, counted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS word(word TEXT PRIMARY KEY, public INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS word_second ON word(substr(word, 2, 2));
"""
# BM25 takes a word that half of all documents have for one that tells nothing. Among the handful
# of a new index each word is such a one, so there is a crowd beside them that nobody finds.
MANY = 100
CROWDED = f"{CROWD} " * 50
CREATE_CROWD = "".join(
    f"""
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT {MANY})
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

FACT_ID = "SELECT id FROM fact WHERE kind = ? AND folded = ?"
ADD_FACT = "INSERT INTO fact(kind, folded, value) VALUES (?, ?, ?)"
ADD_PART_FACT = "INSERT OR IGNORE INTO part_fact(part, fact) VALUES (?, ?)"
FORGET_PART_FACTS = "DELETE FROM part_fact WHERE part = ?"
PART_FACTS = """
SELECT part_fact.fact, max(part.public) FROM part JOIN part_fact ON part_fact.part = part.id
WHERE part.project = ? GROUP BY part_fact.fact
"""
MARKS = "SELECT fact, own, public FROM mark WHERE project = ?"
PUT_MARK = """
INSERT INTO mark(project, fact, own, public) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET own = excluded.own, public = excluded.public
"""
FORGET_MARK = "DELETE FROM mark WHERE project = ? AND fact = ?"
COUNT_FACT = "UPDATE fact SET public = public + ? WHERE id = ?"
PUT_ABOUT = """
INSERT OR REPLACE INTO about(project, sort, family, stars, remixes) VALUES (?, ?, ?, ?, ?)
"""
FORGET_ABOUT = "DELETE FROM about WHERE project = ?"

ADD_PAGE_WORDS = "INSERT OR REPLACE INTO page_words(part, words) VALUES (?, ?)"
PAGE_WORDS = "SELECT words FROM page_words WHERE part = ? AND counted"
FORGET_PAGE_WORDS = "DELETE FROM page_words WHERE part = ?"
TO_COUNT = """
SELECT page_words.part, page_words.words, part.public
FROM part JOIN page_words ON page_words.part = part.id
WHERE part.project = ? AND page_words.counted <> part.public
"""
COUNTED = "UPDATE page_words SET counted = ? WHERE part = ?"
COUNT_WORD = """
INSERT INTO word(word, public) VALUES (?, ?)
ON CONFLICT DO UPDATE SET public = public + excluded.public
"""
DROP_WORDS = "DELETE FROM word WHERE word = ? AND public <= 0"

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
SELECT shown.rowid, {", ".join(f"shown.{name}" for name in KEPT)}, {MARKED} FROM shown
"""  # noqa: S608
SHOW_MARKED = f"{SHOW} WHERE shown MATCH ?"
HAVING = "SELECT rowid FROM temp.shown WHERE shown MATCH ?"
PUT_BACK = "DELETE FROM temp.shown"
