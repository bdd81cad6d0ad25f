"""What can be done with the host names of an app's own."""

import secrets
from urllib.parse import urlsplit
from uuid import UUID

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.deploy.domains.models import Domain, NewDomain
from jupyter_wove.deploy.domains.proving import Proving
from jupyter_wove.deploy.domains.records import record_of
from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.models import AppChanged
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow, DomainRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.units import Units

MOST = 10  # host names of an app


class Domains:
    """Host names of an app's own, each proven before visitors come by it."""

    def __init__(self, units: Units, hosting: Hosting, proving: Proving) -> None:
        self.units = units
        self.hosting = hosting
        self.proving = proving

    def all(self, actor: Actor, app_id: UUID) -> list[Domain]:
        """List the host names of an app's own, with what is still to do for them."""
        with self.units.read() as unit:
            store = AppStore(unit.session)
            app = store.allowed(actor, app_id, Action.SERVE)
            return [_domain(row, app) for row in store.domains(app_id)]

    def add(self, actor: Actor, app_id: UUID, body: NewDomain) -> Domain:
        """Say that a host name is to lead to an app; how to prove that stands in the answer."""
        host = body.host.lower()
        with self.units.write() as unit:
            store = AppStore(unit.session)
            app = store.allowed(actor, app_id, Action.SERVE)
            known = {row.host: row for row in store.domains(app_id)}
            if host not in known and len(known) >= MOST:
                raise Conflict(f"An app has at most {MOST} domains. Remove one first.")
            row = known.get(host) or DomainRow(
                app_id=app_id, host=host, token=secrets.token_urlsafe(24), added=now()
            )
            unit.session.add(row)
            unit.session.flush()
            shown = _domain(row, app)
        self.hosting.tell_if_served(app)
        return shown

    def verify(self, actor: Actor, app_id: UUID, host: str) -> Domain:
        """See whether a host name leads here, and serve the app there if it does."""
        with self.units.read() as unit:
            store = AppStore(unit.session)
            app = store.allowed(actor, app_id, Action.SERVE)
            row = store.domain(app_id, host.lower())
        if not self.proving.is_recorded(row.host, row.token):
            self._demand_shown(app, row)
        with self.units.write() as unit:
            store = AppStore(unit.session)
            store.allowed(actor, app_id, Action.SERVE)
            take_turn(unit.session, f"domain {row.host}")
            self._take_from_others(store, app_id, row.host)
            row = store.domain(app_id, row.host)
            row.verified = now()
            unit.emit(AppChanged(app_id, app.project_id, by=actor.id))
            shown = _domain(row, app)
        self.hosting.tell_if_served(app)
        return shown

    def _demand_shown(self, app: AppRow, row: DomainRow) -> None:
        """Raise Conflict where a host name does not lead to the app, which shows the token."""
        if app.release_id is None:
            raise Conflict(
                f"There is no record TXT at {record_of(row.host)} with {row.token}, and nothing of"
                " this app was ever served. Add the record, or deploy the app first."
            )
        self.hosting.tell(app.id)  # so that it shows the token
        self.proving.demand(row.host, row.token)

    def remove(self, actor: Actor, app_id: UUID, host: str) -> None:
        """Have a host name lead to an app no longer."""
        with self.units.write() as unit:
            store = AppStore(unit.session)
            app = store.allowed(actor, app_id, Action.SERVE)
            unit.session.delete(store.domain(app_id, host.lower()))
            unit.emit(AppChanged(app_id, app.project_id, by=actor.id))
        self.hosting.tell_if_served(app)

    def _take_from_others(self, store: AppStore, app_id: UUID, host: str) -> None:
        """Raise Conflict where another app has proven the same name, and is still there."""
        other = store.verified(host)
        if other is None or other.app_id == app_id:
            return
        if store.get(other.app_id).deleted is None:
            raise Conflict(f"{host} leads to another app of this server. Remove it there first.")
        other.verified = None
        store.session.flush()


def _domain(row: DomainRow, app: AppRow) -> Domain:
    said = "" if row.verified else _instruction(row, app)
    return Domain(row.host, row.token, record_of(row.host), said, row.added, row.verified)


def _instruction(row: DomainRow, app: AppRow) -> str:
    place = urlsplit(app.url).hostname or "the address at which apps of this server are reached"
    return (
        f"Add a record CNAME for {row.host} to your DNS that leads to {place}, or an A record with"
        " the same address. When it is known, verify the domain here. To prove it before it leads"
        f" here, add a record TXT for {record_of(row.host)} with the text {row.token}."
    )
