"""Make HTML that a notebook holds safe to show: nothing runs, loads, or leaves its frame.

nbconvert's own sanitiser is not used: it cleans Markdown before it is rendered, which spoils the
`<` in code, and what is rendered afterwards is not cleaned.
"""

import re
from collections.abc import Callable

import nh3

Place = Callable[[str], str | None]

LARGEST_HTML = 2_000_000  # characters of one output
MOST_TAGS = 20_000  # nh3 takes quadratic time for nested tags

_KEPT = (
    "a abbr b blockquote br caption center code col colgroup dd del details div dl dt em "
    "figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small "
    "span strong sub summary sup table tbody td tfoot th thead tr u ul var"
)
# Nothing that could lay a piece of a notebook over the page around it.
_STYLED = (
    "background-color border border-collapse border-color color font-family font-size "
    "font-style font-weight list-style-type padding text-align text-decoration "
    "vertical-align white-space width"
)
TAGS, STYLES = set(_KEPT.split()), set(_STYLED.split())
ATTRIBUTES = {
    "*": {"style", "title", "align", "dir", "lang"},
    "a": {"href"},
    "col": {"span"},
    "details": {"open"},
    "font": {"color"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "pre": {"class"},
    "span": {"class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = {"http", "https", "mailto", "data", "attachment"}
LINKS = re.compile(r"(https?:|mailto:)", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
INLINE_PICTURE = re.compile(
    r"data:image/(png|jpe?g|gif|webp|svg\+xml)(;charset=[\w-]+)?;base64,[A-Za-z0-9+/=\s]+"
)
TOKEN = re.compile(r"[a-z][a-z0-9]{0,2}|ansi-[a-z0-9-]+")
BLANKS = re.compile(r"[\x00-\x20]+")


def safe_html(html: str, place: Place) -> str:
    """Keep what can be shown; `place` turns the relative address of a picture into one to load.

    Whoever calls makes sure that `html` is no longer than `LARGEST_HTML`.
    """

    def attribute(tag: str, name: str, value: str) -> str | None:
        if (tag, name) == ("img", "src"):
            return _picture(value, place)
        if name == "href":
            return _link(value)
        if name == "class":
            return value if all(map(TOKEN.fullmatch, value.split())) else None
        return value

    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        filter_style_properties=STYLES,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )


def _picture(address: str, place: Place) -> str | None:
    if INLINE_PICTURE.fullmatch(address):
        return BLANKS.sub("", address)
    plain = BLANKS.sub("", address)
    if plain.startswith("attachment:"):
        return place(plain)
    if SCHEME.match(plain) or plain.startswith(("/", "\\", "#")):
        return None  # from elsewhere: it would tell who looks
    return place(address)


def _link(address: str) -> str | None:
    plain = BLANKS.sub("", address)
    elsewhere = SCHEME.match(plain) or plain.startswith(("/", "\\"))
    return address if LINKS.match(plain) or not elsewhere else None
