"""The tables that every index has: projects, who sees them, and their parts."""

# A document's number tells its part (number >> BITS), so that rights need no look at it.
BITS = 12
MOST_DOCUMENTS = 2**BITS  # of one part

CREATE = """
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
"""
# Whether a part may be seen: with :open and :principals, a list of those who ask as JSON.
SEEN = """(part.public AND :open OR part.work AND EXISTS (
    SELECT 1 FROM member WHERE member.project = part.project
      AND member.principal IN (SELECT value FROM json_each(:principals))))"""

# No RETURNING here and where documents are added: before such a statement, FTS5 writes down what
# it has gathered, be it a single document.
KNOW_PROJECT = "INSERT OR IGNORE INTO project(uuid, ticket) VALUES (?, 0)"
TAKE_TICKET = "UPDATE project SET ticket = ticket + 1 WHERE uuid = ?"
TICKET = "SELECT id, ticket FROM project WHERE uuid = ?"
TICKETS = "SELECT uuid, ticket FROM project"
REVISIONS = "SELECT uuid, CASE WHEN complete THEN revision ELSE -1 END FROM project WHERE settled"

PARTS = "SELECT path, digest FROM part WHERE project = ?"
PART_STATES = "SELECT id, path, digest, public, work FROM part WHERE project = ?"
ADD_PART = "INSERT OR IGNORE INTO part(project, path, digest) VALUES (?, ?, ?)"
SHOW_PART = "UPDATE part SET public = ?, work = ? WHERE id = ?"
FORGET_PART = "DELETE FROM part WHERE id = ?"
FORGET_MEMBERS = "DELETE FROM member WHERE project = ?"
ADD_MEMBER = "INSERT INTO member(principal, project) VALUES (?, ?)"
SETTLE = """
UPDATE project SET revision = ?, version = ?, complete = ?, settled = 1 WHERE id = ?
"""
FORGET = "UPDATE project SET settled = 0 WHERE id = ?"
