"""Whether a host name is somebody's: its DNS shows a token, or it leads here and so shows it."""

import http.client
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from jupyter_wove.deploy.domains.records import Records, record_of
from jupyter_wove.kit.addresses import is_public
from jupyter_wove.kit.errors import Conflict

PROOFS = "/.well-known/wove-domain/"
PATIENCE = 10  # seconds
LONGEST = 200  # bytes
FINE = 200
OR = "There is no record TXT at {} with {} either."


def addresses_of(host: str) -> list[str]:
    """Look up the addresses of a host. Raises OSError where nobody knows any."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


@dataclass(frozen=True)
class Proving:
    """Looks for tokens; `private` says whether also at hosts of this network."""

    private: bool = False
    port: int = 80
    look_up: Callable[[str], list[str]] = addresses_of
    records: Records = field(default_factory=Records)

    def is_recorded(self, host: str, token: str) -> bool:
        """Tell whether the DNS of a host shows a token; the host itself is not asked."""
        return self.records.show(host, token)

    def demand(self, host: str, token: str) -> None:
        """Raise Conflict where a host does not show a token itself."""
        try:
            self._ask(host, token)
        except Conflict as error:
            raise Conflict(f"{error} {OR.format(record_of(host), token)}") from error

    def _ask(self, host: str, token: str) -> None:
        address = self._address(host)
        # To the very address that was looked at, and no further: redirects are not followed.
        connection = http.client.HTTPConnection(address, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", PROOFS + token, headers={"Host": host})
            answer = connection.getresponse()
            shown = answer.read(LONGEST)
        except (OSError, http.client.HTTPException) as error:
            raise Conflict(
                f"{host} does not answer at port {self.port}. Have it lead to the address at which"
                " apps are reached, wait until that is known everywhere, and try again."
            ) from error
        finally:
            connection.close()
        if answer.status != FINE or shown.strip() != token.encode():
            raise Conflict(f"{host} leads to another server, or is not known everywhere yet.")

    def _address(self, host: str) -> str:
        try:
            addresses = self.look_up(host)
        except OSError as error:
            raise Conflict(
                f"Nobody knows an address of {host} yet. Add it to your DNS, wait, and try again."
            ) from error
        if not self.private and not all(map(is_public, addresses)):
            raise Conflict(
                f"{host} is at an address of this machine or of its network. The administrator can"
                ' allow such domains: c.Wove.app_domains = "any".'
            )
        return addresses[0]
