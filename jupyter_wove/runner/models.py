"""What Wove and the deploy runner say to each other."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias, get_args
from uuid import UUID

import msgspec

Kind = Literal[
    "saved",  # notebooks as pages, with the outputs that they have
    "executed",  # notebooks as pages, run anew
    "site",  # a folder of pages, as it is or as its build step makes it
    "jupyterlite",
    "sphinx",  # and Jupyter Book
    "voila",
    "streamlit",
    "panel",
    "gradio",
    "dash",
    "solara",
    "shiny",
    "asgi",  # FastAPI, Starlette, …
    "wsgi",  # Flask, …
    "node",  # a server in Node.js
    "function",  # handler(event, context), as on AWS Lambda
    "edge",  # a worker, as on Cloudflare
]
# The file in a runner's folder that says that nothing is left to be made ready ahead.
READY = "ready"
KINDS: tuple[str, ...] = get_args(Kind)
StageName = Literal[
    "scanning", "locking", "installing", "building", "executing", "starting", "checking"
]
Access = Literal["private", "project", "hub", "unlisted", "public"]
Megabytes = Annotated[int, msgspec.Meta(ge=64, le=65536)]
Path = Annotated[str, msgspec.Meta(max_length=255)]
Words = Annotated[
    list[Annotated[str, msgspec.Meta(max_length=4096)]], msgspec.Meta(max_length=100)
]
Requirements = Annotated[
    list[Annotated[str, msgspec.Meta(max_length=4096)]], msgspec.Meta(max_length=1000)
]
Hosts = Annotated[list[Annotated[str, msgspec.Meta(max_length=253)]], msgspec.Meta(max_length=100)]


class Plan(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How the files of a project become something live; its `wove.toml` may say otherwise.

    `entry` is the notebook or program that it begins with. What is installed is what `lock` names,
    a file of the project with exact versions, or else `requirements`, as pip or npm write them.
    `prepare` are commands of the build. A container serves by `start`, on `port`, and is well when
    `health` answers; where `site` names a folder instead, that is served without a container.
    `hosts` are the names that the running app may reach, and no others.
    """

    kind: Kind
    base: Literal["python", "node", "none"] = "python"
    entry: Path = ""
    requirements: Requirements = []
    lock: Path = ""
    prepare: Annotated[list[Words], msgspec.Meta(max_length=20)] = []
    start: Words = []
    site: Path = ""
    port: Annotated[int, msgspec.Meta(ge=1024, le=65535)] = 8080
    health: Path = "/"
    memory_mb: Megabytes = 512
    cpus: Annotated[float, msgspec.Meta(gt=0, le=64)] = 1.0
    hosts: Hosts = []


class BuildOrder(msgspec.Struct):
    """Files that were sent before, by the same id, are to be built as the plan says.

    What is downloaded is kept for the next builds of the same owner, and of nobody else.
    """

    id: UUID
    app_id: UUID
    owner_id: UUID
    plan: Plan


class Push(msgspec.Struct):
    """An image of an app is to be pushed to a registry, as `registry/name:tag`."""

    image: str
    name: str
    user: str
    password: str


class App(msgspec.Struct):
    """What the runner knows of an app beside its releases: where it is reached, and by whom.

    It is reached at `slug` and at `hosts`, names of its own that were proven. `home` is the page
    of Wove that lets visitors in, `about` the page of the project that it was made from. It sleeps
    after `idle` seconds without a visit, never where that is 0. `unproven` hosts show the token
    that is beside them. Where `badge` is set, its pages link to `about`. Its containers start with
    `environment`, which may hold secrets: it stands in no image, no log and no answer.
    """

    id: UUID
    slug: str
    title: str
    access: Access
    hosts: list[str]
    home: str
    about: str
    idle: int
    environment: dict[str, str] = {}
    unproven: dict[str, str] = {}
    badge: bool = True


class Release(msgspec.Struct):
    """What was built and can be served: an image, or a site that lies on the runner's disk."""

    id: UUID
    plan: Plan
    image: str
    site: str


class Stage(msgspec.Struct, tag="stage"):
    """Another part of the work has begun."""

    name: StageName


class Line(msgspec.Struct, tag="line"):
    """A line of the log; those of `wove` explain what is done."""

    stream: Literal["stdout", "stderr", "wove"]
    text: str


class Built(msgspec.Struct, tag="built"):
    """It is built: an image, or a site; `lock` is what was installed, in exact versions."""

    image: str
    site: str
    lock: str
    size: int  # bytes


class Live(msgspec.Struct, tag="live"):
    """It is served to visitors from now on."""

    url: str


class Failed(msgspec.Struct, tag="failed"):
    """It did not come about: why, and what can be done, in sentences for a person.

    `cell` is the number of the code cell that failed, from 1, in the notebook `path`.
    """

    reason: str
    hint: str
    path: str
    cell: int | None
    traceback: str
    refused: list[str]  # hosts that it asked for and that it may not reach


class BookRan(msgspec.Struct, tag="book"):
    """A notebook was run once, or why it was not; `cell` is the code cell that failed, from 1."""

    path: str
    outcome: Literal["clean", "failed", "skipped"]
    seconds: float
    cell: int | None
    reason: str
    traceback: str


class Checked(msgspec.Struct, tag="checked"):
    """All notebooks were run that can be."""


class Ran(msgspec.Struct, tag="ran"):
    """A program came to its end; why it is not well, in a sentence, "" where it is."""

    code: int
    reason: str


Message: TypeAlias = Stage | Line | Built | Live | Failed | BookRan | Checked | Ran


class AppState(msgspec.Struct):
    """How an app is doing; `memory` in bytes, of `sessions` open connections."""

    id: UUID
    state: Literal["live", "asleep", "waking", "stopped"]
    release_id: UUID | None
    url: str
    sessions: int
    memory: int
    since: datetime
    problem: str


class Minute(msgspec.Struct):
    """What was asked of an app in a minute; 95 of 100 requests were quicker than `p95`."""

    at: datetime
    requests: int
    errors: int
    p95: float  # milliseconds


class Visits(msgspec.Struct):
    """What was asked of an app lately, by the minute, the oldest first."""

    minutes: list[Minute]


class OutputLine(msgspec.Struct):
    """A line that a running app wrote; `n` counts them, while the runner runs."""

    n: int
    at: datetime
    text: str


class Visitor(msgspec.Struct):
    """Somebody who may visit an app, as Wove has found out."""

    person_id: UUID
    name: str


class Code(msgspec.Struct):
    """What lets one visitor in once, within a minute."""

    code: str


class Row(msgspec.Struct):
    """What came of one attack on a sandbox."""

    name: str
    result: Literal["pass", "warn", "fail"]
    found: str
    advice: str


class Status(msgspec.Struct):
    """What the runner has: an engine or a sentence about why there is none, and its images."""

    engine: str
    problem: str
    images: list[str]
    address: str  # of apps, with {slug} in it
    stacks: list[str]  # environments that are ready
    preparing: list[str] = []  # what is being installed in the one that is made ready now


class KernelOrder(msgspec.Struct, kw_only=True):
    """A kernel to start, which signs its messages with `key`.

    It sees a copy of the files in `folder`, which lies below `root`; none where that is "". It
    begins in the folder `place` of those. `session` names its notebook to the code in it.
    """

    id: UUID
    key: Annotated[str, msgspec.Meta(min_length=32, max_length=200)]
    root: Annotated[str, msgspec.Meta(max_length=1024)] = ""
    folder: Annotated[str, msgspec.Meta(max_length=1024)] = ""
    place: Annotated[str, msgspec.Meta(max_length=1024)] = ""
    session: Annotated[str, msgspec.Meta(max_length=1024)] = ""
    memory_mb: Megabytes | None = None


class StartedKernel(msgspec.Struct):
    """A kernel that answers: its sockets are `ip`-1 to `ip`-5, as Jupyter counts them.

    What lies in its folder is a copy, unless there was too much: then it sees the files
    themselves, and cannot change them.
    """

    ip: str
    files: Literal["copied", "read-only", "none"]
    pooled: bool


class KernelSignal(msgspec.Struct):
    """A signal, by its number, for a kernel."""

    number: Annotated[int, msgspec.Meta(ge=1, le=31)]


class KernelEnd(msgspec.Struct):
    """How a kernel ended; why, in a sentence, where nobody asked it to."""

    code: int
    reason: str


class RunOrder(msgspec.Struct, kw_only=True):
    """A program to run once, in a folder with these files: a command, or Python that is given."""

    command: Words = []
    code: Annotated[str, msgspec.Meta(max_length=1_000_000)] = ""
    files: Annotated[dict[Path, str], msgspec.Meta(max_length=1000)] = {}
    memory_mb: Megabytes = 512
    seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60
