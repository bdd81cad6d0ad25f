"""How an API key is written: `wove_<id>_<secret><checksum>`, so that a typo is found offline."""

import hashlib
import hmac
import secrets
import string
import zlib
from typing import NamedTuple

ALPHABET = string.digits + string.ascii_letters
ID_LENGTH, SECRET_LENGTH, CHECKSUM_LENGTH = 10, 32, 6


class WrittenKey(NamedTuple):
    """The parts of a key: `secret` has 190 bits and is never stored."""

    id: str
    secret: str

    @property
    def text(self) -> str:
        """Write the key the way its owner keeps it."""
        body = f"wove_{self.id}_{self.secret}"
        return body + _checksum(body)

    @property
    def hash(self) -> str:
        """Hash the secret; a plain hash is enough for a secret this long."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def matches(self, stored_hash: str) -> bool:
        """Compare with a stored hash, in constant time."""
        return hmac.compare_digest(self.hash, stored_hash)


def draw_key() -> WrittenKey:
    """Make a new key from the system's randomness."""
    return WrittenKey(_draw(ID_LENGTH), _draw(SECRET_LENGTH))


def read_key(text: str) -> WrittenKey | None:
    """Take a written key apart; None where it cannot be one of ours."""
    body, checksum = text[:-CHECKSUM_LENGTH], text[-CHECKSUM_LENGTH:]
    prefix, _, rest = body.partition("_")
    key_id, _, secret = rest.partition("_")
    fits = prefix == "wove" and len(key_id) == ID_LENGTH and len(secret) == SECRET_LENGTH
    if not fits or not text.isascii() or checksum != _checksum(body):
        return None
    return WrittenKey(key_id, secret)


def _draw(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(CHECKSUM_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits += ALPHABET[digit]
    return digits
