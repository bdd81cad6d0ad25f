"""What tells Squid, inside its container, who may go where; it asks for each request.

It reads the list again when that has changed: Squid itself would have to close its door for it.
"""

import ipaddress
import json
import sys
from pathlib import Path

LIST = Path("/etc/wove/list.json")
USUAL = {"80", "443"}
TLS = "443"
Rules = dict[str, dict[str, list[str]]]


def listed(rules: Rules, kind: str, source: str, host: str, port: str, method: str) -> bool:
    """Tell whether a host is on the list of the network from which it is asked for."""
    address = ipaddress.ip_address(source)
    for subnet, lists in rules.items():
        if address in ipaddress.ip_network(subnet):
            return _fits(lists[kind], host.lower().rstrip("."), port, method)
    return False


def _fits(hosts: list[str], host: str, port: str, method: str) -> bool:
    """Find a name with its port; one without means those of HTTP, and of TLS for a tunnel."""
    usual = port == TLS if method == "CONNECT" else port in USUAL
    return f"{host}:{port}" in hosts or (usual and host in hosts)


def main(kind: str) -> None:
    """Answer Squid, a line for a line."""
    read, rules = 0.0, Rules()
    for line in sys.stdin:
        channel, source, host, port, method = line.split()[:5]
        if (changed := LIST.stat().st_mtime_ns) != read:
            read, rules = changed, json.loads(LIST.read_text())
        answer = "OK" if listed(rules, kind, source, host, port, method) else "ERR"
        sys.stdout.write(f"{channel} {answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
