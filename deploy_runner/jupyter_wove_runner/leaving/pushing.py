"""Images on their way to a registry."""

from collections.abc import AsyncIterator

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.runner import Built, Failed, Line, Message, Push
from jupyter_wove_runner.sandboxes import Sandboxes


async def pushed(here: Sandboxes, push: Push) -> AsyncIterator[Message]:
    """Push an image by another name, which it loses here afterwards; end with its digest."""
    digest = ""
    try:
        await here.engine.tag(push.image, push.name)
        async for told, found in here.engine.push(push.name, push.user, push.password):
            digest = found or digest
            if told:
                yield Line("stdout", told)
        yield Built(f"{push.name.rpartition(':')[0]}@{digest}", "", "", 0)
    except WoveError as error:
        hint = "See whether the registry is the right one, and accepts the password."
        yield Failed(f"The image cannot be pushed: {error}", hint, "", None, "", [])
    finally:
        await here.engine.remove_image(push.name)
