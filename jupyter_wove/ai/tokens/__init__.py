"""How many tokens a text has, told without asking who counts them."""

import re
from math import ceil

# A tokenizer cuts a text so first, and each piece into tokens of about as many characters.
PIECES = {
    "wide": (r"[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]+", 1.5),
    "letters": (r" ?[^\W\d_]+", 9),
    "digits": (r"\d+", 3),
    "signs": (r" ?(?:[^\w\s]|_)+", 3),
    "space": (r"\s+", 16),
}
PIECE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in PIECES.items()))


def estimate(text: str) -> int:
    """Estimate the tokens of a text."""
    return sum(
        ceil(len(match[0]) / PIECES[match.lastgroup or "signs"][1])
        for match in PIECE.finditer(text)
    )
