"""The tables of code beside those that every index has, and every statement on them."""

from jupyter_wove.search.engines.embedded.schema import SEEN

# Another number makes servers of the new kind begin a new file, beside that of the old ones.
VERSION = 1

# A text is kept once, whoever has it; who may see it is asked of the files that have it. It is
# known by a hash of what is searched, which only who can read the file can work out. It is kept as
# it is: to unpack it would take longer than to look through it.
CREATE = """
CREATE TABLE text(
  id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, body BLOB NOT NULL,
  segments TEXT NOT NULL, whole INTEGER NOT NULL);
CREATE VIRTUAL TABLE trigram USING fts5(
  body, content = '', tokenize = 'trigram', detail = none, columnsize = 0);
CREATE TABLE symbol(key TEXT NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (key, text))
  WITHOUT ROWID;
CREATE INDEX symbol_text ON symbol(text);
CREATE TABLE name(length INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (length, name))
  WITHOUT ROWID;
CREATE TABLE file(part INTEGER PRIMARY KEY, text INTEGER NOT NULL, langs TEXT NOT NULL);
CREATE INDEX file_text ON file(text);
CREATE TABLE about(project INTEGER PRIMARY KEY, owner TEXT NOT NULL, family TEXT NOT NULL);
CREATE INDEX about_owner ON about(owner);
"""

KNOWN = "SELECT id FROM text WHERE digest = ?"
ADD_TEXT = "INSERT INTO text(digest, body, segments, whole) VALUES (?, ?, ?, ?) RETURNING id"
ADD_TRIGRAMS = "INSERT INTO trigram(rowid, body) VALUES (?, ?)"
ADD_SYMBOL = "INSERT OR IGNORE INTO symbol(key, text) VALUES (?, ?)"
ADD_NAME = "INSERT OR IGNORE INTO name(length, name) VALUES (?, ?)"
ADD_FILE = "INSERT INTO file(part, text, langs) VALUES (?, ?, ?)"
PUT_ABOUT = "INSERT OR REPLACE INTO about(project, owner, family) VALUES (?, ?, ?)"

FORGET_FILE = "DELETE FROM file WHERE part = ? RETURNING text"
IS_HELD = "SELECT 1 FROM file WHERE text = ? LIMIT 1"
FORGET_TRIGRAMS = "INSERT INTO trigram(trigram, rowid, body) VALUES ('delete', ?, ?)"
FORGET_SYMBOLS = "DELETE FROM symbol WHERE text = ?"
FORGET_TEXT = "DELETE FROM text WHERE id = ?"

# Whether somebody may see a file, and it is one of those to look at.
_LOOKED_AT = f"""{SEEN}
  AND (:langs IS NULL OR EXISTS (
    SELECT 1 FROM json_each(:langs) WHERE instr(file.langs, ' ' || value || ' ')))
  AND (:paths IS NULL OR EXISTS (
    SELECT 1 FROM json_each(:paths) WHERE lower(part.path) GLOB value))
  AND (:users IS NULL OR part.project IN (
    SELECT project FROM about WHERE owner IN (SELECT value FROM json_each(:users))))
  AND (:no_langs IS NULL OR NOT EXISTS (
    SELECT 1 FROM json_each(:no_langs) WHERE instr(file.langs, ' ' || value || ' ')))
  AND (:no_paths IS NULL OR NOT EXISTS (
    SELECT 1 FROM json_each(:no_paths) WHERE lower(part.path) GLOB value))
  AND (:no_users IS NULL OR part.project NOT IN (
    SELECT project FROM about WHERE owner IN (SELECT value FROM json_each(:no_users))))
"""  # noqa: S608
_HAS_FILE = f"""EXISTS (
  SELECT 1 FROM file JOIN part ON part.id = file.part
  WHERE file.text = text.id AND {_LOOKED_AT})
"""  # noqa: S608
# The newest first. A text that many hold may be old: it is as old as it is for the first of them.
CANDIDATES = f"""
SELECT text.id, text.body FROM trigram CROSS JOIN text ON text.id = trigram.rowid
WHERE trigram MATCH :match AND trigram.rowid <= :start AND {_HAS_FILE}
ORDER BY trigram.rowid DESC
"""  # noqa: S608
EVERY = f"""
SELECT text.id, text.body FROM text WHERE text.id <= :start AND {_HAS_FILE}
ORDER BY text.id DESC
"""  # noqa: S608
DEFINING = f"""
SELECT text.id, text.body FROM symbol CROSS JOIN text ON text.id = symbol.text
WHERE symbol.key = :name AND symbol.text <= :start AND {_HAS_FILE}
ORDER BY symbol.text DESC
"""  # noqa: S608
DEFINES = "SELECT 1 FROM symbol WHERE key = ? AND text = ?"
TEXT = "SELECT body, segments, whole FROM text WHERE id = ?"
# Of a project and its remixes, the oldest stands for all that have the same file.
FILES = f"""
SELECT min(part.id), project.uuid, project.revision, project.version, part.public, part.path
FROM file JOIN part ON part.id = file.part JOIN project ON project.id = part.project
JOIN about ON about.project = part.project
WHERE file.text = :text AND {_LOOKED_AT}
GROUP BY CASE WHEN :remixes THEN part.id ELSE about.family END, part.path
HAVING min(part.id) > :file ORDER BY 1 LIMIT :room
"""  # noqa: S608
NAMES = "SELECT name FROM name WHERE length BETWEEN ? AND ?"
