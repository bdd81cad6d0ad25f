"""The operations on models and agents; answers come from an address of their own."""

from jupyter_wove.ai.agents import Approvals
from jupyter_wove.ai.consents import Consents
from jupyter_wove.ai.mcp_servers import McpServers
from jupyter_wove.ai.memories import Memories
from jupyter_wove.ai.setup import ModelSetup
from jupyter_wove.ai.sights import Sights
from jupyter_wove.ai.spending import Spending
from jupyter_wove.ai.tutoring import Tutoring
from jupyter_wove.kit.contract import Routes

usage = Routes("/wove/api/ai", Spending)
usage.get("/usage", Spending.usage, scope="ai:use")
usage.get("/usage/everybody", Spending.of_everybody, scope="ai:admin")

setup = Routes("/wove/api/ai", ModelSetup)
setup.get("/setup", ModelSetup.look, scope="ai:use")

consent = Routes("/wove/api/ai", Consents)
consent.post("/consent", Consents.give, scope="ai:use")

approvals = Routes("/wove/api/ai/approvals", Approvals)
approvals.get("", Approvals.waiting, scope="ai:use")
approvals.get("/{approval_id}", Approvals.look, scope="ai:use")
approvals.post("/{approval_id}/approve", Approvals.approve, scope="ai:use")
approvals.post("/{approval_id}/reject", Approvals.reject, scope="ai:use")
approvals.post("/{approval_id}/stop", Approvals.stop, scope="ai:use")

sights = Routes("/wove/api/ai", Sights)
sights.post("/sights", Sights.preview, scope="ai:use", status=200)
sights.post("/estimates", Sights.estimates, scope="ai:use", status=200)
sights.get("/sights/{message}", Sights.kept, scope="ai:use")
sights.post("/rules", Sights.trust, scope="ai:use")
sights.delete("/rules/{digest}", Sights.distrust, scope="ai:use")

memories = Routes("/wove/api/ai/memories", Memories)
memories.get("", Memories.all, scope="ai:use")
memories.post("", Memories.add, scope="ai:use")
memories.put("/{memory_id}", Memories.change, scope="ai:use")
memories.delete("/{memory_id}", Memories.remove, scope="ai:use")

mcp_servers = Routes("/wove/api/ai/mcp-servers", McpServers)
mcp_servers.get("", McpServers.all, scope="ai:use")
mcp_servers.post("", McpServers.add, scope="ai:use")
mcp_servers.delete("/{name}", McpServers.remove, scope="ai:use")
mcp_servers.post("/{name}/tools", McpServers.look, scope="ai:use", status=200)
mcp_servers.put("/{name}/tools", McpServers.choose, scope="ai:use")

tutoring = Routes("/wove/api/ai", Tutoring)
tutoring.get("/tutors", Tutoring.around, scope="ai:use")
tutoring.get("/tutors/{project_id}", Tutoring.of, scope="ai:use")
tutoring.put("/tutors/{project_id}", Tutoring.put, scope="projects:write")
tutoring.delete("/tutors/{project_id}", Tutoring.lift, scope="projects:write")

operations = [
    operation
    for routes in (usage, setup, consent, approvals, sights, memories, mcp_servers, tutoring)
    for operation in routes.operations
]
