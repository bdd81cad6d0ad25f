"""What people can do with their own account, and how the server learns who asks."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta

import msgspec

from jupyter_wove.accounts.keys import WrittenKey, draw_key, read_key
from jupyter_wove.accounts.models import (
    Actor,
    CreatedKey,
    Key,
    KeyCreated,
    KeyRevoked,
    Me,
    NewKey,
    Person,
    PersonChange,
    PersonChanged,
    PersonJoined,
)
from jupyter_wove.accounts.policy import OF_ADMINISTRATORS, SCOPES
from jupyter_wove.accounts.store import USE_NOTED_EVERY, AccountStore
from jupyter_wove.accounts.tables import ApiKeyRow, PersonRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, Forbidden, InvalidRequest, NotFound, NotSignedIn
from jupyter_wove.kit.units import Unit, Units

LOCAL = "local"
MOST_KEYS = 50
MOST_HANDLE = 56  # of 64, so that a number fits behind it
ALL_SCOPES = frozenset(SCOPES)


class Accounts:
    """The account of the person who asks."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = AccountStore(unit.session)

    def me(self, actor: Actor) -> Me:
        """Say who is asking, and what this way of asking allows."""
        row = self.store.person(actor.id)
        return Me(row.handle, row.name, row.bio, row.joined, sorted(actor.scopes), actor.via)

    def change_me(self, actor: Actor, body: PersonChange) -> Me:
        """Change one's name or what one says of oneself."""
        row = self.store.person(actor.id)
        for field, value in msgspec.structs.asdict(body).items():
            if value is not msgspec.UNSET:
                setattr(row, field, value)
        self.unit.emit(PersonChanged(row.id))
        return self.me(actor)

    def person(self, actor: Actor, handle: str) -> Person:
        """Look somebody up by their handle."""
        row = self.store.by_handle(handle)
        return Person(row.handle, row.name, row.bio, row.joined)

    def keys(self, actor: Actor) -> list[Key]:
        """List one's valid API keys, newest first."""
        return [_key(row) for row in self.store.keys_of(actor.id, now())]

    def create_key(self, actor: Actor, body: NewKey) -> CreatedKey:
        """Make an API key that allows no more than this way of asking does."""
        self._check(actor, body)
        written, at = draw_key(), now()
        row = ApiKeyRow(
            id=written.id,
            person_id=actor.id,
            name=body.name,
            secret_hash=written.hash,
            scopes=sorted(set(body.scopes)),
            created=at,
            expires=at + timedelta(days=body.days),
        )
        self.unit.session.add(row)
        self.unit.emit(KeyCreated(row.id, by=actor.id))
        return CreatedKey(_key(row), written.text)

    def _check(self, actor: Actor, body: NewKey) -> None:
        if unknown := set(body.scopes) - ALL_SCOPES:
            raise InvalidRequest(f"There is no scope {', '.join(sorted(unknown))}.")
        if beyond := set(body.scopes) - actor.scopes:
            raise Forbidden(f"You do not hold the scope {', '.join(sorted(beyond))} yourself.")
        if len(self.store.keys_of(actor.id, now())) >= MOST_KEYS:
            raise Conflict(f"You have {MOST_KEYS} keys already. Revoke one first.")

    def revoke_key(self, actor: Actor, key_id: str) -> None:
        """Take an API key back; it is refused from now on."""
        row = self.store.valid_key(key_id, now())
        if row is None or row.person_id != actor.id:
            raise NotFound(f"You have no key {key_id}.")
        row.revoked = now()
        self.unit.emit(KeyRevoked(row.id, by=actor.id))


class Directory:
    """Tells the server who is asking; administrators are named as they sign in."""

    def __init__(self, units: Units, local_owner: str, administrators: Iterable[str] = ()) -> None:
        self.units = units
        self.local_owner = local_owner
        self.administrators = frozenset(map(_plain, administrators))

    def local(self) -> Actor:
        """Name the one owner of a Jupyter server where nobody signs in by name."""
        return _actor(self._known(LOCAL, LOCAL, self.local_owner), "local", ALL_SCOPES)

    def identity(self, provider: str, username: str, name: str) -> Actor:
        """Name the person that an identity provider calls `username`."""
        subject = _plain(username)
        scopes = self._scopes([(provider, subject)])
        return _actor(self._known(provider, subject, name), "session", scopes)

    def _scopes(self, identities: Iterable[tuple[str, str]]) -> frozenset[str]:
        """Tell what somebody may ask for who signs in so."""
        if any(by == LOCAL or name in self.administrators for by, name in identities):
            return ALL_SCOPES
        return ALL_SCOPES - OF_ADMINISTRATORS

    def key(self, text: str) -> Actor:
        """Name the owner of an API key, with the scopes of the key. Raises NotSignedIn."""
        written = read_key(text)
        row = self._valid(written) if written else None
        if row is None:
            raise NotSignedIn("This API key is not valid: mistyped, expired or revoked.")
        with self.units.read() as unit:
            store = AccountStore(unit.session)
            person = store.person(row.person_id)
            held = self._scopes(store.identities(row.person_id))
        scopes = frozenset(row.scopes) & held
        return Actor(person.id, person.handle, person.name, scopes, "key")

    def _valid(self, written: WrittenKey) -> ApiKeyRow | None:
        at = now()
        with self.units.read() as unit:
            row = AccountStore(unit.session).valid_key(written.id, at)
        if row is None or not written.matches(row.secret_hash):
            return None
        if row.last_used is None or at - row.last_used > USE_NOTED_EVERY:
            with self.units.write() as unit:
                AccountStore(unit.session).note_use(row.id, at)
        return row

    def _known(self, provider: str, subject: str, name: str) -> PersonRow:
        with self.units.read() as unit:
            found = AccountStore(unit.session).by_identity(provider, subject)
        return found or self._welcome(provider, subject, name)

    def _welcome(self, provider: str, subject: str, name: str) -> PersonRow:
        wanted = handle_of(name if provider == LOCAL else subject)
        with self.units.write() as unit:
            store = AccountStore(unit.session)
            handle = _free(wanted, store.handles_like(wanted))
            found = store.by_identity(provider, subject)
            if found is None:
                called = name[:120] or handle
                found = store.add_person(handle, called, provider, subject, now())
                unit.emit(PersonJoined(found.id))
            return found


def handle_of(name: str) -> str:
    """Make of a name what can stand in an address: lower case letters, digits, `-`, `_`, `.`."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return re.sub(r"[^\w.-]+", "-", plain).strip("-.")[:MOST_HANDLE] or "somebody"


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(handle for handle in (wanted, *numbered) if handle not in taken)


def _actor(row: PersonRow, via: str, scopes: frozenset[str]) -> Actor:
    return msgspec.convert(
        {"id": row.id, "handle": row.handle, "name": row.name, "scopes": scopes, "via": via},
        Actor,
    )


def _plain(username: str) -> str:
    return unicodedata.normalize("NFKC", username)


def _key(row: ApiKeyRow) -> Key:
    return Key(row.id, row.name, list(row.scopes), row.created, row.expires, row.last_used)
