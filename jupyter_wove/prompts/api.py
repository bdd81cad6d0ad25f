"""The operations on prompts."""

from jupyter_wove.kit.contract import Routes
from jupyter_wove.prompts.changes import ChangeRequests
from jupyter_wove.prompts.comments import PromptComments
from jupyter_wove.prompts.evaluations import Evaluations
from jupyter_wove.prompts.experiments import Experiments
from jupyter_wove.prompts.labels import PromptLabels
from jupyter_wove.prompts.members import PromptMembers
from jupyter_wove.prompts.renderings import PromptRenderings
from jupyter_wove.prompts.service import Prompts
from jupyter_wove.prompts.versions import PromptVersions

FILE = 2 * 1024 * 1024  # bytes; a file of 256,000 characters, however JSON spells them
READ, WRITE = "prompts:read", "prompts:write"

prompts = Routes("/wove/api/prompts", Prompts)
prompts.get("", Prompts.find, scope=READ)
prompts.post("", Prompts.create, scope=WRITE, status=201, limit=FILE)
prompts.post("/imports", Prompts.import_foreign, scope=WRITE, status=201, limit=FILE)
prompts.get("/{prompt_id}", Prompts.get, scope=READ)
prompts.delete("/{prompt_id}", Prompts.delete, scope=WRITE)
prompts.post("/{prompt_id}/publish", Prompts.publish, scope=WRITE)
prompts.post("/{prompt_id}/unpublish", Prompts.unpublish, scope=WRITE)
prompts.post("/{prompt_id}/fork", Prompts.fork, scope=WRITE, status=201)
prompts.get("/{prompt_id}/lineage", Prompts.lineage, scope=READ)
prompts.put("/{prompt_id}/vote", Prompts.vote, scope=WRITE)
prompts.delete("/{prompt_id}/vote", Prompts.unvote, scope=WRITE)
prompts.get("/{prompt_id}/export", Prompts.export, scope=READ)

addresses = Routes("/wove/api/people/{owner}/prompts", Prompts)
addresses.get("/{name}", Prompts.at_address, scope=READ)

versions = Routes("/wove/api/prompts/{prompt_id}", PromptVersions)
versions.get("/versions", PromptVersions.history, scope=READ)
versions.post("/versions", PromptVersions.save, scope=WRITE, status=201, limit=FILE)
versions.get("/versions/{which}", PromptVersions.get, scope=READ)
versions.get("/diff", PromptVersions.diff, scope=READ)

renderings = Routes("/wove/api/prompts/{prompt_id}", PromptRenderings)
renderings.post("/versions/{which}/render", PromptRenderings.render, scope=READ)

labels = Routes("/wove/api/prompts/{prompt_id}/labels", PromptLabels)
labels.get("", PromptLabels.all, scope=READ)
labels.put("/{label}", PromptLabels.put, scope=WRITE)
labels.put("/{label}/rule", PromptLabels.require, scope=WRITE)
labels.delete("/{label}/rule", PromptLabels.release, scope=WRITE)
labels.delete("/{label}", PromptLabels.remove, scope=WRITE)
labels.get("/{label}/moves", PromptLabels.moves, scope=READ)

experiments = Routes("/wove/api/prompts/{prompt_id}/experiments", Experiments)
experiments.get("", Experiments.all, scope=READ)
experiments.post("", Experiments.begin, scope=WRITE, status=201)
experiments.get("/{experiment_id}", Experiments.get, scope=READ)
experiments.get("/{experiment_id}/history", Experiments.history, scope=READ)
experiments.patch("/{experiment_id}/weights", Experiments.weigh, scope=WRITE)
experiments.post("/{experiment_id}/stop", Experiments.stop, scope=WRITE)
experiments.post("/{experiment_id}/promote", Experiments.promote, scope=WRITE)
experiments.post("/{experiment_id}/roll-back", Experiments.roll_back, scope=WRITE)

evaluations = Routes("/wove/api/prompts/{prompt_id}/evaluations", Evaluations)
evaluations.get("", Evaluations.all, scope=READ)
evaluations.post("", Evaluations.begin, scope=WRITE, status=201)
evaluations.put("/{evaluation_id}/results", Evaluations.end, scope=WRITE)
evaluations.delete("/{evaluation_id}", Evaluations.remove, scope=WRITE)

members = Routes("/wove/api/prompts/{prompt_id}/members", PromptMembers)
members.get("", PromptMembers.all, scope=READ)
members.put("/{handle}", PromptMembers.put, scope=WRITE)
members.delete("/{handle}", PromptMembers.remove, scope=WRITE)

comments = Routes("/wove/api/prompts/{prompt_id}/comments", PromptComments)
comments.get("", PromptComments.all, scope=READ)
comments.post("", PromptComments.add, scope=WRITE, status=201)
comments.patch("/{comment_id}", PromptComments.change, scope=WRITE)
comments.delete("/{comment_id}", PromptComments.remove, scope=WRITE)

changes = Routes("/wove/api/prompts/{prompt_id}/changes", ChangeRequests)
changes.get("", ChangeRequests.all, scope=READ)
changes.post("", ChangeRequests.propose, scope=WRITE, status=201, limit=FILE)
changes.get("/{change_id}", ChangeRequests.get, scope=READ)
changes.post("/{change_id}/accept", ChangeRequests.accept, scope=WRITE)
changes.post("/{change_id}/decline", ChangeRequests.decline, scope=WRITE)
changes.post("/{change_id}/withdraw", ChangeRequests.withdraw, scope=WRITE)

operations = [
    operation
    for routes in (
        prompts,
        addresses,
        versions,
        renderings,
        labels,
        experiments,
        evaluations,
        members,
        comments,
        changes,
    )
    for operation in routes.operations
]
