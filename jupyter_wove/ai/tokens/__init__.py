"""How many tokens a text has at most, told without asking who counts them.

Held to what tokenizers count by `benchmarks/tokens.py`; none of them is here, for the newest ones
are not published, and those that are take megabytes.
"""

import re
from math import ceil

# A tokenizer cuts a text so first. Beside it how many tokens a character of each piece is at most.
PIECES = {
    "blob": (r"[A-Za-z0-9+/=_-]{40,}", 0.85),
    "word": (r" ?[A-Z]?[a-z]+", 1 / 6),
    "capitals": (r" ?[A-Z]+", 1 / 2.4),
    "digits": (r" ?[0-9]+", 1 / 2.2),
    "signs": (r" ?[!-/:-@\[-`{-~]+", 1 / 2.1),
    "space": (r"\s+", 1 / 12),
    "accented": (r" ?[\u00aa-\u024f\u1e00-\u1eff]+", 1.6),
    "greek": (r" ?[\u0370-\u03ff\u1f00-\u1fff]+", 1.15),
    "cyrillic": (r" ?[\u0400-\u052f]+", 0.75),
    "hebrew, arabic": (r" ?[\u0530-\u07ff]+", 1.1),
    "chinese, japanese": (r" ?[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+", 1.9),
    "korean": (r" ?[\uac00-\ud7a3]+", 1.8),
    "others": (r".", 3.0),
}
RATES = [rate for _, rate in PIECES.values()]
PIECE = re.compile("|".join(f"({pattern})" for pattern, _ in PIECES.values()))


def estimate(text: str) -> int:
    """Estimate the tokens of a text: seldom fewer than there are, and about a quarter more."""
    return sum(
        ceil(len(match[0]) * RATES[(match.lastindex or 1) - 1]) for match in PIECE.finditer(text)
    )
