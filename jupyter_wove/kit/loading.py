"""Loading modules while others are served: neither waits long for the other.

Now and then Python's collector looks at every object there is, and nothing else runs meanwhile:
a tenth of a second in a Jupyter server, and loading a large library has it do so again and again.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 1  # the generation up to which looking takes no time


@contextmanager
def undisturbed(module: str) -> Iterator[None]:
    """Load a module with the collector off, which does not look at it later either.

    Does nothing where it is loaded already.
    """
    if module in sys.modules or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.collect(YOUNG)
        gc.freeze()
        gc.enable()


def look_at_all() -> None:
    """Let go of what nobody needs any more, also of what was there while something was loaded.

    Nothing else runs for a tenth of a second: to be done where nobody waits.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
