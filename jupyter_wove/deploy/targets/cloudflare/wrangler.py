"""Cloudflare's own tool, run with nothing of this server but a token and a way to Cloudflare.

It runs no code of others: it gets files and a configuration of ours, without any build step.
"""

import asyncio
import json
import os
import re
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from jupyter_wove.deploy.targets.cloudflare.gate import gate
from jupyter_wove.deploy.targets.cloudflare.options import (
    ACCOUNT,
    ADDRESS,
    TOKEN,
    CloudflareOptions,
)
from jupyter_wove.deploy.targets.target import Say
from jupyter_wove.kit.errors import InvalidRequest, Unavailable
from jupyter_wove.runner import Line

VERSION = "4.86.0"  # newer ones want a newer Node.js than many have
SECONDS = 600
IN_MEMORY = Path("/dev/shm")  # noqa: S108  a file system that is on no disk
KEPT = ("PATH", "LANG", "NODE_EXTRA_CA_CERTS")
_STYLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\r\x00]")


class Wrangler:
    """Runs the tool for one account."""

    def __init__(self, options: CloudflareOptions) -> None:
        self._options = options

    async def run(self, folder: Path, say: Say, *arguments: str) -> dict[str, dict[str, Any]]:
        """Run a command; return what it reports, by the kind of report.

        Raises Unavailable where the tool is missing, InvalidRequest with its words if it fails.
        """
        program = self._program()
        with _home() as home:
            async with (
                gate(self._options.endpoint) as way,
                _process(program, arguments, folder, self._environment(home, way)) as process,
            ):
                await _heard(process, say)
            reports = {each["type"]: each for each in _reports(home)}
        if process.returncode:
            said = reports.get("command-failed", {}).get("message", "it did not say why")
            raise InvalidRequest(f"Cloudflare's wrangler failed: {_plain(said)}")
        return reports

    def _program(self) -> str:
        """Find the tool. Raises Unavailable."""
        if found := shutil.which(self._options.wrangler):
            return found
        raise Unavailable(
            "Deploying to Cloudflare takes its tool wrangler, which is not installed here:"
            f" run npm install --global wrangler@{VERSION}"
        )

    def _environment(self, home: Path, way: str) -> dict[str, str]:
        """Say all that the tool may know of this server."""
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            ACCOUNT: self._options.account,
            TOKEN: self._options.token.shown(),
            ADDRESS: self._options.endpoint,
            "HOME": str(home),
            "HTTPS_PROXY": way,
            "HTTP_PROXY": way,
            "NO_PROXY": "none.invalid",  # so that the way is taken to every place
            "CI": "true",
            "NO_COLOR": "1",
            "WRANGLER_CACHE_DIR": str(home / "cache"),
            "WRANGLER_LOG_PATH": str(home / "logs"),
            "WRANGLER_OUTPUT_FILE_PATH": str(home / "reports"),
            "WRANGLER_SEND_ERROR_REPORTS": "false",
            "WRANGLER_SEND_METRICS": "false",
        }


@contextmanager
def private_folder(*, in_memory: bool = False) -> Iterator[Path]:
    """Have a folder that nobody else enters; what it holds is gone afterwards."""
    place = IN_MEMORY if in_memory and os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="wove-", dir=place) as folder:
        yield Path(folder)


@contextmanager
def _home() -> Iterator[Path]:
    with private_folder(in_memory=True) as home:
        yield home


@asynccontextmanager
async def _process(
    program: str, arguments: tuple[str, ...], folder: Path, environment: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a process; it is ended with all that it started, whatever happens."""
    process = await asyncio.create_subprocess_exec(
        program, *arguments, cwd=folder, env=environment, start_new_session=True,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _heard(process: asyncio.subprocess.Process, say: Say) -> None:
    assert process.stdout is not None  # noqa: S101  piped above
    try:
        async with asyncio.timeout(SECONDS):
            async for line in process.stdout:
                if text := _plain(line.decode(errors="replace")):
                    say(Line("stdout", text))
            await process.wait()
    except TimeoutError as error:
        raise Unavailable(f"Cloudflare's wrangler took more than {SECONDS} seconds.") from error


def _plain(text: str) -> str:
    return _STYLE.sub("", text).strip()


def _reports(home: Path) -> list[dict[str, Any]]:
    path = home / "reports"
    lines = path.read_text().splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]
