"""The operations on apps."""

from jupyter_wove.deploy.checking import Checking
from jupyter_wove.deploy.deployments import Deployments
from jupyter_wove.deploy.domains import Domains
from jupyter_wove.deploy.previews import Previews
from jupyter_wove.deploy.service import Apps
from jupyter_wove.deploy.variables import AppVariables
from jupyter_wove.kit.contract import Routes

apps = Routes("/wove/api/apps", Apps)
apps.get("", Apps.mine, scope="apps:read")
apps.get("/public", Apps.public, scope="apps:read")
apps.get("/targets", Apps.targets, scope="apps:write")
apps.get("/names/{slug}", Apps.name, scope="apps:write")
apps.get("/{app_id}", Apps.get, scope="apps:read")
apps.patch("/{app_id}", Apps.change, scope="apps:write")
apps.delete("/{app_id}", Apps.delete, scope="apps:write")
apps.post("/{app_id}/undelete", Apps.undelete, scope="apps:write")
apps.post("/{app_id}/stop", Apps.stop, scope="apps:write")
apps.post("/{app_id}/wake", Apps.wake, scope="apps:write")
apps.get("/{app_id}/visits", Apps.visits, scope="apps:read")
apps.get("/{app_id}/output", Apps.output, scope="apps:read")

of_projects = Routes("/wove/api/projects/{project_id}/apps", Apps)
of_projects.get("", Apps.of_project, scope="apps:read")
of_projects.post("", Apps.create, scope="apps:write", status=201)

plans = Routes("/wove/api/projects/{project_id}/apps", Deployments)
plans.get("/plan", Deployments.plan, scope="apps:read")

deployments = Routes("/wove/api/apps/{app_id}", Deployments)
deployments.post("/deployments", Deployments.deploy, scope="apps:write", status=202)
deployments.get("/deployments", Deployments.of_app, scope="apps:read")
deployments.get("/releases", Deployments.releases, scope="apps:read")
deployments.post("/rollback", Deployments.roll_back, scope="apps:write", status=202)

one = Routes("/wove/api/deployments", Deployments)
one.get("/{deployment_id}", Deployments.get, scope="apps:read")
one.get("/{deployment_id}/log", Deployments.log, scope="apps:read")
one.post("/{deployment_id}/cancel", Deployments.cancel, scope="apps:write")

previews = Routes("/wove/api/apps/{app_id}/previews", Previews)
previews.get("", Previews.all, scope="apps:read")
previews.post("", Previews.show, scope="apps:write", status=202)

checking = Routes("/wove/api/projects/{project_id}", Checking)
checking.post("/checks", Checking.begin, scope="apps:write", status=202)

domains = Routes("/wove/api/apps/{app_id}/domains", Domains)
domains.get("", Domains.all, scope="apps:read")
domains.post("", Domains.add, scope="apps:write", status=201)
domains.post("/{host}/verify", Domains.verify, scope="apps:write")
domains.delete("/{host}", Domains.remove, scope="apps:write")

variables = Routes("/wove/api/apps/{app_id}/variables", AppVariables)
variables.get("", AppVariables.all, scope="apps:write")
variables.put("/{name}", AppVariables.put, scope="apps:write")
variables.delete("/{name}", AppVariables.remove, scope="apps:write")

every = (apps, of_projects, plans, deployments, one, previews, checking, domains, variables)
operations = [operation for routes in every for operation in routes.operations]
