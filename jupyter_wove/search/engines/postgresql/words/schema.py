"""The tables of words and facts, and the statements that fill them."""

from jupyter_wove.search.engines.postgresql.schema import HERE, Layout

# Another number makes servers of the new kind begin a new schema, beside that of the old ones.
VERSION = 1

# Among results, pages are told apart from cells by a number below zero.
TABLES = ("cells", "pages")


def _table(name: str) -> str:
    return f"""
CREATE TABLE {HERE}.{name}(
  id bigint PRIMARY KEY, part bigint NOT NULL, kind text NOT NULL, cell integer, cell_id text,
  label text NOT NULL, texts text[] NOT NULL, facts text[] NOT NULL, words tsvector NOT NULL,
  outputs tsvector);
ALTER TABLE {HERE}.{name} ALTER words SET STORAGE MAIN, ALTER words SET STATISTICS 300;
"""


def _finish(name: str) -> str:
    return f"""
CREATE INDEX {name}_words ON {HERE}.{name} USING gin(words)
  WITH (gin_pending_list_limit = 512);
CREATE INDEX {name}_outputs ON {HERE}.{name} USING gin(outputs)
  WITH (gin_pending_list_limit = 512);
ANALYZE {HERE}.{name};
"""


# A fact is `own` to a project, or one of its parts says so. `public` is counted in projects.
_FACTS = f"""
CREATE TABLE {HERE}.about(
  project bigint PRIMARY KEY, sort text NOT NULL, family uuid, stars integer NOT NULL,
  remixes integer NOT NULL);
CREATE TABLE {HERE}.part_fact(
  part bigint NOT NULL, kind text NOT NULL, folded text COLLATE "C" NOT NULL, value text NOT NULL,
  PRIMARY KEY (part, kind, folded));
CREATE TABLE {HERE}.mark(
  project bigint NOT NULL, kind text NOT NULL, folded text COLLATE "C" NOT NULL,
  value text NOT NULL, own boolean NOT NULL, public boolean NOT NULL,
  PRIMARY KEY (project, kind, folded));
CREATE INDEX mark_found ON {HERE}.mark(kind, folded, own, project);
CREATE TABLE {HERE}.fact(
  kind text NOT NULL, folded text COLLATE "C" NOT NULL, value text NOT NULL,
  public bigint NOT NULL, PRIMARY KEY (kind, folded));
CREATE TABLE {HERE}.page_words(
  part bigint PRIMARY KEY, words text NOT NULL, counted boolean NOT NULL DEFAULT false);
CREATE TABLE {HERE}.word(word text COLLATE "C" PRIMARY KEY, public bigint NOT NULL);
CREATE INDEX word_second ON {HERE}.word(substr(word, 2, 2));
"""
# What is counted one by one later on, counted of all that is in.
_COUNT = f"""
INSERT INTO {HERE}.fact(kind, folded, value, public)
SELECT kind, folded, min(value), count(*) FILTER (WHERE public) FROM {HERE}.mark
GROUP BY kind, folded;
UPDATE {HERE}.page_words SET counted = true FROM {HERE}.part
WHERE part.id = page_words.part AND part.public;
INSERT INTO {HERE}.word(word, public)
SELECT word, count(*) FROM {HERE}.page_words, string_to_table(words, ' ') AS word
WHERE counted GROUP BY word;
"""  # noqa: S608
LAYOUT = Layout(
    "words",
    VERSION,
    "".join(map(_table, TABLES)) + _FACTS,
    _COUNT
    + "".join(map(_finish, TABLES))
    + "".join(f"ANALYZE {HERE}.{name};" for name in ("part", "mark", "fact", "about", "project")),
)

# What share of the documents has a word, for the most common ones.
SHARES = """
SELECT word, max(share) FROM pg_stats, unnest(
  most_common_elems::text::text[], most_common_elem_freqs) AS common(word, share)
WHERE schemaname = %(name)s AND attname = 'words' AND word IS NOT NULL GROUP BY word
"""

_KEPT = (
    *("id", "part", "kind", "cell", "cell_id", "label", "texts", "facts", "words"),
    "outputs",
)
_VALUES = ", ".join(f"%({name})s" for name in _KEPT)
ADD_DOCUMENT = {
    table: f"INSERT INTO {HERE}.{table}({', '.join(_KEPT)}) VALUES ({_VALUES})"  # noqa: S608
    for table in TABLES
}
FORGET_DOCUMENTS = {
    table: f"DELETE FROM {HERE}.{table} WHERE id BETWEEN %(first)s AND %(last)s"  # noqa: S608
    for table in TABLES
}

ADD_PART_FACT = """
INSERT INTO {index}.part_fact(part, kind, folded, value)
VALUES (%(part)s, %(kind)s, %(folded)s, %(value)s) ON CONFLICT DO NOTHING
"""
FORGET_PART_FACTS = "DELETE FROM {index}.part_fact WHERE part = %(part)s"
PART_FACTS = """
SELECT kind, folded, min(value), false, bool_or(part.public) FROM {index}.part
JOIN {index}.part_fact ON part_fact.part = part.id
WHERE part.project = %(project)s GROUP BY kind, folded
"""
MARKS = "SELECT kind, folded, value, own, public FROM {index}.mark WHERE project = %(project)s"
PUT_MARK = """
INSERT INTO {index}.mark(project, kind, folded, value, own, public)
VALUES (%(project)s, %(kind)s, %(folded)s, %(value)s, %(own)s, %(public)s)
ON CONFLICT (project, kind, folded) DO UPDATE SET own = excluded.own, public = excluded.public
"""
FORGET_MARK = """
DELETE FROM {index}.mark WHERE project = %(project)s AND kind = %(kind)s AND folded = %(folded)s
"""
COUNT_FACT = """
INSERT INTO {index}.fact AS known(kind, folded, value, public)
VALUES (%(kind)s, %(folded)s, %(value)s, %(change)s)
ON CONFLICT (kind, folded) DO UPDATE SET public = known.public + excluded.public
"""
PUT_ABOUT = """
INSERT INTO {index}.about(project, sort, family, stars, remixes)
VALUES (%(project)s, %(sort)s, %(family)s, %(stars)s, %(remixes)s)
ON CONFLICT (project) DO UPDATE SET sort = excluded.sort, family = excluded.family,
  stars = excluded.stars, remixes = excluded.remixes
"""
FORGET_ABOUT = "DELETE FROM {index}.about WHERE project = %(project)s"

ADD_PAGE_WORDS = """
INSERT INTO {index}.page_words(part, words) VALUES (%(part)s, %(words)s) ON CONFLICT DO NOTHING
"""
FORGET_PAGE_WORDS = """
DELETE FROM {index}.page_words WHERE part = %(part)s RETURNING CASE WHEN counted THEN words END
"""
TO_COUNT = """
UPDATE {index}.page_words SET counted = part.public FROM {index}.part
WHERE part.id = page_words.part AND part.project = %(project)s
  AND page_words.counted <> part.public
RETURNING page_words.words, part.public
"""
COUNT_WORD = """
INSERT INTO {index}.word AS known(word, public) VALUES (%(word)s, %(change)s)
ON CONFLICT (word) DO UPDATE SET public = known.public + excluded.public
"""
