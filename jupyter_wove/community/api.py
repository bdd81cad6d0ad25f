"""The operations of the community."""

from jupyter_wove.community.service import Community
from jupyter_wove.kit.contract import Routes

routes = Routes("/wove/api", Community)

routes.get("/gallery", Community.gallery, scope="community:read")
routes.get("/gallery/{project_id}", Community.card, scope="community:read")
routes.get("/profiles/{handle}", Community.profile, scope="community:read")
routes.get("/profiles/{handle}/projects", Community.published_by, scope="community:read")
routes.put("/projects/{project_id}/star", Community.star, scope="community:write")
routes.delete("/projects/{project_id}/star", Community.unstar, scope="community:write")
routes.get("/projects/{project_id}/lineage", Community.lineage, scope="community:read")
