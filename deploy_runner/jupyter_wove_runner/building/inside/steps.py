"""Runs commands one after the other until one fails: `python3 steps.py '[["make", "a"]]'`."""

import json
import subprocess
import sys


def main() -> None:
    """Run them, and end as the first that fails."""
    for command in json.loads(sys.argv[1]):
        print("$", *command, flush=True)
        try:
            code = subprocess.run(command, check=False).returncode
        except OSError as error:
            print(f"{command[0]}: {error.strerror}", file=sys.stderr, flush=True)
            code = 127
        if code:
            sys.exit(code if code > 0 else 128 - code)


if __name__ == "__main__":
    main()
