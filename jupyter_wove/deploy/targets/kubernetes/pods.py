"""What runs of a release in a cluster: as little as it may in a sandbox of the runner."""

from typing import Any

from jupyter_wove.deploy.targets.kubernetes.options import KubernetesOptions
from jupyter_wove.deploy.targets.models import Order

PERSON = 1000  # whoever code runs as, in all of our images
TMP, SCRATCH = "64Mi", "1Gi"
ENVIRONMENT = "environment"
PULLING = "registry"
CONTAINER = "app"
APP, RELEASE = "wove/app", "wove/release"
DRAINING, GRACE = 10, 40  # seconds
NOT_STARTED = 180  # seconds after which a roll-out has failed: its image is pulled first


def release_name(order: Order) -> str:
    """Name what runs a release."""
    return f"release-{order.release.id.hex}"


def labels(order: Order) -> dict[str, str]:
    """Mark what belongs to a release."""
    return {APP: str(order.app.id), RELEASE: str(order.release.id)}


def deployment(order: Order, image: str, options: KubernetesOptions) -> dict[str, Any]:
    """Describe what runs a release."""
    marks = labels(order)
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": release_name(order), "labels": marks},
        "spec": {
            "replicas": 1,
            "progressDeadlineSeconds": NOT_STARTED,
            "revisionHistoryLimit": 0,
            "selector": {"matchLabels": marks},
            "strategy": {"type": "Recreate"},
            "template": {"metadata": {"labels": marks}, "spec": _pod(order, image, options)},
        },
    }


def _pod(order: Order, image: str, options: KubernetesOptions) -> dict[str, Any]:
    pod = {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": GRACE,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": PERSON,
            "runAsGroup": PERSON,
            "fsGroup": PERSON,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(order, image)],
        "volumes": [{"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": TMP}}],
    }
    if options.runtime_class:
        pod["runtimeClassName"] = options.runtime_class
    if options.registry_user:
        pod["imagePullSecrets"] = [{"name": PULLING}]
    return pod


def _container(order: Order, image: str) -> dict[str, Any]:
    plan = order.release.plan
    resources = {"memory": f"{plan.memory_mb}Mi", "cpu": f"{int(plan.cpus * 1000)}m"}
    return {
        "name": CONTAINER,
        "image": image,
        "ports": [{"name": "http", "containerPort": plan.port}],
        "env": [{"name": "PORT", "value": str(plan.port)}],
        "envFrom": [{"secretRef": {"name": ENVIRONMENT, "optional": True}}],
        "resources": {
            "limits": {**resources, "ephemeral-storage": SCRATCH},
            "requests": {"memory": resources["memory"], "cpu": "50m"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "privileged": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],  # noqa: S108  the pod's own
        "readinessProbe": {
            "httpGet": {"path": plan.health, "port": "http"},
            "periodSeconds": 2,
            "timeoutSeconds": 5,
            "successThreshold": 2,
        },
        # Visitors that were sent here before the switch are served to their end.
        "lifecycle": {"preStop": {"exec": {"command": ["sleep", str(DRAINING)]}}},
    }
