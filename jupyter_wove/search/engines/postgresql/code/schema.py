"""The tables of code beside those that every index has, and every statement on them."""

from jupyter_wove.search.engines.postgresql.schema import HERE, SEEN, Layout

# Another number makes servers of the new kind begin a new schema, beside that of the old ones.
VERSION = 1

# A text is kept once, whoever has it; who may see it is asked of the files that have it. It is
# known by a hash of what is searched, which only who can read the file can work out, and kept as
# it is: to unpack it would take longer than to look through it. Of its trigrams only the index is
# asked, so nothing is known of how common each is.
_TABLES = f"""
CREATE TABLE {HERE}.text(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, digest bytea NOT NULL UNIQUE,
  body bytea NOT NULL, segments text NOT NULL, whole boolean NOT NULL,
  trigrams integer[] NOT NULL);
ALTER TABLE {HERE}.text ALTER body SET STORAGE EXTERNAL, ALTER trigrams SET STORAGE EXTERNAL,
  ALTER body SET STATISTICS 0, ALTER trigrams SET STATISTICS 0;
CREATE TABLE {HERE}.symbol(key text NOT NULL, text bigint NOT NULL, PRIMARY KEY (key, text));
CREATE INDEX symbol_text ON {HERE}.symbol(text);
CREATE TABLE {HERE}.name(
  length integer NOT NULL, name text COLLATE "C" NOT NULL, PRIMARY KEY (length, name));
CREATE TABLE {HERE}.file(part bigint PRIMARY KEY, text bigint NOT NULL, langs text[] NOT NULL);
CREATE INDEX file_text ON {HERE}.file(text);
CREATE TABLE {HERE}.about(project bigint PRIMARY KEY, owner text NOT NULL, family text NOT NULL);
CREATE INDEX about_owner ON {HERE}.about(owner);
"""
_FINISH = f"""
CREATE INDEX text_trigrams ON {HERE}.text USING gin(trigrams)
  WITH (gin_pending_list_limit = 512);
""" + "".join(f"ANALYZE {HERE}.{name};\n" for name in ("text", "symbol", "file", "part", "about"))
LAYOUT = Layout("code", VERSION, _TABLES, _FINISH)

KNOWN = "SELECT id FROM {index}.text WHERE digest = %(digest)s"
ADD_TEXT = """
INSERT INTO {index}.text(digest, body, segments, whole, trigrams)
VALUES (%(digest)s, %(body)s, %(segments)s, %(whole)s, %(trigrams)s) RETURNING id
"""
ADD_SYMBOL = """
INSERT INTO {index}.symbol(key, text) VALUES (%(key)s, %(text)s) ON CONFLICT DO NOTHING
"""
ADD_NAME = """
INSERT INTO {index}.name(length, name) VALUES (%(length)s, %(name)s) ON CONFLICT DO NOTHING
"""
ADD_FILE = """
INSERT INTO {index}.file(part, text, langs) VALUES (%(part)s, %(text)s, %(langs)s)
"""
PUT_ABOUT = """
INSERT INTO {index}.about(project, owner, family) VALUES (%(project)s, %(owner)s, %(family)s)
ON CONFLICT (project) DO UPDATE SET owner = excluded.owner, family = excluded.family
"""

FORGET_FILE = "DELETE FROM {index}.file WHERE part = %(part)s RETURNING text"
FORGET_TEXT = """
DELETE FROM {index}.text
WHERE id = %(text)s AND NOT EXISTS (SELECT 1 FROM {index}.file WHERE file.text = %(text)s)
RETURNING id
"""
FORGET_SYMBOLS = "DELETE FROM {index}.symbol WHERE text = %(text)s"

# Capitals of ASCII are small letters here, whatever the database takes for capitals.
_PATH = "translate(part.path, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
# Whether somebody may see a file, and it is one of those to look at.
_LOOKED_AT = f"""{SEEN}
  AND (%(langs)s::text[] IS NULL OR file.langs && %(langs)s)
  AND (%(paths)s::text[] IS NULL OR {_PATH} LIKE ANY(%(paths)s))
  AND (%(users)s::text[] IS NULL OR part.project IN (
    SELECT project FROM {HERE}.about WHERE owner = ANY(%(users)s)))
  AND (%(no_langs)s::text[] IS NULL OR NOT file.langs && %(no_langs)s)
  AND (%(no_paths)s::text[] IS NULL OR NOT {_PATH} LIKE ANY(%(no_paths)s))
  AND (%(no_users)s::text[] IS NULL OR part.project NOT IN (
    SELECT project FROM {HERE}.about WHERE owner = ANY(%(no_users)s)))
"""  # noqa: S608
_HAS_FILE = f"""EXISTS (
  SELECT 1 FROM {HERE}.file JOIN {HERE}.part ON part.id = file.part
  WHERE file.text = text.id AND {_LOOKED_AT})
"""  # noqa: S608
# The newest first. MATCH stands for what is asked of trigrams.
MATCH = "{match}"
CANDIDATES = f"""
SELECT text.id FROM {HERE}.text WHERE {MATCH} AND text.id <= %(start)s AND {_HAS_FILE}
ORDER BY text.id DESC LIMIT %(most)s
"""  # noqa: S608
DEFINING = f"""
SELECT text.id FROM {HERE}.symbol JOIN {HERE}.text ON text.id = symbol.text
WHERE symbol.key = %(name)s AND symbol.text <= %(start)s AND {_HAS_FILE}
ORDER BY symbol.text DESC LIMIT %(most)s
"""  # noqa: S608
DEFINES = "SELECT 1 FROM {index}.symbol WHERE key = %(name)s AND text = %(text)s"
BODIES = "SELECT id, body FROM {index}.text WHERE id = ANY(%(ids)s) ORDER BY id DESC"
TEXT = "SELECT body, segments, whole FROM {index}.text WHERE id = %(text)s"
# Of a project and its remixes, the oldest stands for all that have the same file.
FILES = f"""
SELECT id, uuid::text, revision, version, public, path FROM (
  SELECT DISTINCT ON (CASE WHEN %(remixes)s THEN part.id::text ELSE about.family END, part.path)
    part.id, project.uuid, project.revision, project.version, part.public, part.path
  FROM {HERE}.file JOIN {HERE}.part ON part.id = file.part
  JOIN {HERE}.project ON project.id = part.project
  JOIN {HERE}.about ON about.project = part.project
  WHERE file.text = %(text)s AND {_LOOKED_AT}
  ORDER BY CASE WHEN %(remixes)s THEN part.id::text ELSE about.family END, part.path, part.id
) AS oldest WHERE id > %(file)s ORDER BY id LIMIT %(room)s
"""  # noqa: S608
NAMES = "SELECT name FROM {index}.name WHERE length BETWEEN %(least)s AND %(most)s"
