"""Where indices are kept in PostgreSQL, and every statement that all kinds of them share.

Each generation is a schema of its own; HERE stands for it. Beside them, one schema tells
which generations there are and which are in use. Alembic knows nothing of any of this: an index
may be dropped at any time and is filled again.
"""

from typing import NamedTuple

HERE = "{index}"  # in a statement, in the place of a generation's name

# The locks of a generation; the second number is a hash of its name. Whoever writes shares the
# first until a rebuild takes over, whoever uses it the second until it is dropped.
WRITES, USES = 0x77_6F_76_01, 0x77_6F_76_02
# Who changes what several projects count together takes this one: else, two could wait for each
# other.
COUNTS = 0x77_6F_76_04
# Who makes the first generation of a kind takes this one.
BOOKS = 0x77_6F_76_03

LEFT_ALONE = "7 days"  # what another version of Wove may still use
PATIENCE = "20s"  # for a search; more would help nobody
ROOM = "16MB"  # for each sort of a search; what goes to the disk takes long


class Layout(NamedTuple):
    """What the schemas of one kind of index are called, and what is in them.

    `finish` is made once all is in: it is faster so. Another version begins a new schema. Of a
    `family` are kinds of which one is in use at a time, by itself a kind is its own.
    """

    kind: str
    version: int
    tables: str
    finish: str
    family: str = ""


KEEP_BOOKS = """
CREATE SCHEMA IF NOT EXISTS wove_search;
CREATE TABLE IF NOT EXISTS wove_search.generation(
  name text PRIMARY KEY, used timestamptz NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS wove_search.current(
  kind text NOT NULL, version integer NOT NULL, name text NOT NULL, PRIMARY KEY (kind, version));
"""
ALONE = f"SELECT pg_advisory_xact_lock({BOOKS}, 0)"
CURRENT = "SELECT name FROM wove_search.current WHERE kind = %(kind)s AND version = %(version)s"
SWITCH = """
INSERT INTO wove_search.current(kind, version, name) VALUES (%(kind)s, %(version)s, %(name)s)
ON CONFLICT (kind, version) DO UPDATE SET name = excluded.name
"""
STILL_USED = "UPDATE wove_search.generation SET used = now() WHERE name = %(name)s"
# What nobody points at was replaced, or its rebuild was killed; what another version of Wove
# points at stays for a while.
OLD = f"""
SELECT name FROM wove_search.generation LEFT JOIN wove_search.current USING (name)
WHERE starts_with(name, %(prefix)s)
  AND (kind IS NULL OR (kind, version) <> (%(kind)s, %(version)s)
    AND used < now() - interval '{LEFT_ALONE}')
"""  # noqa: S608

# One statement, for each costs a way to the server and back. Plans are made for each question:
# words differ by how common they are, and compiling one takes longer than most of them run.
READ = f"""
SELECT name, pg_advisory_xact_lock_shared({USES}, hashtext(name)),
  set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
  set_config('statement_timeout', '{PATIENCE}', true), set_config('work_mem', '{ROOM}', true)
FROM wove_search.current WHERE kind = %(kind)s AND version = %(version)s
"""  # noqa: S608
WRITE = f"""
SELECT pg_advisory_xact_lock_shared({USES}, hashtext(%(name)s)),
  pg_advisory_xact_lock_shared({WRITES}, hashtext(%(name)s))
"""
FREEZE = f"SELECT pg_advisory_xact_lock({WRITES}, hashtext(%(name)s))"
EMPTY = f"SELECT pg_advisory_xact_lock({USES}, hashtext(%(name)s))"
IS_UNUSED = f"SELECT pg_try_advisory_xact_lock({USES}, hashtext(%(name)s))"
COUNT_ALONE = f"SELECT pg_advisory_xact_lock({COUNTS}, hashtext(%(name)s))"
# Held by a connection, not by a transaction: it ends with the process that fills a generation.
HOLD = f"SELECT pg_advisory_lock_shared({USES}, hashtext(%(name)s))"
LET_GO = f"SELECT pg_advisory_unlock_shared({USES}, hashtext(%(name)s))"

CREATE = """
CREATE SCHEMA {index};
CREATE TABLE {index}.project(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, uuid uuid NOT NULL UNIQUE,
  ticket bigint NOT NULL, revision bigint NOT NULL DEFAULT 0, version text,
  complete boolean NOT NULL DEFAULT false, settled boolean NOT NULL DEFAULT false);
CREATE TABLE {index}.member(
  principal text NOT NULL, project bigint NOT NULL, PRIMARY KEY (principal, project));
CREATE INDEX member_project ON {index}.member(project);
CREATE TABLE {index}.part(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, project bigint NOT NULL,
  path text NOT NULL, digest text NOT NULL,
  public boolean NOT NULL DEFAULT false, work boolean NOT NULL DEFAULT false);
CREATE UNIQUE INDEX part_said ON {index}.part(project, md5(path), digest);
"""
KEEP = "INSERT INTO wove_search.generation(name) VALUES (%(name)s)"
DROP = "DROP SCHEMA IF EXISTS {index} CASCADE"
FORGET_GENERATION = "DELETE FROM wove_search.generation WHERE name = %(name)s"

# Whether a part may be seen: with :open and :principals.
SEEN = """(part.public AND %(open)s OR part.work AND part.project IN (
    SELECT project FROM {index}.member WHERE principal = ANY(%(principals)s)))"""

TAKE_TICKET = """
INSERT INTO {index}.project AS kept(uuid, ticket) VALUES (%(project)s, 1)
ON CONFLICT (uuid) DO UPDATE SET ticket = kept.ticket + 1 RETURNING ticket
"""
TICKET = "SELECT id, ticket FROM {index}.project WHERE uuid = %(project)s"
TICKET_IN_TURN = TICKET + " FOR UPDATE"
TICKETS = "SELECT uuid, ticket FROM {index}.project"
REVISIONS = """
SELECT uuid, CASE WHEN complete THEN revision ELSE -1 END FROM {index}.project WHERE settled
"""

PARTS = "SELECT path, digest FROM {index}.part WHERE project = %(project)s"
PART_STATES = """
SELECT id, path, digest, public, work FROM {index}.part WHERE project = %(project)s
"""
ADD_PART = """
INSERT INTO {index}.part(project, path, digest) VALUES (%(project)s, %(path)s, %(digest)s)
ON CONFLICT (project, md5(path), digest) DO NOTHING RETURNING id
"""
SHOW_PART = "UPDATE {index}.part SET public = %(public)s, work = %(work)s WHERE id = %(id)s"
FORGET_PART = "DELETE FROM {index}.part WHERE id = %(id)s"
FORGET_MEMBERS = "DELETE FROM {index}.member WHERE project = %(project)s"
ADD_MEMBER = """
INSERT INTO {index}.member(principal, project) VALUES (%(principal)s, %(project)s)
"""
SETTLE = """
UPDATE {index}.project
SET revision = %(revision)s, version = %(version)s, complete = %(complete)s, settled = true
WHERE id = %(project)s
"""
FORGET = "UPDATE {index}.project SET settled = false WHERE id = %(project)s"
