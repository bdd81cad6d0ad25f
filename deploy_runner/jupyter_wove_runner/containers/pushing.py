"""Pushing an image to a registry, told layer by layer."""

import base64
import re
from collections.abc import AsyncIterator

import msgspec
from aiodocker import Docker

from jupyter_wove.kit.errors import Conflict
from jupyter_wove_runner.containers.asking import asked

TOLD = ("Pushed", "Layer already exists", "Mounted")
DIGEST = re.compile(r"digest: (sha256:[0-9a-f]{64})")


async def push(
    docker: Docker, name: str, user: str, password: str
) -> AsyncIterator[tuple[str, str]]:
    """Push; give what there is to tell, and at last the digest. Raises Conflict."""
    repository, _, tag = name.rpartition(":")
    login = {"username": user, "password": password, "serveraddress": name.partition("/")[0]}
    proof = base64.urlsafe_b64encode(msgspec.json.encode(login)).decode()
    options = {"params": {"tag": tag}, "headers": {"X-Registry-Auth": proof}}
    async with asked(docker, f"images/{repository}/push", "POST", **options) as response:
        async for line in response.content:
            said = msgspec.json.decode(line, type=dict[str, object]) if line.strip() else {}
            if error := said.get("error"):
                raise Conflict(str(error))
            status = str(said.get("status", ""))
            found = DIGEST.search(status)
            told = f"{said.get('id', '')}: {status}" if status.startswith(TOLD) else ""
            yield told, found[1] if found else ""
