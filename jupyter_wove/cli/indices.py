"""What `jupyter wove doctor` says of the search index."""

from collections.abc import Iterator

from jupyter_wove.app import Wove
from jupyter_wove.cli.findings import Finding
from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.outbox import Waiting

LONGEST_LAG = 60.0  # seconds


def look(wove: Wove) -> Iterator[Finding]:
    """Say where the index is, and look whether it can be read and follows the projects."""
    places = {"embedded": f"files in {wove.engines.folder}", "postgresql": "the database"}
    place = f"The search index is in {places[wove.engines.name]}"
    try:
        indexed = len(wove.words.revisions())
    except WoveError as error:
        yield Finding(f"{place}: {error}", False, "Make it anew: jupyter wove search rebuild")
        return
    yield Finding(f"{place} ({indexed} entries)", True, "")
    waiting = wove.outbox.waiting().get("search", Waiting())
    yield Finding(
        f"{waiting.events} changes wait for the search index{_since(waiting)}",
        waiting.lag < LONGEST_LAG,
        "Look at Jupyter's log for what search could not deal with.",
    )


def _since(waiting: Waiting) -> str:
    tries = f", tried {waiting.tries} times" if waiting.tries > 1 else ""
    return f", since {waiting.lag:.0f} seconds{tries}" if waiting.events else ""
