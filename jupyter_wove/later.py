"""What a server loads with the first request for it: models, agents, prompts and apps."""

from collections.abc import Callable
from typing import Any

from jupyter_wove.ai import (
    Approvals,
    Consents,
    McpServers,
    Memories,
    ModelSetup,
    Sights,
    Spending,
    Tutoring,
    evaluation_costs,
)
from jupyter_wove.ai import api as ai
from jupyter_wove.deploy import (
    Apps,
    AppVariables,
    Checking,
    Deployments,
    Domains,
    Previews,
    Proving,
    Records,
    Visiting,
)
from jupyter_wove.deploy import api as deploy
from jupyter_wove.outcomes import OutcomeChoices, Outcomes
from jupyter_wove.outcomes import api as outcomes
from jupyter_wove.projects import Projects, Versions
from jupyter_wove.prompts import (
    ChangeRequests,
    Evaluations,
    Experiments,
    PromptComments,
    PromptLabels,
    PromptMembers,
    PromptRenderings,
    Prompts,
    PromptVersions,
)
from jupyter_wove.prompts import api as prompts

OPERATIONS = [
    *prompts.operations,
    *outcomes.operations,
    *ai.operations,
    *deploy.operations,
]

SERVICES: dict[type, Callable[[Any], Any]] = {  # of a `Call`
    Apps: lambda call: Apps(call.wove.units, call.wove.jobs, call.wove.hosting),
    Deployments: lambda call: Deployments(
        call.wove.units,
        call.wove.workspaces,
        call.wove.jobs,
        call.wove.hosting,
        call.of(Versions),
    ),
    Checking: lambda call: Checking(
        call.wove.units, call.wove.workspaces, call.wove.jobs, call.wove.hosting, call.of(Versions)
    ),
    Previews: lambda call: Previews(
        call.wove.units, call.wove.workspaces, call.of(Apps), call.of(Deployments)
    ),
    Domains: lambda call: Domains(
        call.wove.units,
        call.wove.hosting,
        Proving(call.wove.private_domains, records=Records(call.wove.resolvers)),
    ),
    AppVariables: lambda call: AppVariables(call.wove.units, call.wove.hosting, call.wove.sealing),
    Visiting: lambda call: Visiting(call.wove.units, call.wove.hosting),
    Approvals: lambda call: Approvals(call.wove.units, call.of(Projects), call.wove.go_on),
    Consents: lambda call: Consents(call.unit),
    ModelSetup: lambda call: ModelSetup(call.wove.units, call.wove.catalogue()),
    McpServers: lambda call: McpServers(
        call.wove.units, call.wove.catalogue().mcp, call.wove.sealing
    ),
    Memories: lambda call: Memories(call.unit),
    Sights: lambda call: call.wove.sights,
    Tutoring: lambda call: Tutoring(call.wove.units, call.of(Projects), call.wove.catalogue),
    Spending: lambda call: Spending(call.unit, call.wove.catalogue().budgets),
    Outcomes: lambda call: Outcomes(call.unit),
    OutcomeChoices: lambda call: OutcomeChoices(call.unit),
    Prompts: lambda call: Prompts(call.unit),
    PromptVersions: lambda call: PromptVersions(call.unit),
    PromptRenderings: lambda call: PromptRenderings(call.wove.units),
    PromptLabels: lambda call: PromptLabels(call.unit),
    Evaluations: lambda call: Evaluations(call.unit, evaluation_costs(call.unit)),
    Experiments: lambda call: Experiments(call.unit),
    PromptMembers: lambda call: PromptMembers(call.unit),
    PromptComments: lambda call: PromptComments(call.unit),
    ChangeRequests: lambda call: ChangeRequests(call.unit),
}
