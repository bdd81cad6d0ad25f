"""Letting visitors into an app: who may, and the way that is good for one of them, once."""

from urllib.parse import urlencode, urljoin, urlsplit
from uuid import UUID

from jupyter_wove.accounts import Actor, Role
from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.policy import may_visit
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow
from jupyter_wove.kit.errors import BadRequest, Conflict, Forbidden, NotFound
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRow
from jupyter_wove.runner import Visitor

ENTER = "/_wove/enter"  # on the host of each app
SAYS = {
    "private": "Only those who edit its project may visit this app. Ask one of them to open it.",
    "project": "Only those who work on its project may visit this app. Ask one of them to join.",
}


class Visiting:
    """The door of apps, on the side of Wove: it knows who somebody is."""

    def __init__(self, units: Units, hosting: Hosting) -> None:
        self.units = units
        self.hosting = hosting

    def way_in(self, actor: Actor, app_id: UUID, to: str) -> str:
        """Say where somebody who is signed in enters an app. Raises Forbidden, NotFound."""
        demand_path(to)
        with self.units.read() as unit:
            row = self._visited(AppStore(unit.session), actor, app_id)
        if row.access in {"public", "unlisted"}:
            return urljoin(self._home(row), to)
        code = self.hosting.code(app_id, Visitor(actor.id, actor.name))
        return f"{urljoin(self._home(row), ENTER)}?{urlencode({'code': code, 'to': to})}"

    def _visited(self, store: AppStore, actor: Actor, app_id: UUID) -> AppRow:
        row = store.get(app_id)
        project = store.session.get(ProjectRow, row.project_id)
        if row.deleted or project is None or project.deleted:
            raise NotFound("This app is gone.")
        role: Role = store.role(actor, row)
        if not may_visit(row.access, role, signed_in=True):
            raise Forbidden(SAYS[row.access])
        if row.release_id is None:
            raise Conflict("Nothing of this app was ever served. Deploy it first.")
        return row

    def _home(self, row: AppRow) -> str:
        state = self.hosting.states().get(row.id)
        return state.url if state else row.url


def demand_path(to: str) -> None:
    """Raise BadRequest for what is no path on the same host."""
    parts = urlsplit(to)
    leads_away = parts.scheme or parts.netloc or to.startswith(("//", "/\\"))
    if not to.startswith("/") or leads_away or any(ord(each) <= ord(" ") for each in to):
        raise BadRequest("An app is entered at a path, such as /.")
