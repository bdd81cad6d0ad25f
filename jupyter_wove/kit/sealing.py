"""Secrets that have to be read again: sealed with a key of the server, in no copy of the database.

AES-256-GCM, bound to what the secret is for; each sealed text names the key that it was sealed
with, so that keys can be exchanged.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from jupyter_wove.kit.errors import Conflict, Unavailable
from jupyter_wove.kit.files import durable

KEY, NONCE = 32, 12  # bytes
FORM = "1"
OWNER_ONLY = 0o600


class KeyLost(Conflict):
    """Nobody can open it: the key of the server that it was sealed with is not there."""

    title = "The key of the server is lost"


class Sealing:
    """Seals with the first key of the server, and opens with any of them.

    They are those given, separated by commas, or else lie in a file, one a line.
    """

    def __init__(self, path: Path, given: str = "") -> None:
        self.path = path
        self._given = given.strip(", ")

    @property
    def is_given(self) -> bool:
        """Tell whether the keys are given, and no file of ours."""
        return bool(self._given)

    def seal(self, secret: str, purpose: str) -> str:
        """Seal a secret; makes the first key of the server where there is none."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 — 4 MB

        key, nonce = (self._keys() or [self.renew()])[0], os.urandom(NONCE)
        content = AESGCM(key).encrypt(nonce, secret.encode(), purpose.encode())
        return f"{FORM}.{_name(key)}.{_written(nonce + content)}"

    def open(self, sealed: str, purpose: str) -> str:
        """Open what was sealed for the same purpose. Raises KeyLost."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 — 4 MB
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        form, name, content = sealed.split(".")
        key = {_name(each): each for each in self._keys()}.get(name)
        if key is None or form != FORM:
            raise KeyLost(f"The key {name} of the server is not in {self._place}.")
        both = urlsafe_b64decode(content)
        try:
            return AESGCM(key).decrypt(both[:NONCE], both[NONCE:], purpose.encode()).decode()
        except InvalidTag as error:
            raise KeyLost("What was sealed has been changed since.") from error

    def can_open(self, sealed: Iterable[str]) -> bool:
        """Tell whether the keys are there with which these were sealed."""
        names = {_name(each) for each in self._keys()}
        return {each.split(".")[1] for each in sealed} <= names

    def renew(self) -> bytes:
        """Make a key to seal with from now on; the others still open."""
        key = os.urandom(KEY)
        self._write([key, *self._keys()])
        return key

    def forget_old(self) -> None:
        """Let go of all keys but the one that seals."""
        self._write(self._keys()[:1])

    @property
    def _place(self) -> str:
        return "WOVE_SERVER_KEY" if self.is_given else str(self.path)

    def _keys(self) -> list[bytes]:
        if self.is_given:
            lines = self._given.split(",")
        else:
            lines = self.path.read_text().splitlines() if self.path.exists() else []
        return [_read(line, self._place) for line in lines if line.strip()]

    def _write(self, keys: list[bytes]) -> None:
        with durable(self.path, OWNER_ONLY) as file:
            file.write("".join(f"{_written(key)}\n" for key in keys).encode())


def _read(line: str, place: str) -> bytes:
    try:
        key = urlsafe_b64decode(line.strip())
    except ValueError:
        key = b""
    if len(key) != KEY:
        raise Unavailable(f"A key of the server in {place} is not {KEY} bytes in base64.")
    return key


def _name(key: bytes) -> str:
    return sha256(b"wove:" + key).hexdigest()[:8]


def _written(content: bytes) -> str:
    return urlsafe_b64encode(content).decode()
