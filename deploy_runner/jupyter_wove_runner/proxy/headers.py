"""Which headers pass between visitors and apps, and which never do."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import hdrs
from multidict import CIMultiDict, CIMultiDictProxy, MultiMapping

from jupyter_wove.runner import Visitor

HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# What says who somebody is, and what the proxy alone may say.
OURS = ("x-wove-", "x-forwarded-", "forwarded", "x-real-ip", "authorization", "cookie", "expect")
# A site may ask a browser to forget what others below the same domain keep, or to go elsewhere.
FAR_REACHING = frozenset({"clear-site-data", "alt-svc"})
JUPYTER = ("jupyterhub-", "jupyter-", "_jupyter", "wove-", "__host-wove-", "__secure-wove-")
# Of Jupyter's cookies, an app that is a Jupyter server itself sets these for its own host.
OF_SERVERS = ("_xsrf", "username-")


@dataclass(frozen=True)
class Origin:
    """Where a request came from, and how it reached us."""

    address: str
    scheme: str
    host: str


def upward(
    headers: CIMultiDictProxy[str], origin: Origin, visitor: Visitor | None, kind: str
) -> CIMultiDict[str]:
    """Choose what an app gets of a visitor's headers."""
    sent = CIMultiDict((n, v) for n, v in _end_to_end(headers) if not _is_ours(n))
    if cookies := _theirs(headers.getall(hdrs.COOKIE, ()), kind):
        sent[hdrs.COOKIE] = cookies
    sent["X-Forwarded-For"] = origin.address
    sent["X-Forwarded-Proto"] = origin.scheme
    sent["X-Forwarded-Host"] = origin.host
    quoted = f'"[{origin.address}]"' if ":" in origin.address else origin.address
    sent[hdrs.FORWARDED] = f'for={quoted};host="{origin.host}";proto={origin.scheme}'
    if visitor:
        sent["X-Wove-User"] = quote(visitor.name, safe=" @+._-'")
        sent["X-Wove-User-Id"] = str(visitor.person_id)
    return sent


def downward(headers: MultiMapping[str]) -> CIMultiDict[str]:
    """Choose what a visitor gets of an app's headers."""
    sent: CIMultiDict[str] = CIMultiDict()
    for name, value in _end_to_end(headers):
        plain = name.lower()
        if plain == "set-cookie":
            value = _host_only(value)  # noqa: PLW2901
        if value and plain not in FAR_REACHING and not plain.startswith("x-wove-"):
            sent.add(name, value)
    return sent


def _end_to_end(headers: MultiMapping[str]) -> Iterable[tuple[str, str]]:
    named = {
        word.strip().lower()
        for value in headers.getall(hdrs.CONNECTION, ())
        for word in value.split(",")
    }
    gone = HOP | named
    return ((name, value) for name, value in headers.items() if name.lower() not in gone)


def _is_ours(name: str) -> bool:
    """Tell whether only the proxy may say this; servers may read `_` as `-`."""
    return name.lower().replace("_", "-").startswith(OURS)


def _theirs(headers: Iterable[str], kind: str) -> str:
    """Leave out the cookies of Jupyter and of the proxy."""
    cookies = (each.strip() for header in headers for each in header.split(";"))
    return "; ".join(each for each in cookies if each and not _is_foreign(each, kind))


def _is_foreign(cookie: str, kind: str) -> bool:
    name = cookie.partition("=")[0].strip().lower()
    return name.startswith(JUPYTER) or (kind != "voila" and name.startswith(OF_SERVERS))


def _host_only(cookie: str) -> str:
    """Keep an app's cookie to its own host, and from the names of the proxy's cookies."""
    pair, *attributes = cookie.split(";")
    if pair.strip().lower().startswith(JUPYTER):
        return ""
    kept = (each for each in attributes if each.partition("=")[0].strip().lower() != "domain")
    return ";".join([pair, *kept])
