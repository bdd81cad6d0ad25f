"""The operations on what became of answers."""

from jupyter_wove.kit.contract import Routes
from jupyter_wove.outcomes.choices import OutcomeChoices
from jupyter_wove.outcomes.service import Outcomes

READ = "prompts:read"

outcomes = Routes("/wove/api/prompts/{prompt_id}", Outcomes)
outcomes.get("/outcomes", Outcomes.of_prompt, scope=READ)
outcomes.get("/outcomes/table", Outcomes.table, scope=READ)
outcomes.get("/outcomes/plots", Outcomes.plots, scope=READ)
outcomes.get("/experiments/{experiment_id}/results", Outcomes.results, scope=READ)

tasks = Routes("/wove/api/ai/tasks", Outcomes)
tasks.get("/{task}/outcomes", Outcomes.of_task, scope=READ)

choices = Routes("/wove/api/ai/outcomes", OutcomeChoices)
choices.get("", OutcomeChoices.look, scope="account:read")
choices.put("", OutcomeChoices.choose, scope="account:write")

operations = [
    operation for routes in (outcomes, tasks, choices) for operation in routes.operations
]
