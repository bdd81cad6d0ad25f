"""Makes a site smaller to send: shorter texts, pictures in WebP, and all of it compressed ahead.

Beside `a.css` may then lie `a.css.br` and `a.css.gz`, and beside `b.png` `b.png.webp`, for those
who say that they take them. The files themselves stay for everybody else.
"""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from jupyter_wove_runner.building.children import main
from jupyter_wove_runner.building.saying import Say

SECONDS = 15.0  # until what is left stays as it is
SMALLEST, LARGEST_TEXT, LARGEST_PICTURE = 1024, 16 * 1024**2, 32 * 1024**2  # bytes
PIXELS = 40_000_000
WORTH = 0.9  # of the size before
TEXTS = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".csv", ".map", ".wasm",
         ".ipynb", ".md"}  # fmt: skip
PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_MODULE = re.compile(rb"^\s*(import|export)\b", re.MULTILINE)
Shorter = Callable[[bytes], bytes]


def optimise(say: Say, site: str) -> None:
    """Optimise all files of a site."""
    files = [path for path in sorted(Path(site).rglob("*")) if path.is_file()]
    before, until = _size(files), time.monotonic() + SECONDS
    works = list(_works(say))
    for number, path in enumerate(files):
        if time.monotonic() > until:
            say(f"{len(files) - number} files stay as they are: optimising took too long.")
            break
        for work in works:
            work(path)
    say(f"Optimised {len(files)} files of {before / 1e6:.1f} MB.")


def _load() -> None:
    """Import what takes long, before it is known what there is to do."""
    for _ in _works(lambda _: None):
        pass


def _works(say: Say) -> Iterator[Callable[[Path], None]]:
    """List what can be done with what is installed."""
    for work, package in ((_minified, "minify_html"), (_in_webp, "PIL"), (_in_brotli, "brotli")):
        try:
            __import__(package)
        except ImportError:
            say(f"{package} is not installed: pages are served a little larger.")
        else:
            yield work
    yield _in_gzip


def _minified(path: Path) -> None:
    shorter = {".html": _html, ".css": _css, ".js": _script, ".mjs": _script}.get(path.suffix)
    if shorter and SMALLEST < path.stat().st_size < LARGEST_TEXT and ".min." not in path.name:
        content = path.read_bytes()
        found = shorter(content)
        if found and len(found) < len(content):
            _write(path, found)


def _html(content: bytes) -> bytes:
    import minify_html  # noqa: PLC0415  late: it may be missing

    try:
        text = content.decode()
    except UnicodeDecodeError:
        return b""
    short = minify_html.minify(
        text, minify_css=True, keep_closing_tags=True, keep_html_and_head_opening_tags=True
    )
    return short.encode()


def _css(content: bytes) -> bytes:
    return _within(b"<style>", content, b"</style>")


def _script(content: bytes) -> bytes:
    kind = b' type="module"' if _MODULE.search(content) else b""
    return _within(b"<script" + kind + b">", content, b"</script>")


def _within(begin: bytes, content: bytes, end: bytes) -> bytes:
    """Shorten what stands in a page; nothing where it would end its tag itself."""
    import minify_html  # noqa: PLC0415  late: it may be missing

    try:
        page = (begin + content + end).decode()
    except UnicodeDecodeError:
        return b""
    short = minify_html.minify(
        page, minify_css=True, minify_js=True, keep_closing_tags=True
    ).encode()
    inside = re.fullmatch(rb"<(?:style|script)[^>]*>(.*)</(?:style|script)>", short, re.DOTALL)
    return inside[1] if inside and b"</" + begin[1:4] not in content else b""


def _in_webp(path: Path) -> None:
    kind = PICTURES.get(path.suffix.lower())
    if kind and SMALLEST < path.stat().st_size < LARGEST_PICTURE:
        with suppress(Exception):  # Pillow meets broken pictures with errors of many kinds
            _convert(path, kind)


def _convert(path: Path, kind: str) -> None:
    from PIL import Image  # noqa: PLC0415  late: it may be missing

    target = path.with_name(f"{path.name}.webp")
    with Image.open(path, formats=[kind]) as picture:
        if picture.width * picture.height > PIXELS:
            return
        picture.save(target, "WEBP", lossless=kind == "PNG", quality=82, method=2)
    if target.stat().st_size > WORTH * path.stat().st_size:
        target.unlink()


def _in_brotli(path: Path) -> None:
    import brotli  # noqa: PLC0415  late: it may be missing

    _beside(path, ".br", lambda content: brotli.compress(content, quality=5))


def _in_gzip(path: Path) -> None:
    _beside(path, ".gz", lambda content: gzip.compress(content, 6, mtime=0))


def _beside(path: Path, suffix: str, compress: Shorter) -> None:
    if path.suffix.lower() in TEXTS and SMALLEST < path.stat().st_size < LARGEST_TEXT:
        content = path.read_bytes()
        packed = compress(content)
        if len(packed) < WORTH * len(content):
            _write(path.with_name(f"{path.name}{suffix}"), packed)


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step: this process may be ended at any moment."""
    draft = path.with_name(f"{path.name}.wove-draft")
    draft.write_bytes(content)
    draft.replace(path)


def _size(files: list[Path]) -> int:
    return sum(path.stat().st_size for path in files)


if __name__ == "__main__":
    _load()
    main(optimise)
