"""How a release comes to be served at a target: the same steps for all of them."""

from contextlib import suppress

from jupyter_wove.deploy.targets.models import NotWell, Order
from jupyter_wove.deploy.targets.target import Say, Target
from jupyter_wove.kit.errors import WoveError
from jupyter_wove.runner import Line, Live, Stage


async def serve(target: Target, order: Order, say: Say) -> Live:
    """Upload a release beside the one that is served, check it, and switch to it.

    One that was uploaded before is only checked: that is the way back.
    """
    say(Stage("starting"))
    uploaded = await target.find(order)
    is_new = uploaded is None
    if uploaded is None:
        uploaded = await target.upload(order, say)
    else:
        say(Line("wove", "It was uploaded before, and is still there."))
    say(Stage("checking"))
    try:
        await target.check(order, uploaded, say)
        return Live(await target.activate(order, uploaded, say))
    except NotWell:
        if is_new:
            await _forgotten(target, order)
        raise


async def _forgotten(target: Target, order: Order) -> None:
    """Leave nothing behind of what nobody visits; why it is not well is what counts."""
    with suppress(WoveError):
        await target.forget(order.app, order.release.id)
