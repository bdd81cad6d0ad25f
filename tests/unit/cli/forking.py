"""Commands in processes of their own, without loading all of Wove for each of them."""

import json
import subprocess
import sys
from pathlib import Path

# Is alone in its process, where it is safe to fork; each child is as fresh as one that has just
# loaded the commands.
PARENT = """
import json, os, sys
import alembic.command, jupyter_wove.app, jupyter_wove.cli.session, jupyter_wove.projects
from jupyter_wove.cli import main

def run(asked):
    os.environ.update(asked["environment"])
    os.dup2(os.open(asked["given"], os.O_RDONLY), 0)
    for number, name in enumerate([asked["out"], asked["err"]], start=1):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["jupyter-wove", *asked["words"]]
    main()

for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            run(json.loads(line))
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except BaseException:
            sys.excepthook(*sys.exc_info())
            status = 1
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status or 0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Commands:
    """Runs commands, one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parent = subprocess.Popen(
            [sys.executable, "-c", PARENT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self, words: list[str], environment: dict[str, str], given: str = ""
    ) -> tuple[int, str, str]:
        """Run one; return its status, what it printed, and what it complained of."""
        typed, out, err = (self._folder / name for name in ("typed", "out", "err"))
        typed.write_text(given)
        asked = {"words": words, "environment": environment}
        asked |= {"given": str(typed), "out": str(out), "err": str(err)}
        self._parent.stdin.write(json.dumps(asked) + "\n")
        self._parent.stdin.flush()
        status = int(self._parent.stdout.readline())
        return status, out.read_text(), err.read_text()

    def close(self) -> None:
        """End the process that they come from."""
        self._parent.stdin.close()
        self._parent.wait(10)
        self._parent.stdout.close()
