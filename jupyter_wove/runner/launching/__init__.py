"""Starting the runner of a data folder when it is first needed, and ending it with its starter."""

import fcntl
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jupyter_wove.kit.errors import Unavailable, WoveError
from jupyter_wove.kit.files import durable
from jupyter_wove.runner.launching.docker import docker_is_near
from jupyter_wove.runner.launching.places import is_private, make_private, socket_of
from jupyter_wove.runner.models import READY
from jupyter_wove.runner.sockets import NamedRunner, RunnerSocket

log = logging.getLogger(__name__)

STARTS_WITHIN = 60.0  # seconds; a busy machine, and what was left behind to tidy up
ENDS_WITHIN = 10.0
PAUSE = 0.05
LONGEST_PAUSE = 30.0  # between two starts of a runner that keeps dying
# What it needs of our environment; all else may hold secrets.
INHERITED = (
    "HOME",
    "LANG",
    "LOGNAME",
    "PATH",
    "PYTHONPATH",
    "TMPDIR",
    "TZ",
    "USER",
    "VIRTUAL_ENV",
)
INHERITED_FAMILIES = (
    "DOCKER_",
    "JUPYTER_",
    "LC_",
    "NODE_EXTRA_CA_CERTS",
    "NPM_CONFIG_",
    "PIP_",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_",
    "UV_",
    "XDG_",
    "npm_config_",
)
NEVER = ("TOKEN", "PASSWORD", "SECRET")
THEIRS = "wove_runner_config.py"
PROXIES = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")


def _nothing() -> None:
    """Do nothing once it has started."""


class LaunchedRunner:
    """The one runner of a data folder; whichever of its processes needs it first starts it.

    The runner itself holds a lock for as long as it lives, and ends when its standard input does.
    """

    def __init__(
        self, data: Path, config: str = "", started: Callable[[], None] = _nothing
    ) -> None:
        self.folder = data / "runner"
        self.socket = socket_of(data)
        self.started = started
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None
        self._worked = self._reviving = False
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def find(self) -> str:
        """Name the socket; start the runner where it does not run. Raises Unavailable."""
        with self._lock:
            if self.known() is None:
                self._start()
        return str(self.socket)

    def where(self) -> str:
        """Name the socket."""
        return str(self.socket)

    def known(self) -> str | None:
        """Name the socket where the runner listens there."""
        if not is_private(self.socket.parent):
            return None
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as tried:
            tried.settimeout(5)
            try:
                tried.connect(str(self.socket))
            except OSError:
                return None
        return str(self.socket)

    def begin(self) -> None:
        """Start it for what it makes ready ahead, where it has not, and Docker is near."""
        if not (self.folder / READY).exists() and docker_is_near():
            self.find()

    def close(self) -> None:
        """End the runner, if it is this process that started it."""
        self._closing.set()
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with suppress(OSError):  # another process may have started one meanwhile
            self.socket.unlink(missing_ok=True)
            self.socket.parent.rmdir()

    @property
    def is_ours(self) -> bool:
        """Tell whether it was this process that started it."""
        return self._process is not None

    def _start(self) -> None:
        """Start it, unless another process of this folder does so at this moment."""
        until = time.monotonic() + STARTS_WITHIN
        make_private(self.socket.parent)
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._process is not None and self._process.poll() is not None:
            self._process = None  # it died, and is started anew
        while not self._closing.is_set() and time.monotonic() < until:
            if self.known():
                return
            if self._process is None and (lock := self._locked()) is not None:
                self._launch(lock)
            elif self._process is not None and self._process.poll() is not None:
                self._process = None
                raise Unavailable(f"The runner does not start: {self._last_words()}")
            time.sleep(PAUSE)
        raise Unavailable("The runner, which builds and serves apps, did not start in time.")

    def _locked(self) -> int | None:
        """Take the lock; None where a runner holds it, which may be about to end."""
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return None
        return handle

    def _launch(self, lock: int) -> None:
        """Start the process, which inherits the lock."""
        try:
            with self._log.open("wb") as output:
                process = subprocess.Popen(  # noqa: S603 — a program of ours
                    self._command(),
                    stdin=subprocess.PIPE,
                    stdout=output,
                    stderr=output,
                    cwd=self.folder,
                    env=environment(),
                    pass_fds=[lock],
                    start_new_session=True,  # Ctrl-C at a terminal is for us alone
                )
        finally:
            os.close(lock)
        self._process = process
        threading.Thread(
            target=self._attend, args=[process], name="wove-runner", daemon=True
        ).start()

    def _command(self) -> list[str]:
        """Name the program, and write its settings down; an administrator's go before ours."""
        settings = self.folder / "settings.py"
        with durable(settings, 0o600) as file:
            file.write(self._settings().encode())
        return [sys.executable, "-m", f"{__name__}.tethered", str(settings)]

    def _settings(self) -> str:
        theirs = Path(self._config) if self._config else self.folder / THEIRS
        lines = ["c = get_config()", f"c.WoveRunner.name = {self.socket.parent.name!r}"]
        if self._config or theirs.is_file():
            lines.append(f"load_subconfig({theirs.name!r}, path={str(theirs.parent.resolve())!r})")
        lines.append(f"c.WoveRunner.state_dir = {str(self.folder.resolve())!r}")
        lines.append(f"c.WoveRunner.socket = {str(self.socket)!r}")
        return "\n".join([*lines, ""])

    def _attend(self, process: subprocess.Popen[bytes]) -> None:
        """Say that it has started, and start it again where it dies."""
        while self.known() is None and process.poll() is None:
            time.sleep(PAUSE)
        begun = time.monotonic()
        if process.poll() is None:
            self._worked, self._reviving = True, False
            self._say_started()
        process.wait()
        lived = time.monotonic() - begun
        with self._lock:
            if self._closing.is_set() or self._process not in {process, None} or self._reviving:
                return  # it was ended, or somebody who needs one has started another
            self._process, self._reviving = None, self._worked
        log.warning("The runner ended after %.0f seconds: %s", lived, self._last_words())
        if self._reviving:
            self._revive(max(1.0, LONGEST_PAUSE - lived))

    def _revive(self, pause: float) -> None:
        """Start it again, however often that takes: its apps have visitors."""
        while self._reviving and not self._closing.wait(pause):
            try:
                self.find()
                self._reviving = False
            except Unavailable as error:
                log.warning("%s", error)
                pause = LONGEST_PAUSE

    def _say_started(self) -> None:
        try:
            self.started()
        except WoveError as error:  # it is told again with the next change
            log.warning("The runner has started, but does not hear of all apps: %s", error)

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _last_words(self) -> str:
        said = (
            self._log.read_text(errors="replace").strip().splitlines()
            if self._log.exists()
            else []
        )
        return said[-1][:300] if said else f"it said nothing; see {self._log}"


def choose_runner(
    data: Path, named: str, config: str = "", started: Callable[[], None] = _nothing
) -> RunnerSocket:
    """Find the runner that settings name, or that of a data folder."""
    return NamedRunner(named) if named else LaunchedRunner(data, config, started)


def environment() -> dict[str, str]:
    """Choose what of our environment the runner may know."""
    return {name: value for name, value in os.environ.items() if _may_know(name)}


def _may_know(name: str) -> bool:
    if any(word in name.upper() for word in NEVER):
        return False
    return (
        name in INHERITED
        or name.lower() in PROXIES
        or any(name.startswith(family) for family in INHERITED_FAMILIES)
    )
