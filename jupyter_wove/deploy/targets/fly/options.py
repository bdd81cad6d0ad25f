"""What Fly has to be told."""

from typing import Annotated

import msgspec

from jupyter_wove.deploy.targets.models import Secret
from jupyter_wove.deploy.targets.options import ADMINISTRATORS, Options

TOKEN = "FLY_API_TOKEN"  # noqa: S105  its name


class FlyOptions(Options, frozen=True, kw_only=True):
    """An account at Fly."""

    token: Annotated[
        Secret, msgspec.Meta(description="A token that may make apps in the organisation.")
    ] = msgspec.field(name=TOKEN)
    organisation: Annotated[
        str, msgspec.Meta(description="The organisation that pays, by its short name.")
    ] = msgspec.field(name="FLY_ORG", default="personal")
    region: Annotated[
        str,
        msgspec.Meta(description="Where it runs, such as ams.", pattern="^[a-z]{3}$"),
    ] = msgspec.field(name="FLY_REGION")
    app: Annotated[
        str,
        msgspec.Meta(
            description="The name of the app at Fly; one is made unless it is set.",
            pattern="^([a-z0-9][a-z0-9-]{0,61}[a-z0-9])?$",
        ),
    ] = msgspec.field(name="FLY_APP", default="")
    endpoint: Annotated[str, msgspec.Meta(extra=ADMINISTRATORS)] = msgspec.field(
        name="FLY_API_BASE_URL", default="https://api.machines.dev"
    )
    registry: Annotated[str, msgspec.Meta(extra=ADMINISTRATORS)] = msgspec.field(
        name="FLY_REGISTRY", default="registry.fly.io"
    )
