"""What AWS has to be told."""

from typing import Annotated

import msgspec

from jupyter_wove.deploy.targets.models import Secret
from jupyter_wove.deploy.targets.options import ADMINISTRATORS, Options

KEY = "AWS_ACCESS_KEY_ID"


class LambdaOptions(Options, frozen=True, kw_only=True):
    """An account at AWS. The keys of the server itself are never used in their place."""

    key: Annotated[
        str, msgspec.Meta(description="The id of an access key that may change the function.")
    ] = msgspec.field(name=KEY)
    secret: Annotated[Secret, msgspec.Meta(description="The secret of that access key.")] = (
        msgspec.field(name="AWS_SECRET_ACCESS_KEY")
    )
    session: Annotated[Secret, msgspec.Meta(description="The token of a key for a while.")] = (
        msgspec.field(name="AWS_SESSION_TOKEN", default_factory=lambda: Secret(""))
    )
    region: Annotated[
        str,
        msgspec.Meta(
            description="Where it runs, such as eu-central-1.",
            pattern="^[a-z]{2}(-[a-z]+)+-[0-9]$",
        ),
    ] = msgspec.field(name="AWS_REGION")
    role: Annotated[
        str,
        msgspec.Meta(
            description="The ARN of the role that the function has while it runs.",
            pattern="^arn:[a-z-]+:iam::[0-9]{12}:role/.+$",
        ),
    ] = msgspec.field(name="AWS_LAMBDA_ROLE")
    runtime: Annotated[
        str,
        msgspec.Meta(
            description="The Python that it runs on; that of the build unless it is set.",
            pattern="^python3[.][0-9]+$",
        ),
    ] = msgspec.field(name="AWS_LAMBDA_RUNTIME", default="python3.13")
    function: Annotated[
        str,
        msgspec.Meta(
            description="The name of the function; one is made unless it is set.",
            pattern="^[a-zA-Z0-9_-]{0,64}$",
        ),
    ] = msgspec.field(name="AWS_LAMBDA_FUNCTION", default="")
    endpoint: Annotated[str, msgspec.Meta(extra=ADMINISTRATORS)] = msgspec.field(
        name="AWS_ENDPOINT_URL", default=""
    )
