"""The tables of vectors, and every statement on them."""

from jupyter_wove.search.engines.embedded.schema import BITS

# Another number makes servers of the new kind begin a new file, beside that of the old ones.
VERSION = 1

LEASE = 60.0  # seconds until somebody else may take a text that was taken

# A text is kept once, however many documents say it. Of `news`, a part has one line: the last
# time that something about it changed, so that who keeps vectors in memory reads only what is new.
CREATE = f"""
CREATE TABLE IF NOT EXISTS text(
  id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, words TEXT NOT NULL,
  vector BLOB, taken REAL NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS text_waits ON text(id) WHERE vector IS NULL;
CREATE TABLE IF NOT EXISTS piece(
  document INTEGER NOT NULL, text INTEGER NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (document, text)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS piece_text ON piece(text);
CREATE TABLE IF NOT EXISTS news(id INTEGER PRIMARY KEY AUTOINCREMENT, part INTEGER UNIQUE);
CREATE TRIGGER IF NOT EXISTS part_shown AFTER UPDATE OF public, work ON part BEGIN
  REPLACE INTO news(part) VALUES (new.id); END;
CREATE TRIGGER IF NOT EXISTS part_forgotten AFTER DELETE ON part BEGIN
  REPLACE INTO news(part) VALUES (old.id); END;
CREATE TRIGGER IF NOT EXISTS text_embedded AFTER UPDATE OF vector ON text BEGIN
  REPLACE INTO news(part) SELECT DISTINCT document >> {BITS} FROM piece WHERE text = new.id; END;
"""  # noqa: S608

ADD_TEXT = "INSERT INTO text(digest, words) VALUES (?, ?) ON CONFLICT DO NOTHING"
ADD_PIECE = """
INSERT OR IGNORE INTO piece(document, text, kind) SELECT ?, id, ? FROM text WHERE digest = ?
"""
TEXTS_OF = "SELECT DISTINCT text FROM piece WHERE document BETWEEN ? AND ?"
FORGET_PIECES = "DELETE FROM piece WHERE document BETWEEN ? AND ?"
FORGET_TEXT = """
DELETE FROM text WHERE id = ? AND NOT EXISTS (SELECT 1 FROM piece WHERE piece.text = text.id)
"""

TAKE = """
UPDATE text SET taken = :now WHERE id IN (
  SELECT id FROM text WHERE vector IS NULL AND taken < :before ORDER BY id DESC LIMIT :most)
RETURNING digest, words
"""
PUT_BACK = "UPDATE text SET taken = 0 WHERE digest = ?"
GIVE = "UPDATE text SET vector = ? WHERE digest = ? AND vector IS NULL"
PROGRESS = "SELECT count(vector), count(*) FROM text"
WITHOUT_VECTOR = "SELECT digest FROM text WHERE vector IS NULL"
VECTORS_OF = """
SELECT vector, digest FROM text
WHERE vector IS NOT NULL AND digest IN (SELECT value FROM json_each(?))
"""

NEWEST = "SELECT ifnull(max(id), 0) FROM news"
NEWS = "SELECT part FROM news WHERE id > ?"
PIECES = f"""
SELECT part.project, part.public, part.work, piece.document, piece.text, piece.kind
FROM part JOIN piece ON piece.document BETWEEN part.id << {BITS} AND (part.id + 1 << {BITS}) - 1
JOIN text ON text.id = piece.text
WHERE part.id IN (SELECT value FROM json_each(?)) AND (part.public OR part.work)
  AND text.vector IS NOT NULL
"""  # noqa: S608
VECTORS = """
SELECT id, vector FROM text WHERE vector IS NOT NULL AND id IN (SELECT value FROM json_each(?))
"""
MINE = """
SELECT DISTINCT project FROM member WHERE principal IN (SELECT value FROM json_each(?))
"""
PLACES = """
SELECT part.id, project.uuid, part.path, part.digest
FROM part JOIN project ON project.id = part.project
WHERE part.id IN (SELECT value FROM json_each(?))
"""
PAGE = """
SELECT part.id FROM part JOIN project ON project.id = part.project
WHERE project.uuid = ? AND part.path = ''
"""
