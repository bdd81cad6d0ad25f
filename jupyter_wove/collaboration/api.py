"""The operations on documents that people edit together."""

from jupyter_wove.collaboration.suggestions import Suggestions
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

operations = [operation for routes in (suggestions,) for operation in routes.operations]
