"""What Cloudflare has to be told."""

from typing import Annotated

import msgspec

from jupyter_wove.deploy.targets.models import Secret
from jupyter_wove.deploy.targets.options import ADMINISTRATORS, Options

ACCOUNT, TOKEN = "CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN"
ADDRESS = "CLOUDFLARE_API_BASE_URL"
ADMIN = msgspec.Meta(extra=ADMINISTRATORS)


class CloudflareOptions(Options, frozen=True, kw_only=True):
    """An account at Cloudflare, and the wrangler that is installed here."""

    account: Annotated[
        str, msgspec.Meta(description="The id of the account.", pattern="^[0-9a-f]{32}$")
    ] = msgspec.field(name=ACCOUNT)
    token: Annotated[
        Secret, msgspec.Meta(description="A token that may edit Pages or Workers of the account.")
    ] = msgspec.field(name=TOKEN)
    name: Annotated[
        str,
        msgspec.Meta(
            description="The name of the project or worker; one is made unless it is set.",
            pattern="^([a-z0-9][a-z0-9-]{0,52})?$",
        ),
    ] = msgspec.field(name="CLOUDFLARE_NAME", default="")
    endpoint: Annotated[str, ADMIN] = msgspec.field(
        name=ADDRESS, default="https://api.cloudflare.com/client/v4"
    )
    wrangler: Annotated[str, ADMIN] = msgspec.field(name="WRANGLER", default="wrangler")
    # Where a worker is visited; tests have a place of their own for that.
    visited: Annotated[str, ADMIN] = msgspec.field(
        name="CLOUDFLARE_WORKERS_URL", default="https://{}.workers.dev"
    )
