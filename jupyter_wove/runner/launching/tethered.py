"""The runner as a child: `python -m` this, with its settings; it ends when its input does."""

import os
import runpy
import signal
import sys
import threading
import time

ENDS_WITHIN = 8.0  # seconds; after that, what it would still tidy up is left to the next


def main() -> None:
    """Run `wove-runner serve` for as long as whoever started this process lives."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.argv = ["wove-runner", "serve", "--config", sys.argv[1]]
    runpy.run_module("jupyter_wove_runner", run_name="__main__", alter_sys=True)


def _end_with_parent() -> None:
    """Wait until nobody holds the other end of the standard input any more."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(ENDS_WITHIN)
    os._exit(1)


if __name__ == "__main__":
    main()
