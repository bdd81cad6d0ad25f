"""The style sheets of the pages, served to anybody: their address names their content."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_server.base import PUBLIC, WovePageHandler, policy

FOLDER = Path(__file__).parent / "static"
MEDIA = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """A small file of ours."""

    content: bytes
    media: str
    digest: str


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, MEDIA[path.suffix], hashlib.sha256(content).hexdigest()[:16])


ASSETS = {path.name: _asset(path) for path in sorted(FOLDER.iterdir())}


class AssetFile(WovePageHandler):
    """One of them. A sandboxed page asks without a cookie, so nobody has to sign in."""

    route = "/wove/static/{digest}/{name}"

    @policy(PUBLIC)
    def get(self, name: str) -> None:
        """Send it."""
        asset = ASSETS.get(name)
        if asset is None:
            raise NotFound("There is nothing at this address.")
        self.set_header("Content-Type", asset.media)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.finish(asset.content)
