"""The operations on one's account."""

from jupyter_wove.accounts.service import Accounts
from jupyter_wove.kit.contract import Routes

routes = Routes("/wove/api", Accounts)

routes.get("/me", Accounts.me, scope="account:read")
routes.patch("/me", Accounts.change_me, scope="account:write")
routes.get("/people/{handle}", Accounts.person, scope="community:read")
routes.get("/keys", Accounts.keys, scope="account:read")
routes.post("/keys", Accounts.create_key, scope="account:write", status=201, secret=True)
routes.delete("/keys/{key_id}", Accounts.revoke_key, scope="account:write")
