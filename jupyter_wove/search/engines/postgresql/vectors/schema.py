"""The tables of vectors, and every statement on them."""

import hashlib

from jupyter_wove.search.engines import Space
from jupyter_wove.search.engines.postgresql.generation import BITS
from jupyter_wove.search.engines.postgresql.schema import HERE, SEEN, Layout

# Another number makes servers of the new kind begin a new schema, beside that of the old ones.
VERSION = 1
FAMILY = "vectors"
OLDEST = (0, 7)  # pgvector before had no vectors of 16 bits
LEASE = 60.0  # seconds until somebody else may take a text that was taken

INSTALLED = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"


def layout(space: Space) -> Layout:
    """Lay out an index for one space; its name is short enough for the name of a schema."""
    told = f"{space.model} {space.dimension} {space.preparation}"
    name = hashlib.sha256(told.encode()).hexdigest()[:8]
    tables, finish = _tables(space.dimension), "".join(map(_analyze, ("text", "piece", "part")))
    return Layout(f"{FAMILY}_{name}", VERSION, tables, finish, FAMILY)


# A text is kept once, however many documents say it.
def _tables(dimension: int) -> str:
    return f"""
CREATE TABLE {HERE}.text(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, digest text NOT NULL UNIQUE,
  words text NOT NULL, vector halfvec({dimension}), taken double precision NOT NULL DEFAULT 0);
ALTER TABLE {HERE}.text ALTER vector SET STORAGE PLAIN;
CREATE INDEX text_waits ON {HERE}.text(id) WHERE vector IS NULL;
CREATE TABLE {HERE}.piece(
  document bigint NOT NULL, text bigint NOT NULL, kind text NOT NULL,
  PRIMARY KEY (document, text));
CREATE INDEX piece_text ON {HERE}.piece(text);
"""


def _analyze(name: str) -> str:
    return f"ANALYZE {HERE}.{name};\n"


ADD_TEXT = """
INSERT INTO {index}.text(digest, words) VALUES (%(digest)s, %(words)s) ON CONFLICT DO NOTHING
"""
ADD_PIECE = """
INSERT INTO {index}.piece(document, text, kind)
SELECT %(document)s, id, %(kind)s FROM {index}.text WHERE digest = %(digest)s
ON CONFLICT DO NOTHING
"""
FORGET_PIECES = """
DELETE FROM {index}.piece WHERE document BETWEEN %(first)s AND %(last)s RETURNING text
"""
FORGET_TEXTS = """
DELETE FROM {index}.text WHERE id = ANY(%(ids)s)
  AND NOT EXISTS (SELECT 1 FROM {index}.piece WHERE piece.text = text.id)
"""

TAKE = """
UPDATE {index}.text SET taken = %(now)s WHERE id IN (
  SELECT id FROM {index}.text WHERE vector IS NULL AND taken < %(before)s
  ORDER BY id DESC LIMIT %(most)s FOR UPDATE SKIP LOCKED)
RETURNING id, digest, words
"""
PUT_BACK = "UPDATE {index}.text SET taken = 0 WHERE digest = ANY(%(digests)s)"
GIVE = """
UPDATE {index}.text SET vector = %(vector)s::halfvec WHERE digest = %(digest)s AND vector IS NULL
"""
ADOPT = """
UPDATE {index}.text SET vector = known.vector FROM {old}.text AS known
WHERE known.digest = text.digest AND known.vector IS NOT NULL AND text.vector IS NULL
"""
KNOWN = """
SELECT digest, vector::text FROM {index}.text
WHERE digest = ANY(%(digests)s) AND vector IS NOT NULL
"""
PROGRESS = "SELECT count(vector), count(*) FROM {index}.text"

# Rights come before the nearest are chosen, and each vector is compared: exactly, as in memory.
NEAREST = f"""
WITH near AS MATERIALIZED (
  SELECT id, 1 - (vector <=> %(vector)s::halfvec) AS cosine FROM {HERE}.text
  WHERE vector IS NOT NULL),
found AS (
  SELECT piece.document, max(near.cosine) AS cosine
  FROM near JOIN {HERE}.piece ON piece.text = near.id
  JOIN {HERE}.part ON part.id = piece.document >> {BITS}
  WHERE near.cosine >= %(least)s AND {SEEN}
    AND (%(kinds)s::text[] IS NULL OR piece.kind = ANY(%(kinds)s))
  GROUP BY piece.document ORDER BY cosine DESC, piece.document LIMIT %(limit)s)
SELECT project.uuid, part.path, part.digest, found.document & {2**BITS - 1}, found.cosine
FROM found JOIN {HERE}.part ON part.id = found.document >> {BITS}
JOIN {HERE}.project ON project.id = part.project
ORDER BY found.cosine DESC, found.document
"""  # noqa: S608
PAGE = f"""
SELECT avg(text.vector)::text FROM {HERE}.project
JOIN {HERE}.part ON part.project = project.id AND part.path = ''
JOIN {HERE}.piece ON piece.document BETWEEN part.id << {BITS} AND (part.id + 1 << {BITS}) - 1
JOIN {HERE}.text ON text.id = piece.text
WHERE project.uuid = %(project)s AND {SEEN}
"""  # noqa: S608
