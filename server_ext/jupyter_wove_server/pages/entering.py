"""The page that lets visitors into apps, which are at other hosts and know nobody."""

from typing import TYPE_CHECKING
from uuid import UUID

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_server.base import policy
from jupyter_wove_server.pages.page import Page

if TYPE_CHECKING:
    from jupyter_wove.app import Call

LONGEST = 4096  # characters of a path


class EnterPage(Page):
    """The way into an app, for those whom it lets in."""

    route = "/wove/apps/{app_id}/enter"

    @policy("apps:read")
    async def get(self, app_id: str) -> None:
        """Lead a visitor to the app, with what lets them in once."""
        from jupyter_wove.deploy import Visiting  # noqa: PLC0415 — with the first visitor

        to = self.asked("to", LONGEST) or "/"

        def way_in(call: "Call") -> str:
            visiting: Visiting = call.of(Visiting)
            return visiting.way_in(call.actor, _id(app_id), to)

        way = await self.call(way_in)
        self.set_header("Cache-Control", "no-store")
        self.redirect(way, status=303)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound("There is no such app.") from error
