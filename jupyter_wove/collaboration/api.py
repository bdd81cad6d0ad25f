"""The operations on documents that people edit together."""

from jupyter_wove.collaboration.comments import Comments
from jupyter_wove.collaboration.suggestions import Suggestions
from jupyter_wove.collaboration.timeline import Timeline
from jupyter_wove.kit.contract import Routes

suggestions = Routes("/wove/api/suggestions", Suggestions)
suggestions.get("", Suggestions.all, scope="projects:read")
suggestions.post("", Suggestions.begin, scope="projects:write", status=201)
suggestions.post("/{suggestion_id}/sync", Suggestions.sync, scope="projects:write")
suggestions.post("/{suggestion_id}/accept", Suggestions.accept, scope="projects:write")
suggestions.post("/{suggestion_id}/reject", Suggestions.reject, scope="projects:write")
suggestions.post(
    "/{suggestion_id}/decisions/{decision_id}/undo", Suggestions.undo, scope="projects:write"
)
suggestions.delete("/{suggestion_id}", Suggestions.withdraw, scope="projects:write")

comments = Routes("/wove/api/comments", Comments)
comments.get("", Comments.all, scope="projects:read")
comments.post("", Comments.begin, scope="projects:comment", status=201)
comments.post("/{thread_id}/messages", Comments.reply, scope="projects:comment", status=201)
comments.patch("/{thread_id}/messages/{message_id}", Comments.change, scope="projects:comment")
comments.delete("/{thread_id}/messages/{message_id}", Comments.remove, scope="projects:comment")
comments.put("/{thread_id}/resolution", Comments.resolve, scope="projects:comment")
comments.delete("/{thread_id}/resolution", Comments.reopen, scope="projects:comment")

timeline = Routes("/wove/api/timeline", Timeline)
timeline.get("", Timeline.moments, scope="projects:read")
timeline.get("/content", Timeline.content, scope="projects:read")
timeline.get("/diff", Timeline.diff, scope="projects:read")
timeline.post("/checkpoints", Timeline.name, scope="projects:write", status=201)
timeline.patch("/checkpoints/{checkpoint_id}", Timeline.rename, scope="projects:write")
timeline.delete("/checkpoints/{checkpoint_id}", Timeline.remove, scope="projects:write")
timeline.post("/restorations", Timeline.restore, scope="projects:write")
timeline.post("/restorations/{restoration_id}/undo", Timeline.undo, scope="projects:write")

operations = [
    operation for routes in (suggestions, comments, timeline) for operation in routes.operations
]
