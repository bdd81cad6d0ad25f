"""Markdown that strangers wrote: as HTML that is safe to show, and its title and first words."""

import re
from collections.abc import Callable, Iterator
from typing import Any

LONGEST = 128 * 1024
_MOST_TAGS = 15_000  # nh3 takes quadratic time for nested tags
_CUT = "<p><em>The rest is not shown: it is too long.</em></p>\n"
_TOP = 16 * 1024
_PLUGINS = ["strikethrough", "table", "url"]
_KEPT = (
    "a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img "
    "ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th "
    "thead tr u ul var"
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "style"},
}
_SCHEMES = {"http", "https", "mailto"}
_LANGUAGE = re.compile(r"language-[a-z0-9+#-]{1,20}")
_ELSEWHERE = re.compile(r"[/\\#]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IGNORED_IN_URLS = dict.fromkeys(range(0x21))

Place = Callable[[str], str | None]


def _as_written(path: str) -> str | None:
    return path


def to_html(text: str, place: Place = _as_written) -> str:
    """Render Markdown; keep no script, style, id or remote image.

    `place` turns the relative address of an image into the one to load it from, or into None.
    What is longer than `LONGEST` characters is cut, with a note.
    """
    cut = text[:LONGEST]
    escape = cut.count("<") > _MOST_TAGS
    html = str(_parser(escape=escape, plugins=_PLUGINS)(cut))
    return _safe(html, place) + (_CUT if len(cut) < len(text) else "")


def headline(text: str) -> tuple[str | None, str | None]:
    """Give the first heading and the first paragraph of a Markdown text, without markup."""
    tokens = _parser(renderer="ast")(text[:_TOP])
    title = next(_texts(tokens, "heading"), None)
    return title, next(_texts(tokens, "paragraph"), None)


def _parser(**options: Any) -> Callable[[str], Any]:
    import mistune  # noqa: PLC0415 — late: see `_safe`

    return mistune.create_markdown(**options)


def _safe(html: str, place: Place) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if (tag, name) == ("img", "src"):
            return _image(value, place)
        if (tag, name) == ("code", "class"):
            return value if _LANGUAGE.fullmatch(value) else None
        return value

    import nh3  # noqa: PLC0415 — late: with mistune two megabytes that only pages need

    return nh3.clean(
        html,
        tags=set(_KEPT.split()),
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        filter_style_properties={"text-align"},
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )


def _image(address: str, place: Place) -> str | None:
    """Keep an image of the project itself; one from elsewhere would tell who looks."""
    plain = address.translate(_IGNORED_IN_URLS)
    return None if _ELSEWHERE.match(plain) or "\\" in plain else place(plain)


def _texts(tokens: Any, kind: str) -> Iterator[str]:
    found = (_text(token).strip() for token in tokens if token["type"] == kind)
    return (text for text in found if text)


def _text(token: dict[str, Any]) -> str:
    """Join what a reader sees of a token; raw HTML and pictures are left out."""
    if token["type"] in {"softbreak", "linebreak"}:
        return " "
    if token["type"] in {"inline_html", "image"}:
        return ""
    children = token.get("children")
    return "".join(map(_text, children)) if children else str(token.get("raw", ""))
