"""Folders of pages, served as they lie on the disk."""

import asyncio
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from aiohttp import web
from multidict import CIMultiDict

from jupyter_wove.kit.errors import BadRequest, NotFound, WoveError
from jupyter_wove_runner.proxy import badge
from jupyter_wove_runner.proxy.forwarding import path_of
from jupyter_wove_runner.proxy.served import Site

PIECE = 256 * 1024  # bytes
LONGEST = 255  # bytes of a name
OK = 200
PACKED = {"br": ".br", "gzip": ".gz"}
PICTURES = frozenset({".png", ".jpg", ".jpeg"})
# A name that changes with what is in it, as bundlers make them, for instance app.4f2c81d0.js
FINGERPRINTED = re.compile(r"[.\-_][0-9a-fA-F]{8,64}\.[A-Za-z0-9.]+$")
RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
TYPES = {
    ".ipynb": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
}


class NotAllowed(WoveError):
    """A site is only read."""

    status = 405
    title = "A site can only be read"


class NoSuchPart(WoveError):
    """The range lies behind the end."""

    status = 416
    title = "There is no such part"


@dataclass(frozen=True)
class Page:
    """A file that answers a request, in the form that the visitor likes best."""

    path: Path
    name: str
    status: int = OK
    packed: str = ""
    kind: str = ""

    @property
    def media(self) -> str:
        """Say what it is."""
        suffix = Path(self.name).suffix.lower()
        found = self.kind or TYPES.get(suffix) or mimetypes.guess_type(self.name)[0]
        kind = found or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


async def show(
    request: web.BaseRequest, site: Site, more: CIMultiDict[str], added: bytes, private: bool
) -> web.StreamResponse:
    """Answer with a file of a site."""
    if request.method not in {"GET", "HEAD"}:
        raise NotAllowed("This is a site, and it can only be read.")
    names = named(path_of(request))
    found = await asyncio.to_thread(_find, site.folder, names, request)
    if found is None:
        return _moved("/" + "".join(f"{quote(each)}/" for each in names))
    headers = _described(found, site, names, private)
    headers.extend(more)
    added = added if badge.fits(found.status, headers) else b""
    return await _send(request, found, headers, added)


def _moved(path: str) -> web.Response:
    return web.Response(status=308, headers={"Location": path, "Server": "wove"})


def named(raw: str) -> list[str]:
    """Read a path, part by part. Raises BadRequest, NotFound."""
    try:
        path = unquote_to_bytes(raw.partition("?")[0].partition("#")[0]).decode()
    except UnicodeDecodeError as error:
        raise BadRequest("The address is not in UTF-8.") from error
    if "\0" in path or "\\" in path:
        raise BadRequest("The address has characters that no file has.")
    first, *names = path.split("/")
    if first or any(_is_odd(each) for each in names) or "" in names[:-1]:
        raise NotFound("There is no such page.")
    return names if names[-1] else [*names[:-1], ""]


def _is_odd(name: str) -> bool:
    hidden = name.startswith(".") and name != ".well-known"
    return hidden or len(name.encode()) > LONGEST


def _find(folder: Path, names: list[str], request: web.BaseRequest) -> Page | None:
    """Find the file for a path; None where it is a folder and the slash is missing."""
    root = folder.resolve()
    wanted = root.joinpath(*names)
    if names[-1] and _file(root, wanted / "index.html"):
        return None
    for each in _candidates(wanted, names):
        if _file(root, each):
            return _best(root, each, request)
    if _file(root, root / "404.html"):
        return Page(root / "404.html", "404.html", status=404)
    raise NotFound("There is no such page.")


def _candidates(wanted: Path, names: list[str]) -> Iterator[Path]:
    if names[-1]:
        yield wanted
        yield wanted.with_name(f"{wanted.name}.html")
    else:
        yield wanted / "index.html"


def _lies(root: Path, path: Path) -> bool:
    """Tell whether a path stays in its folder, also by way of links."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _file(root: Path, path: Path) -> bool:
    try:
        return _lies(root, path) and path.is_file()
    except OSError:
        return False


def _best(root: Path, path: Path, request: web.BaseRequest) -> Page:
    """Choose a smaller form of a file that this browser takes."""
    page = Page(path, path.name)
    if "Range" in request.headers:
        return page
    if path.suffix.lower() in PICTURES and "image/webp" in request.headers.get("Accept", ""):
        smaller = path.with_name(f"{path.name}.webp")
        return Page(smaller, path.name, kind="image/webp") if _file(root, smaller) else page
    taken = _encodings(request.headers.get("Accept-Encoding", ""))
    for encoding, suffix in PACKED.items():
        smaller = path.with_name(path.name + suffix)
        if encoding in taken and _file(root, smaller):
            return Page(smaller, path.name, packed=encoding)
    return page


def _encodings(accepted: str) -> set[str]:
    words = (each.replace(" ", "").lower().partition(";q=") for each in accepted.split(","))
    return {name for name, _, weight in words if not re.fullmatch(r"0(\.0*)?", weight)}


def _described(page: Page, site: Site, names: list[str], private: bool) -> CIMultiDict[str]:
    tag = sha256(f"{site.folder.name}\0{page.path}".encode()).hexdigest()[:32]
    kept = "private" if private else "public"
    fixed = page.status == OK and FINGERPRINTED.search(names[-1])
    headers = CIMultiDict(
        {
            "Content-Type": page.media,
            "ETag": f'"{tag}"',
            "Cache-Control": f"{kept}, max-age=31536000, immutable"
            if fixed
            else f"{kept}, no-cache",
            "Vary": "Accept-Encoding, Accept",
            "X-Content-Type-Options": "nosniff",
            "Server": "wove",
        }
    )
    if page.packed:
        headers["Content-Encoding"] = page.packed
    return headers


async def _send(
    request: web.BaseRequest, page: Page, headers: CIMultiDict[str], added: bytes
) -> web.StreamResponse:
    if added:  # it is no longer the same page
        headers["ETag"] = f'{headers["ETag"][:-1]}-{sha256(added).hexdigest()[:8]}"'
    if page.status == OK and _has_it(request, headers["ETag"]):
        return web.Response(status=304, headers=headers)
    with page.path.open("rb") as file:
        size = page.path.stat().st_size
        part = _part(request, size, headers) if page.status == OK and not added else None
        start, end = part or (0, size)
        headers["Content-Length"] = str(end - start + len(added))
        headers.setdefault("Accept-Ranges", "bytes")
        response = web.StreamResponse(status=206 if part else page.status, headers=headers)
        await response.prepare(request)
        if request.method == "HEAD":
            return response
        file.seek(start)
        while start < end:
            piece = await asyncio.to_thread(file.read, min(PIECE, end - start))
            if not piece:
                raise ConnectionResetError("The file has become shorter.")
            start += len(piece)
            await response.write(piece)
        await response.write(added)
    await response.write_eof()
    return response


def _has_it(request: web.BaseRequest, tag: str) -> bool:
    known = (each.strip().removeprefix("W/") for each in _words(request, "If-None-Match"))
    return any(each in {tag, "*"} for each in known)


def _words(request: web.BaseRequest, name: str) -> list[str]:
    return request.headers.get(name, "").split(",")


def _part(
    request: web.BaseRequest, size: int, headers: CIMultiDict[str]
) -> tuple[int, int] | None:
    """Read which part is wanted; None for all of it. Raises NoSuchPart."""
    found = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not found or not any(found.groups()):
        return None
    if request.headers.get("If-Range", headers["ETag"]) != headers["ETag"]:
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        raise NoSuchPart(f"The file has {size} bytes.")
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return start, end
