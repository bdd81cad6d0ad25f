"""Files of a project as HTML that is safe to show: notebooks, texts, pictures."""

from markupsafe import Markup

from jupyter_wove.kit import markdown
from jupyter_wove.kit.errors import WoveError
from jupyter_wove_server.pages.reading import Place, media_of, picture

EDITION = "1"  # raise it when what is rendered changes: older renderings are forgotten
LARGEST = 25_000_000  # bytes that are rendered; what is larger can be downloaded
LARGEST_PICTURE = 8_000_000
LARGEST_TEXT = 1_000_000


def rendered(path: str, content: bytes, place: Place) -> Markup:
    """Render a file by its kind; where that cannot be, say why."""
    if path.endswith(".ipynb"):
        return _notebook(content, place)
    if media := media_of(path):
        return _picture(media, content, path)
    if b"\0" in content[:8000]:
        return _said("This is no text, so there is nothing to show. Download it.")
    if len(content) > LARGEST_TEXT:
        return _said("This text is too large to be shown. Download it.")
    return _text(content.decode(errors="replace"), path, place)


def too_large() -> Markup:
    """Say that a file is too large to be read for a page."""
    return _said(f"This file is larger than {LARGEST // 1_000_000} MB. Download it.")


def _notebook(content: bytes, place: Place) -> Markup:
    # Late: nbconvert takes two seconds, once, in the thread that renders.
    from jupyter_wove_server.pages.rendering.notebooks import notebook_html  # noqa: PLC0415

    try:
        return notebook_html(content, place)
    except WoveError as error:
        return _said(f"This notebook cannot be shown. {error}")


def _picture(media: str, content: bytes, path: str) -> Markup:
    if len(content) > LARGEST_PICTURE:
        return _said("This picture is too large to be shown. Download it.")
    return Markup('<p class="picture"><img src="{}" alt="{}"></p>').format(
        picture(media, content), path.rpartition("/")[2]
    )


def _text(text: str, path: str, place: Place) -> Markup:
    if path.lower().endswith((".md", ".markdown")):
        safe = Markup(markdown.to_html(text, place))  # noqa: S704  made safe there
        return Markup('<div class="text">{}</div>').format(safe)
    # Late, as are notebooks: most servers never colour anything.
    from jupyter_wove_server.pages.rendering.code import coloured_file  # noqa: PLC0415

    return Markup('<pre class="source file" tabindex="0"><code>{}</code></pre>').format(
        coloured_file(text, path)
    )


def _said(sentence: str) -> Markup:
    return Markup('<p class="note">{}</p>').format(sentence)
