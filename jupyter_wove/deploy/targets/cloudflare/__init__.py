"""Cloudflare: sites at Pages and workers at the edge, by its own tool wrangler."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from jupyter_wove.deploy.targets.cloudflare.account import account
from jupyter_wove.deploy.targets.cloudflare.options import CloudflareOptions
from jupyter_wove.deploy.targets.cloudflare.pages import PagesTarget
from jupyter_wove.deploy.targets.cloudflare.workers import WorkersTarget
from jupyter_wove.deploy.targets.models import SITES
from jupyter_wove.deploy.targets.models import WORKERS as WORKER_KINDS
from jupyter_wove.deploy.targets.target import Plugin, Target


@asynccontextmanager
async def _pages(options: CloudflareOptions) -> AsyncIterator[Target]:
    async with account(options) as opened:
        yield PagesTarget(opened, options)


@asynccontextmanager
async def _workers(options: CloudflareOptions) -> AsyncIterator[Target]:
    async with account(options) as opened:
        yield WorkersTarget(opened, options)


PAGES = Plugin(title="Cloudflare Pages", kinds=SITES, options=CloudflareOptions, open=_pages)
WORKERS = Plugin(
    title="Cloudflare Workers", kinds=WORKER_KINDS, options=CloudflareOptions, open=_workers
)
