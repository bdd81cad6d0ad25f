"""Installing what a plan wants: exact versions first, then an environment made of them.

Whatever is said here to a shell is ours; what a project says goes in as a file.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.paths import inside
from jupyter_wove.runner import Plan

EDITION = "1"  # raise it when environments are made in another way: all are then made anew
COMPILE = "uv pip compile -q --generate-hashes --no-header -o lock.txt requirements.in"
EXPORT = "uv export -q --frozen --no-dev --no-emit-project -o lock.txt"
INSTALL = """\
uv venv -q --python /usr/bin/python3 /opt/env
uv pip install --compile-bytecode "$@" -r {lock}
rm {lock}
"""
RESOLVE = "npm install --package-lock-only --loglevel=error"
INSTALL_NODE = "npm ci --loglevel=error"
NO_WHEEL = re.compile(r"no usable wheels|no wheels? with|building from source is disabled", re.I)


@dataclass(frozen=True)
class Step:
    """A script of ours with its arguments, and the files that it finds in /app."""

    script: str
    files: dict[str, bytes]
    arguments: tuple[str, ...] = ()
    result: str = ""  # the file of /app that it makes

    def command(self) -> list[str]:
        """Say what is run."""
        return ["sh", "-ec", self.script, "sh", *self.arguments]


@dataclass(frozen=True)
class Lock:
    """Exact versions: the files that say them, and which of them says it all."""

    files: dict[str, bytes]
    name: str
    step: Step | None = field(default=None, compare=False)  # that still has to make them

    @property
    def text(self) -> str:
        """Give it to be read."""
        return self.files.get(self.name, b"").decode(errors="replace")

    def solved(self, content: bytes) -> "Lock":
        """Give the lock with what its step made."""
        return Lock(self.files | {self.name: content}, self.name)


def begun(plan: Plan, source: Path) -> Lock:
    """Find the lock of a project, or what makes one. Raises InvalidRequest."""
    return _node(plan, source) if plan.base == "node" else _python(plan, source)


def steps(plan: Plan, lock: Lock) -> list[Step]:
    """Say how an environment is installed: the second way where the first finds no wheel."""
    if plan.base == "node":
        return [Step(INSTALL_NODE, lock.files)]
    script = INSTALL.format(lock=lock.name)
    hashed = ("--require-hashes",) if "--hash" in lock.text else ()
    wheels = ("--only-binary", ":all:")
    return [Step(script, lock.files, (*hashed, *wheels)), Step(script, lock.files, hashed)]


def _python(plan: Plan, source: Path) -> Lock:
    if not plan.lock:
        wanted = {"requirements.in": "\n".join(plan.requirements).encode()}
        return Lock({}, "lock.txt", Step(COMPILE, wanted, result="lock.txt"))
    content = _read(source, plan.lock)
    if plan.lock.endswith("uv.lock"):
        files = {"uv.lock": content, "pyproject.toml": _read(source, "pyproject.toml")}
        return Lock({}, "lock.txt", Step(EXPORT, files, result="lock.txt"))
    name = "pylock.toml" if plan.lock.endswith(".toml") else "lock.txt"
    return Lock({name: content}, name)


def _node(plan: Plan, source: Path) -> Lock:
    if plan.lock:
        files = {
            plan.lock: _read(source, plan.lock),
            "package.json": _read(source, "package.json"),
        }
        return Lock(files, plan.lock)
    package = {"package.json": _package(plan.requirements)}
    step = Step(RESOLVE, package, result="package-lock.json")
    return Lock(package, "package-lock.json", step)


def _package(requirements: list[str]) -> bytes:
    """Write a package.json that wants what a plan wants: `name@range`, `@scope/name@range`."""
    wanted = (each[:1] + each[1:].partition("@")[0] for each in requirements)
    ranges = (each[1:].partition("@")[2] or "latest" for each in requirements)
    return msgspec.json.encode(
        {"private": True, "dependencies": dict(zip(wanted, ranges, strict=True))}
    )


def _read(source: Path, path: str) -> bytes:
    place = inside(source, path)
    if not place.is_file():
        raise InvalidRequest(f"The plan needs {path}, which is not among the files.")
    return place.read_bytes()
