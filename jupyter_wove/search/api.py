"""The operations of searching."""

from jupyter_wove.kit.contract import Routes
from jupyter_wove.search.service import Search

routes = Routes("/wove/api", Search)
routes.get("/search", Search.find, scope="community:read")
routes.get("/search/completions", Search.completions, scope="community:read")
