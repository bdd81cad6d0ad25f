"""Who changes a document."""

from typing import NamedTuple


class Author(NamedTuple):
    """The id of a person, and the name that Jupyter knows them by; empty for who is none."""

    person: str = ""
    username: str = ""


NOBODY = Author()  # what the server itself does
