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
    "Trusts.get": (EVERYBODY, Role.VIEWER),
    "Trusts.put": (MEMBERS, Role.VIEWER),
    "Trusts.delete": (EVERYBODY, Role.VIEWER),
    "Versions.changes": (MEMBERS, Role.VIEWER),
    "Versions.diff": (MEMBERS, Role.VIEWER),
    "Members.all": (MEMBERS, Role.VIEWER),
    "Projects.change": (MEMBERS, Role.EDITOR),
    "Versions.save": (MEMBERS, Role.EDITOR),
    "Versions.restore": (MEMBERS, Role.EDITOR),
    "Members.put": (MEMBERS, Role.OWNER),
    "Tutoring.of": (MEMBERS, Role.VIEWER),
    "Tutoring.put": (MEMBERS, Role.OWNER),
    "Tutoring.lift": (MEMBERS, Role.OWNER),
    "Members.remove": (MEMBERS, Role.OWNER),
    "Publications.publish": (MEMBERS, Role.OWNER),
    "Publications.unlist": (MEMBERS, Role.OWNER),
    "Publications.unpublish": (MEMBERS, Role.OWNER),
    "Projects.delete": (MEMBERS, Role.OWNER),
    "Projects.undelete": (MEMBERS, Role.OWNER),
}
FOR_ADMINISTRATORS = {"Spending.of_everybody"}
# On what an agent does; tests/reliability/agents says who may.
ON_A_RUN = {
    "Approvals.waiting",
    "Approvals.look",
    "Approvals.approve",
    "Approvals.reject",
    "Approvals.stop",
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
    "Prompts.find",
    "Prompts.create",
    "Prompts.import_foreign",
    "Spending.usage",
    "ModelSetup.look",
    "Consents.give",
    "Tutoring.around",
    "Memories.all",
    "Memories.add",
    "Memories.change",
    "Memories.remove",
    "McpServers.all",
    "McpServers.add",
    "McpServers.remove",
    "McpServers.look",
    "McpServers.choose",
    "Sights.preview",
    "Sights.estimates",
    "Sights.kept",
    "Sights.trust",
    "Sights.distrust",
    "Outcomes.of_task",
    "OutcomeChoices.look",
    "OutcomeChoices.choose",
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
# The least role that each operation on a prompt needs, and whether a public prompt opens it.
ON_A_PROMPT = {
    "Prompts.get": (EVERYBODY, Role.VIEWER),
    "Prompts.at_address": (EVERYBODY, Role.VIEWER),
    "Prompts.lineage": (EVERYBODY, Role.VIEWER),
    "Prompts.vote": (EVERYBODY, Role.VIEWER),
    "Prompts.unvote": (EVERYBODY, Role.VIEWER),
    "Prompts.fork": (EVERYBODY, Role.VIEWER),
    "Prompts.export": (EVERYBODY, Role.VIEWER),
    "PromptVersions.history": (EVERYBODY, Role.VIEWER),
    "PromptVersions.get": (EVERYBODY, Role.VIEWER),
    "PromptVersions.diff": (EVERYBODY, Role.VIEWER),
    "PromptRenderings.render": (EVERYBODY, Role.VIEWER),
    "PromptLabels.all": (EVERYBODY, Role.VIEWER),
    "PromptLabels.moves": (EVERYBODY, Role.VIEWER),
    "PromptComments.all": (EVERYBODY, Role.VIEWER),
    "PromptComments.add": (EVERYBODY, Role.VIEWER),
    "ChangeRequests.all": (EVERYBODY, Role.VIEWER),
    "ChangeRequests.propose": (EVERYBODY, Role.VIEWER),
    "PromptVersions.save": (MEMBERS, Role.EDITOR),
    "PromptLabels.put": (MEMBERS, Role.EDITOR),
    "PromptLabels.remove": (MEMBERS, Role.EDITOR),
    "Outcomes.of_prompt": (EVERYBODY, Role.VIEWER),
    "Outcomes.table": (EVERYBODY, Role.VIEWER),
    "Outcomes.plots": (EVERYBODY, Role.VIEWER),
    "Outcomes.results": (MEMBERS, Role.EDITOR),
    "Experiments.all": (MEMBERS, Role.EDITOR),
    "Experiments.get": (MEMBERS, Role.EDITOR),
    "Experiments.history": (MEMBERS, Role.EDITOR),
    "Experiments.begin": (MEMBERS, Role.EDITOR),
    "Experiments.weigh": (MEMBERS, Role.EDITOR),
    "Experiments.stop": (MEMBERS, Role.EDITOR),
    "Experiments.promote": (MEMBERS, Role.EDITOR),
    "Experiments.roll_back": (MEMBERS, Role.EDITOR),
    "Evaluations.all": (EVERYBODY, Role.VIEWER),
    "Evaluations.begin": (MEMBERS, Role.EDITOR),
    "PromptLabels.require": (MEMBERS, Role.OWNER),
    "PromptLabels.release": (MEMBERS, Role.OWNER),
    "PromptMembers.all": (MEMBERS, Role.EDITOR),
    "PromptMembers.put": (MEMBERS, Role.OWNER),
    "PromptMembers.remove": (MEMBERS, Role.OWNER),
    "Prompts.publish": (MEMBERS, Role.OWNER),
    "Prompts.unpublish": (MEMBERS, Role.OWNER),
    "Prompts.delete": (MEMBERS, Role.OWNER),
}
# What somebody said about a prompt; tests/unit/prompts says who may.
SAID_OF_A_PROMPT = {
    "PromptComments.change",
    "PromptComments.remove",
    "Evaluations.end",
    "Evaluations.remove",
    "ChangeRequests.get",
    "ChangeRequests.accept",
    "ChangeRequests.decline",
    "ChangeRequests.withdraw",
}
PROMPT = "---\nname: tide\n---\nExplain {{tide}}.\n"
BODIES = {
    "Accounts.change_me": {"bio": "Hello"},
    "Accounts.create_key": {"name": "laptop", "scopes": ["projects:read"]},
    "Projects.create": {"title": "Tides"},
    "Sights.preview": {"notebook": "README.md"},
    "Sights.estimates": {"text": "Why?"},
    "Evaluations.begin": {
        "versions": ["latest"],
        "models": ["fast"],
        "rows": 1,
        "graders": ["equals"],
        "data": "0" * 64,
    },
    "Evaluations.end": {
        "results": [{"version": "1.0.0", "model": "fast", "scores": [1], "seconds": [1]}]
    },
    "PromptLabels.require": {"least": 0.5},
    "McpServers.add": {"name": "tides", "url": "https://tides.example.org/mcp"},
    "McpServers.choose": {"tools": []},
    "Memories.add": {"text": "In feet."},
    "Memories.change": {"text": "In metres."},
    "Sights.trust": {"digest": "0" * 64},
    "Projects.change": {"description": "Changed"},
    "Versions.save": {"message": "Save"},
    "Versions.restore": {"version": "wove/1"},
    "Publications.publish": {},
    "Trusts.put": {},
    "Publications.remix": {},
    "Members.put": {"role": "viewer"},
    "Tutoring.put": {"level": 1, "until": "2099-12-01T00:00:00Z"},
    "Imports.adopt": {"path": "nowhere"},
    "Approvals.approve": {},
    "Approvals.reject": {"note": "Not now."},
    "Comments.begin": {"text": "Why?"},
    "Comments.reply": {"text": "Because."},
    "Comments.change": {"text": "Because of the tide."},
    "Suggestions.begin": {"path": "nowhere"},
    "Suggestions.accept": {"changes": {"cell": "revision"}},
    "Suggestions.reject": {"changes": {"cell": "revision"}},
    "Timeline.name": {"path": "nowhere", "name": "Draft"},
    "Timeline.rename": {"name": "Draft"},
    "Timeline.restore": {"path": "nowhere", "moment": "e1"},
    "Prompts.create": {"file": PROMPT.replace("tide\n", "ebb\n")},
    "Prompts.import_foreign": {"format": "copilot", "text": "Hi", "name": "flood"},
    "Prompts.fork": {},
    "PromptVersions.save": {"file": PROMPT + "Shortly.\n"},
    "PromptRenderings.render": {"values": {"tide": "low"}},
    "Experiments.begin": {"variants": [{"version": "1.0.0"}, {"version": "1.0.1"}]},
    "Experiments.weigh": {"weights": {"1.0.0": 2}},
    "Experiments.promote": {"version": "1.0.0"},
    "OutcomeChoices.choose": {"is_recorded": True},
    "PromptLabels.put": {"version": "latest"},
    "PromptMembers.put": {"role": "viewer"},
    "PromptComments.add": {"text": "Nice"},
    "PromptComments.change": {"text": "Very nice"},
    "ChangeRequests.propose": {"file": PROMPT + "At length.\n", "base": "1.0.0"},
    "ChangeRequests.accept": {},
    "ChangeRequests.decline": {"reason": "No"},
}
QUERIES = {
    "Projects.around": {"path": "nowhere"},
    "Tutoring.around": {"path": "nowhere"},
    "Versions.changes": {"base": "wove/1"},
    "Versions.diff": {"base": "wove/1", "path": "README.md"},
    "Imports.unpack": {"title": "Archive"},
    "Suggestions.all": {"path": "nowhere"},
    "PromptVersions.diff": {"base": "1.0.0"},
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
LAST = (
    *("Members.remove", "Publications.unpublish", "Projects.delete", "Projects.undelete"),
    *("PromptMembers.remove", "Prompts.unpublish", "Prompts.delete"),
)


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
