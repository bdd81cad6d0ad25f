"""Deploy many times while builds are cancelled and processes killed; then see what is left.

Run `scripts/with-docker python benchmarks/leaks.py`, with the number of deployments, and with the
seed of an earlier run to make the same choices again.
"""

import argparse
import os
import secrets
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # so that it runs as a file, wherever from

from benchmarks.figures import machine, say  # noqa: E402
from tests.runner.deploying.ground import Ground  # noqa: E402
from tests.runner.deploying.left import cleared, kept  # noqa: E402
from tests.runner.deploying.soak import YOUNG, Soak, settled, shown  # noqa: E402


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="See what deployments leave behind.")
    parser.add_argument("count", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


def main() -> None:
    given = options()
    say(f"seed {given.seed}")
    with tempfile.TemporaryDirectory(prefix="wove-leaks-") as folder:
        ground = Ground(Path(folder) / "ground", os.environ["WOVE_TEST_DOCKER"])
        try:
            well = _soaked(Soak(ground, given.seed, given.count, say))
        finally:
            ground.close()
            cleared(ground)
    if not well:
        sys.exit(1)


def _soaked(soak: Soak) -> bool:
    before, began = os.getloadavg()[0], time.monotonic()
    soak.run()
    took, loads = time.monotonic() - began, f"{before:.1f} and {os.getloadavg()[0]:.1f}"
    print(f"{machine()}; load average {loads} before and after; {took:.0f} s.\n")
    print(_table(soak.outcomes))
    print(f"\nSeed {soak.seed}; killed: {dict(soak.mishaps)}")
    well = _told("beside what is live", settled(soak.ground, YOUNG))
    soak.ground.a_day_later()
    live = list(soak.live())
    for app, text in live:
        shown(soak.ground, app, text)
    print(f"Live, and well: {len(live)}")
    well &= _told("a day later", settled(soak.ground))
    soak.delete_all()
    soak.ground.tidy()
    well &= _told("after all were deleted", settled(soak.ground))
    print(f"Kept for the next deployments: {kept(soak.ground)}")
    soak.ground.close()
    print(f"Kept when the server has ended: {kept(soak.ground)}")
    return well


def _told(when: str, left: dict[str, list[str]]) -> bool:
    print(f"Left {when}: {left or 'nothing'}", flush=True)
    return not left


def _table(outcomes: Counter[tuple[str, str]]) -> str:
    kinds, states = (sorted({key[i] for key in outcomes}) for i in (0, 1))
    rows = [["kind", *states], ["---"] * (len(states) + 1)]
    rows += [[kind, *(str(outcomes[kind, state]) for state in states)] for kind in kinds]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    main()
