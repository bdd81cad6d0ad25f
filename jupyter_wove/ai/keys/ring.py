"""The key that each deployment is asked with, at hand for a minute."""

import asyncio
import os
import time
from collections.abc import Iterable

from jupyter_wove.ai.keys.service import KeptKeys
from jupyter_wove.ai.models import Deployment
from jupyter_wove.ai.providers import Failure, Kind

ENVIRONMENT, KEPT = "env:", "kept:"
AT_HAND = 60.0  # seconds, after which a key is looked up again: it may have been exchanged


class KeyRing:
    """Keys, looked up in the environment and in the database."""

    def __init__(self, kept: KeptKeys) -> None:
        self._kept = kept
        self._opened: dict[str, tuple[float, str]] = {}

    async def fetch(self, deployments: Iterable[Deployment]) -> None:
        """Have the keys of these at hand."""
        fresh = time.monotonic() - AT_HAND
        kept = {_name(each) for each in deployments if each.key.startswith(KEPT)}
        if old := {name for name in kept if self._opened.get(name, (0.0, ""))[0] < fresh}:
            found = await asyncio.to_thread(self._kept.opened, old)
            at = time.monotonic()
            self._opened |= {name: (at, found.get(name, "")) for name in old}

    def of(self, deployment: Deployment) -> str:
        """Give the key of one; nothing where it wants none. Raises Failure where it is missing."""
        if not deployment.key:
            return ""
        name = _name(deployment)
        if deployment.key.startswith(KEPT):
            key = self._opened.get(name, (0.0, ""))[1]
        else:
            key = os.environ.get(name, "")
        if not key:
            raise Failure(Kind.NO_KEY, f"There is no key {deployment.key}, or it does not open.")
        return key


def _name(deployment: Deployment) -> str:
    return deployment.key.partition(":")[2]
