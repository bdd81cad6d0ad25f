"""Names that are spelled nearly like another."""

from collections.abc import Iterable

SURE = 8  # characters from which on a second slip is taken for one


def slips(name: str) -> int:
    """Tell how many letters may be wrong, missing, too many or exchanged."""
    return 1 if len(name) < SURE else 2


def nearest(name: str, known: Iterable[str], limit: int) -> list[str]:
    """Find the known names that are nearest to one, without it."""
    from rapidfuzz import process  # noqa: PLC0415 — with the first name that is nowhere
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extract(
        name.lower(),
        known,
        scorer=OSA.distance,  # type: ignore[arg-type]
        processor=str.lower,
        score_cutoff=slips(name),
        limit=limit,
    )
    return [each for each, distance, _ in found if distance]
