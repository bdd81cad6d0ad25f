"""Which files matter most: those that are used by files that matter.

The ranks are those of PageRank (Page and Brin, 1998), with the jumps to where somebody is; aider
chooses what it shows of a repository so.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

DAMPING = 0.85
ROUNDS = 20


def ranks(
    defines: Mapping[str, Collection[str]],
    uses: Mapping[str, Collection[str]],
    wanted: Collection[str],
) -> dict[str, float]:
    """Rank files by what each defines and uses, from the names that somebody wants; sums to 1."""
    if not defines:
        return {}
    homes = defaultdict[str, list[str]](list)
    for path, names in defines.items():
        for name in names:
            homes[name].append(path)
    start = _shares({path: 1 + 10 * len({*names} & {*wanted}) for path, names in defines.items()})
    leads = {path: _leads(path, names, homes) for path, names in uses.items() if path in defines}
    now = start
    for _ in range(ROUNDS):
        now = _step(now, start, leads)
    return now


def _leads(path: str, names: Collection[str], homes: Mapping[str, list[str]]) -> dict[str, float]:
    """Weigh the files that a file uses: a name that many define says little."""
    found = defaultdict[str, float](float)
    for name in names:
        for home in homes.get(name, []):
            if home != path:
                found[home] += 1 / len(homes[name]) ** 2
    return _shares(found)


def _step(
    now: dict[str, float], start: dict[str, float], leads: dict[str, dict[str, float]]
) -> dict[str, float]:
    lost = sum(share for path, share in now.items() if not leads.get(path))
    following = {path: (1 - DAMPING + DAMPING * lost) * share for path, share in start.items()}
    for path, share in now.items():
        for home, part in leads.get(path, {}).items():
            following[home] += DAMPING * share * part
    return following


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    whole = sum(weights.values())
    return {each: weight / whole for each, weight in weights.items()} if whole else {}
