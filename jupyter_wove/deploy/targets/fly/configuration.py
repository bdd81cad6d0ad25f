"""What a machine at Fly runs, and how it is reached."""

from math import ceil
from typing import Any

from jupyter_wove.deploy.targets.models import Order

CHECK = "wove"
RELEASE = "wove_release"
STEP = 256  # megabytes; Fly takes multiples


def configuration(order: Order, image: str) -> dict[str, Any]:
    """Configure the machine of a release."""
    plan = order.release.plan
    return {
        "image": image,
        "env": {"PORT": str(plan.port)},
        "guest": {
            "cpu_kind": "shared",
            "cpus": max(1, ceil(plan.cpus)),
            "memory_mb": ceil(plan.memory_mb / STEP) * STEP,
        },
        "restart": {"policy": "on-failure", "max_retries": 3},
        "metadata": {RELEASE: str(order.release.id), "wove_app": str(order.app.id)},
        "checks": {
            CHECK: {
                "type": "http",
                "port": plan.port,
                "method": "GET",
                "path": plan.health,
                "interval": "5s",
                "timeout": "4s",
                "grace_period": "2s",
            }
        },
        "services": [_service(order)],
    }


def _service(order: Order) -> dict[str, Any]:
    sleeps = order.app.idle > 0
    return {
        "protocol": "tcp",
        "internal_port": order.release.plan.port,
        "autostop": "stop" if sleeps else "off",
        "autostart": True,
        "min_machines_running": 0 if sleeps else 1,
        "ports": [
            {"port": 443, "handlers": ["tls", "http"]},
            {"port": 80, "handlers": ["http"], "force_https": True},
        ],
    }
