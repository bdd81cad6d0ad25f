"""How much a word tells: the fewer documents have it, the more."""

import math
import threading
import time
from collections.abc import Iterable

from jupyter_wove.search.engines.postgresql.connections import Speech
from jupyter_wove.search.engines.postgresql.words.schema import SHARES

GOOD_FOR = 600.0  # seconds; PostgreSQL counts anew when a tenth of a table has changed
RAREST = 0.001  # what share has a word that is not among the common ones, at most


class Rarity:
    """What PostgreSQL last counted of the common words; before that, all tell as much."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0
        self._shares: dict[str, float] = {}

    def look(self, speech: Speech) -> None:
        """Look what was counted, if that was not done of late."""
        with self._lock:
            if time.monotonic() < self._until:
                return
            self._until = time.monotonic() + GOOD_FOR
        rows = speech.ask(SHARES, {"name": speech.name})
        self._shares = {str(word): float(share) for word, share in rows}

    def of(self, words: Iterable[str]) -> float:
        """Tell how much words tell together: as much as the rarest of them."""
        shares = self._shares
        if not shares:
            return 1.0
        share = min((shares.get(word, RAREST) for word in words), default=RAREST)
        return math.log1p((1 - share) / share)
