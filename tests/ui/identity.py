"""A shared server's people, each with a password that is their token too."""

from jupyter_server.auth.identity import IdentityProvider, User
from traitlets import Dict, Unicode


class People(IdentityProvider):
    """Knows some people by name; they sign in by the login form, or by a token."""

    passwords = Dict(
        key_trait=Unicode(), value_trait=Unicode(), help="The name that goes with each password."
    ).tag(config=True)

    async def get_user_token(self, handler):
        return self._who(self.get_token(handler))

    def process_login_form(self, handler):
        return self._who(handler.get_argument("password", default=""))

    def _who(self, password):
        name = self.passwords.get(password)
        return User(username=name.lower(), name=name, display_name=name) if name else None
