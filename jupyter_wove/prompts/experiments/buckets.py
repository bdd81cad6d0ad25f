"""Which share of an experiment somebody is in: the same one each time, on every server.

Each share draws a number for each person, as in a lottery, from a digest of who and what; the
best draw by weight wins (weighted rendezvous hashing). Where a weight changes, only people who
have to move do, and they move between that share and the others.
"""

import math
from collections.abc import Mapping
from hashlib import blake2b
from uuid import UUID

BYTES = 8


def bucket(experiment_id: UUID, person_id: UUID, weights: Mapping[int, int]) -> int:
    """Choose a share by its number; those without weight are nobody's."""
    shares = [number for number, weight in sorted(weights.items()) if weight > 0]
    return min(
        shares, key=lambda number: _draw(experiment_id, person_id, number) / weights[number]
    )


def _draw(experiment_id: UUID, person_id: UUID, number: int) -> float:
    """Draw from an exponential distribution; the least of several is in proportion to weights."""
    said = experiment_id.bytes + person_id.bytes + number.to_bytes(2)
    drawn = int.from_bytes(blake2b(said, digest_size=BYTES).digest())
    return -math.log((drawn + 0.5) / 2 ** (8 * BYTES))
