"""What an app has of its own in a cluster: a namespace, its limits, its way in and its way out."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from jupyter_wove.deploy.targets.kubernetes.options import KubernetesOptions
from jupyter_wove.deploy.targets.kubernetes.pods import APP, ENVIRONMENT, PULLING, labels
from jupyter_wove.deploy.targets.models import Order
from jupyter_wove.runner import App

SERVICE = "app"
DNS = 53
RELEASES_AT_ONCE = 3  # the one served, the next one, and one that ends
# What is somebody's own network, or the machine's: no app reaches it.
PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
           "127.0.0.0/8"]  # fmt: skip


def namespace_name(app: App) -> str:
    """Name the namespace of an app."""
    return f"wove-{app.id.hex}"


def namespace(app: App) -> dict[str, Any]:
    """Describe a namespace that refuses pods with more rights than ours have."""
    marks = {APP: str(app.id), "pod-security.kubernetes.io/enforce": "restricted"}
    return {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": namespace_name(app), "labels": marks},
    }


def surroundings(order: Order, options: KubernetesOptions) -> Iterator[dict[str, Any]]:
    """Describe what has to be there before a release runs."""
    yield _quota(order)
    yield _policy(order, options)
    yield _secret(ENVIRONMENT, "Opaque", order.environment)
    if options.registry_user:
        yield _secret(PULLING, "kubernetes.io/dockerconfigjson", _pulling(options))


def service(order: Order) -> dict[str, Any]:
    """Describe the way to the release that visitors come to: switching it is one step."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": SERVICE, "labels": {APP: str(order.app.id)}},
        "spec": {
            "type": "ClusterIP",
            "selector": labels(order),
            "ports": [{"name": "http", "port": 80, "targetPort": "http"}],
        },
    }


def ingress(app: App, options: KubernetesOptions) -> dict[str, Any]:
    """Describe the way in: at its own name in the domain, and at names that were proven."""
    hosts = [host(app, options), *app.hosts]
    issued = {"secretName": "certificate"} if options.issuer else {}
    notes = {"cert-manager.io/cluster-issuer": options.issuer} if options.issuer else {}
    backend = {"service": {"name": SERVICE, "port": {"name": "http"}}}
    path = {"path": "/", "pathType": "Prefix", "backend": backend}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": SERVICE, "labels": {APP: str(app.id)}, "annotations": notes},
        "spec": {
            "ingressClassName": options.ingress_class,
            "tls": [{"hosts": hosts, **issued}],
            "rules": [{"host": name, "http": {"paths": [path]}} for name in hosts],
        },
    }


def host(app: App, options: KubernetesOptions) -> str:
    """Name the host of an app."""
    return f"{app.slug}.{options.domain}"


def _quota(order: Order) -> dict[str, Any]:
    plan = order.release.plan
    hard = {
        "limits.memory": f"{plan.memory_mb * RELEASES_AT_ONCE}Mi",
        "limits.cpu": f"{int(plan.cpus * 1000) * RELEASES_AT_ONCE}m",
        "pods": str(RELEASES_AT_ONCE),
        "persistentvolumeclaims": "0",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
    }
    return {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": SERVICE},
        "spec": {"hard": hard},
    }


def _policy(order: Order, options: KubernetesOptions) -> dict[str, Any]:
    """Let visitors in by the way in alone; let out what the plan names hosts for, not inwards."""
    front = {"kubernetes.io/metadata.name": options.ingress_namespace}
    plan = order.release.plan
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": SERVICE},
        "spec": {
            "podSelector": {},
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [
                {
                    "from": [{"namespaceSelector": {"matchLabels": front}}],
                    "ports": [{"protocol": "TCP", "port": plan.port}],
                }
            ],
            "egress": _outwards() if plan.hosts else [],
        },
    }


def _outwards() -> list[dict[str, Any]]:
    world = {"ipBlock": {"cidr": "0.0.0.0/0", "except": PRIVATE}}
    names = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}
    return [
        {"to": [world], "ports": [{"protocol": "TCP", "port": 443}]},
        {"to": [names], "ports": [{"protocol": each, "port": DNS} for each in ("UDP", "TCP")]},
    ]


def _secret(name: str, kind: str, texts: dict[str, str]) -> dict[str, Any]:
    encoded = {key: base64.b64encode(text.encode()).decode() for key, text in texts.items()}
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name},
        "type": kind,
        "data": encoded,
    }


def _pulling(options: KubernetesOptions) -> dict[str, str]:
    password = options.registry_password.shown()
    auth = base64.b64encode(f"{options.registry_user}:{password}".encode()).decode()
    auths = {options.registry.partition("/")[0]: {"auth": auth}}
    return {".dockerconfigjson": json.dumps({"auths": auths})}
