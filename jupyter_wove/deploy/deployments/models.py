"""What is proposed before a deployment, and what its job is given."""

from uuid import UUID

import msgspec

from jupyter_wove.runner import Plan

RELEASE = "deploy.release"  # the kind of the job
KEPT = 5  # releases of an app that can be served again, beside the one that is


class ProposedPlan(msgspec.Struct):
    """How a version would be deployed; `problem` is what is missing here for that, or "".

    `notice` is what it would have to wait for, or "". `toml` is the plan as it is written into the
    project's `wove.toml`.
    """

    version: str
    plan: Plan
    problem: str
    notice: str
    toml: str


class DeployArguments(msgspec.Struct):
    """A deployment to carry out."""

    deployment_id: UUID
