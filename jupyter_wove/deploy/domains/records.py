"""Whether the DNS of a host name shows a token: asked of a resolver, never of the host itself."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_wove.kit.errors import InvalidRequest

if TYPE_CHECKING:
    from dns.resolver import Resolver

LABEL = "_wove"  # no host has a name with an underscore: who sets this record has the DNS
PORT = 53
PATIENCE = 5.0  # seconds, for all tries


def record_of(host: str) -> str:
    """Name the record that proves a host name."""
    return f"{LABEL}.{host}"


@dataclass(frozen=True)
class Records:
    """Asks resolvers, the system's unless some are named as `address` or `address:port`."""

    resolvers: Sequence[str] = ()

    def show(self, host: str, token: str) -> bool:
        """Tell whether a TXT record of the host shows a token; False where nobody answers."""
        from dns.exception import DNSException  # noqa: PLC0415 — with the first domain
        from dns.rdtypes.txtbase import TXTBase  # noqa: PLC0415

        try:
            # With the dot, so that no domain of this machine's is searched.
            found = self._resolver().resolve(f"{record_of(host)}.", "TXT", lifetime=PATIENCE)
        except (DNSException, OSError):
            return False
        texts = [b"".join(each.strings) for each in found if isinstance(each, TXTBase)]
        return token.encode() in (text.strip() for text in texts)

    def _resolver(self) -> "Resolver":
        from dns.nameserver import Do53Nameserver  # noqa: PLC0415
        from dns.resolver import Resolver  # noqa: PLC0415

        resolver = Resolver(configure=not self.resolvers)
        resolver.cache = None  # who mends a record and tries again is to see that
        if self.resolvers:
            resolver.nameservers = [Do53Nameserver(*_place(each)) for each in self.resolvers]
        return resolver


def _place(resolver: str) -> tuple[str, int]:
    """Read an address of version 4, or one of version 6 in brackets, and a port. Raises."""
    address, _, port = resolver.rpartition(":") if _has_port(resolver) else (resolver, "", PORT)
    try:
        return str(ipaddress.ip_address(address.strip("[]"))), int(port)
    except ValueError as error:
        raise InvalidRequest(f"{resolver} in c.Wove.app_resolvers is no address.") from error


def _has_port(resolver: str) -> bool:
    return "]:" in resolver or resolver.count(":") == 1
