"""What visitors read instead of an app: short pages in words, or problems for programs."""

import json
from html import escape
from urllib.parse import urlsplit

from aiohttp import web

from jupyter_wove.kit.errors import TooManyRequests, WoveError
from jupyter_wove.runner import App
from jupyter_wove_runner.proxy.served import Busy, Waking

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 1.5rem;"
    "color:#222;background:#fff}h1{font-size:1.4rem}a{color:#1558b0}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}a{color:#8ab4f8}}"
)
GUARDED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Server": "wove",
}
SOON = 1  # seconds
LATER = 15


def wants_page(request: web.BaseRequest) -> bool:
    """Tell whether somebody looks at the answer in a browser's window."""
    if request.method not in {"GET", "HEAD"} or "Upgrade" in request.headers:
        return False
    mode = request.headers.get("Sec-Fetch-Mode")
    return mode == "navigate" if mode else "text/html" in request.headers.get("Accept", "")


def refusal(request: web.BaseRequest, error: WoveError) -> web.Response:
    """Say why there is nothing else to see."""
    headers = GUARDED | _patience(error)
    if wants_page(request):
        refresh = SOON if isinstance(error, Waking) else None
        return _page(error.status, error.title, f"<p>{escape(str(error))}</p>", headers, refresh)
    problem = {
        "type": f"urn:wove:problem:{type(error).__name__}",
        "title": error.title,
        "status": error.status,
        "detail": str(error),
    }
    return web.Response(
        status=error.status,
        body=json.dumps(problem).encode(),
        content_type="application/problem+json",
        headers=headers,
    )


def about(app: App) -> web.Response:
    """Say what this app is, and how to make one's own of it."""
    lines = "<p>This app was made from a project in Jupyter Wove.</p>"
    if link := safe_link(app.about):
        lines += f'<p><a href="{link}">See how it was made, and remix it</a></p>'
    return _page(200, app.title, lines + '<p><a href="/">Back to the app</a></p>', GUARDED)


def safe_link(url: str) -> str:
    """Escape the address of a page, or give nothing where it is none."""
    return escape(url, quote=True) if urlsplit(url).scheme in {"http", "https"} else ""


def _patience(error: WoveError) -> dict[str, str]:
    if isinstance(error, TooManyRequests):
        return {"Retry-After": str(error.retry_after)}
    if isinstance(error, Waking | Busy):
        return {"Retry-After": str(SOON if isinstance(error, Waking) else LATER)}
    return {}


def _page(
    status: int, title: str, body: str, headers: dict[str, str], refresh: int | None = None
) -> web.Response:
    again = f'<meta http-equiv="refresh" content="{refresh}">' if refresh else ""
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{again}'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
    return web.Response(status=status, text=text, content_type="text/html", headers=headers)
