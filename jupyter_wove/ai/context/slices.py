"""The cells that a cell is built on: those that made the names it needs, and theirs in turn."""

from itertools import chain

from jupyter_wove.ai.context.names import Names, names_of


def slice_of(sources: list[str], focus: int) -> list[int]:
    """List the places of the cells that a cell is built on, in the order of the notebook.

    A name was made by the last cell above that makes it; where none does, by the last below, for
    cells are run in any order.
    """
    names = [names_of(source) for source in sources]
    found: set[int] = set()
    waiting = [focus]
    while waiting:
        place = waiting.pop()
        for name in names[place].needed:
            maker = _maker(names, name, place)
            if maker is not None and maker != focus and maker not in found:
                found.add(maker)
                waiting.append(maker)
    return sorted(found)


def _maker(names: list[Names], name: str, place: int) -> int | None:
    places = chain(range(place - 1, -1, -1), range(len(names) - 1, place, -1))
    return next((other for other in places if name in names[other].made), None)
