"""The operations of searching."""

from jupyter_wove.kit.contract import Routes
from jupyter_wove.search.code import CodeSearch
from jupyter_wove.search.service import Search

routes = Routes("/wove/api", Search)
routes.get("/search", Search.find, scope="community:read")
routes.get("/search/completions", Search.completions, scope="community:read")
routes.get("/projects/{project_id}/similar", Search.similar_projects, scope="community:read")
routes.get("/prompts/{prompt_id}/similar", Search.similar_prompts, scope="community:read")

code = Routes("/wove/api/search", CodeSearch)
code.get("/code", CodeSearch.find, scope="community:read")
