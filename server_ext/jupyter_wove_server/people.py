"""Whether a server tells people apart."""

from jupyter_server.auth.identity import (
    IdentityProvider,
    LegacyIdentityProvider,
    PasswordIdentityProvider,
)

# These give everybody who knows the one token or password a new random name each time.
NAMELESS = (IdentityProvider, PasswordIdentityProvider, LegacyIdentityProvider)


def knows_people(provider: IdentityProvider) -> bool:
    """Tell whether a provider knows who is asking, and not only that they may."""
    return type(provider) not in NAMELESS
