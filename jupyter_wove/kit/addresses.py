"""Addresses on the Internet, told from those of this machine and of its network."""

import ipaddress

# Each of these stands for an address of version 4.
_TRANSLATED = [ipaddress.ip_network(each) for each in ("64:ff9b::/96", "2002::/16", "2001::/32")]


def is_public(address: str) -> bool:
    """Tell whether an address is one of the Internet, and stands for no other."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in each for each in _TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast
