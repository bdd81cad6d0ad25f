"""What a cluster of Kubernetes has to be told, all of it by administrators."""

from typing import Annotated

import msgspec

from jupyter_wove.deploy.targets.models import Secret
from jupyter_wove.deploy.targets.options import ADMINISTRATORS, Options

ADMIN = msgspec.Meta(extra=ADMINISTRATORS)


class KubernetesOptions(Options, frozen=True, kw_only=True):
    """A cluster, the registry that it pulls from, and the domain of its apps.

    Without `kubeconfig` Wove runs in the cluster itself. A configuration may name programs that
    are run to sign in, so that nobody else chooses it.
    """

    kubeconfig: Annotated[str, ADMIN] = msgspec.field(name="KUBECONFIG", default="")
    context: Annotated[str, ADMIN] = msgspec.field(name="KUBERNETES_CONTEXT", default="")
    domain: Annotated[str, ADMIN] = msgspec.field(name="KUBERNETES_DOMAIN")
    registry: Annotated[str, ADMIN] = msgspec.field(name="REGISTRY")
    registry_user: Annotated[str, ADMIN] = msgspec.field(name="REGISTRY_USER", default="")
    registry_password: Annotated[Secret, ADMIN] = msgspec.field(
        name="REGISTRY_PASSWORD", default_factory=lambda: Secret("")
    )
    runtime_class: Annotated[str, ADMIN] = msgspec.field(
        name="KUBERNETES_RUNTIME_CLASS", default=""
    )
    ingress_class: Annotated[str, ADMIN] = msgspec.field(
        name="KUBERNETES_INGRESS_CLASS", default="nginx"
    )
    ingress_namespace: Annotated[str, ADMIN] = msgspec.field(
        name="KUBERNETES_INGRESS_NAMESPACE", default="ingress-nginx"
    )
    issuer: Annotated[str, ADMIN] = msgspec.field(name="KUBERNETES_CLUSTER_ISSUER", default="")
