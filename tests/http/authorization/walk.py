"""Every operation of the contract, with the request that a person would send and who may."""

from jupyter_wove.accounts import Role
from jupyter_wove.contract import OPERATIONS

EVERYBODY, MEMBERS = "whoever sees the project", "its members"

# The least role that each operation on a project needs, and whether a public project opens it.
ON_A_PROJECT = {
    "Projects.get": (EVERYBODY, Role.VIEWER),
    "Projects.at_address": (EVERYBODY, Role.VIEWER),
    "Community.card": (EVERYBODY, Role.VIEWER),
    "Community.lineage": (EVERYBODY, Role.VIEWER),
    "Community.star": (EVERYBODY, Role.VIEWER),
    "Community.unstar": (EVERYBODY, Role.VIEWER),
    "Versions.history": (EVERYBODY, Role.VIEWER),
    "Versions.files": (EVERYBODY, Role.VIEWER),
    "Versions.file": (EVERYBODY, Role.VIEWER),
    "Versions.archive": (EVERYBODY, Role.VIEWER),
    "Publications.remix": (EVERYBODY, Role.VIEWER),
    "Versions.changes": (MEMBERS, Role.VIEWER),
    "Versions.diff": (MEMBERS, Role.VIEWER),
    "Members.all": (MEMBERS, Role.VIEWER),
    "Projects.change": (MEMBERS, Role.EDITOR),
    "Versions.save": (MEMBERS, Role.EDITOR),
    "Versions.restore": (MEMBERS, Role.EDITOR),
    "Members.put": (MEMBERS, Role.OWNER),
    "Members.remove": (MEMBERS, Role.OWNER),
    "Publications.publish": (MEMBERS, Role.OWNER),
    "Publications.unlist": (MEMBERS, Role.OWNER),
    "Publications.unpublish": (MEMBERS, Role.OWNER),
    "Projects.delete": (MEMBERS, Role.OWNER),
    "Projects.undelete": (MEMBERS, Role.OWNER),
}
ON_A_JOB = {"JobDesk.get", "JobDesk.watch", "JobDesk.cancel"}
FOR_ONESELF = {
    "Accounts.me",
    "Accounts.change_me",
    "Accounts.person",
    "Accounts.keys",
    "Accounts.create_key",
    "Accounts.revoke_key",
    "Projects.mine",
    "Projects.around",
    "Projects.create",
    "Projects.templates",
    "Imports.adopt",
    "Imports.unpack",
    "Community.gallery",
    "Community.profile",
    "Community.published_by",
    "Search.find",
}
# On a file; test_comments.py, test_suggestions.py and test_timeline.py say who may.
ON_A_FILE = {
    "Comments.all",
    "Comments.begin",
    "Comments.reply",
    "Comments.change",
    "Comments.remove",
    "Comments.resolve",
    "Comments.reopen",
    "Suggestions.all",
    "Suggestions.begin",
    "Suggestions.sync",
    "Suggestions.accept",
    "Suggestions.reject",
    "Suggestions.undo",
    "Suggestions.withdraw",
    "Timeline.moments",
    "Timeline.content",
    "Timeline.diff",
    "Timeline.name",
    "Timeline.rename",
    "Timeline.remove",
    "Timeline.restore",
    "Timeline.undo",
}
BODIES = {
    "Accounts.change_me": {"bio": "Hello"},
    "Accounts.create_key": {"name": "laptop", "scopes": ["projects:read"]},
    "Projects.create": {"title": "Tides"},
    "Projects.change": {"description": "Changed"},
    "Versions.save": {"message": "Save"},
    "Versions.restore": {"version": "wove/1"},
    "Publications.publish": {},
    "Publications.remix": {},
    "Members.put": {"role": "viewer"},
    "Imports.adopt": {"path": "nowhere"},
    "Comments.begin": {"text": "Why?"},
    "Comments.reply": {"text": "Because."},
    "Comments.change": {"text": "Because of the tide."},
    "Suggestions.begin": {"path": "nowhere"},
    "Suggestions.accept": {"changes": {"cell": "revision"}},
    "Suggestions.reject": {"changes": {"cell": "revision"}},
    "Timeline.name": {"path": "nowhere", "name": "Draft"},
    "Timeline.rename": {"name": "Draft"},
    "Timeline.restore": {"path": "nowhere", "moment": "e1"},
}
QUERIES = {
    "Projects.around": {"path": "nowhere"},
    "Versions.changes": {"base": "wove/1"},
    "Versions.diff": {"base": "wove/1", "path": "README.md"},
    "Imports.unpack": {"title": "Archive"},
    "Suggestions.all": {"path": "nowhere"},
    "Timeline.moments": {"path": "nowhere"},
    "Timeline.content": {"path": "nowhere", "moment": "e1"},
    "Timeline.diff": {"path": "nowhere", "base": "e1"},
    "Comments.all": {"path": "nowhere"},
    "Comments.begin": {"path": "nowhere"},
    "Comments.reply": {"path": "nowhere"},
    "Comments.change": {"path": "nowhere"},
    "Comments.remove": {"path": "nowhere"},
    "Comments.resolve": {"path": "nowhere"},
    "Comments.reopen": {"path": "nowhere"},
}
LAST = ("Members.remove", "Publications.unpublish", "Projects.delete", "Projects.undelete")


def in_order():
    """List the operations so that those which take something away come last."""
    return sorted(OPERATIONS, key=lambda each: (each.id in LAST, each.method != "GET"))


def request_of(operation, **names):
    """Write the request: its path, and what goes with it."""
    path = operation.path.replace("{path:path}", "README.md").format(**names)
    sent = {
        "headers": {"If-Match": "*"} if operation.if_match else {},
        "params": QUERIES.get(operation.id),
    }
    if operation.body_kind == "json":
        sent["body"] = BODIES[operation.id]
    elif operation.body_kind == "upload":
        sent["body"] = b"no archive"
        sent["headers"]["Content-Type"] = "application/zip"
    elif operation.method not in {"GET", "DELETE"}:
        sent["body"] = b""
    return path.lstrip("/"), sent
