"""The small link *Remix this app* at the end of the pages of apps."""

from aiohttp import web
from multidict import CIMultiDict

from jupyter_wove.runner import App
from jupyter_wove_runner.proxy.pages import safe_link, wants_page

OK = 200
# Where styles are not allowed it stays hidden, and the page is as its app made it.
STYLE = (
    "#wove-remix{all:initial!important;display:block!important;position:fixed!important;"
    "right:10px!important;bottom:10px!important;z-index:2147483647!important;"
    "padding:4px 10px!important;border-radius:12px!important;opacity:.75!important;"
    "font:12px system-ui,sans-serif!important;color:#fff!important;background:#333!important;"
    "cursor:pointer!important}#wove-remix:hover,#wove-remix:focus{opacity:1!important}"
    "@media print{#wove-remix{display:none!important}}"
)


def badge(app: App, request: web.BaseRequest) -> bytes:
    """Make what is added to the page that a visitor asks for, or nothing."""
    link = safe_link(app.about)
    if not (app.badge and link and wants_page(request)) or "Range" in request.headers:
        return b""
    if request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return b""
    return (
        f"\n<style>{STYLE}</style>"
        f'<a id="wove-remix" hidden href="{link}" target="_blank" rel="noopener">'
        "Remix this app</a>"
    ).encode()


def fits(status: int, headers: CIMultiDict[str]) -> bool:
    """Tell whether an answer is a page that something may be added to."""
    return (
        status == OK
        and headers.get("Content-Type", "").lower().startswith("text/html")
        and headers.get("Content-Encoding", "identity") == "identity"
        and "attachment" not in headers.get("Content-Disposition", "")
        and all(_allows_style(each) for each in headers.getall("Content-Security-Policy", ()))
    )


def _allows_style(policy: str) -> bool:
    """Tell whether a policy lets the badge be drawn; what it forbids is not worked around."""
    rules = {words[0].lower(): words[1:] for each in policy.split(";") if (words := each.split())}
    sources = rules.get("style-src-elem", rules.get("style-src", rules.get("default-src")))
    if "sandbox" in rules:
        return False
    return sources is None or (
        "'unsafe-inline'" in sources
        and not any(each.startswith(("'nonce-", "'sha")) for each in sources)
    )
