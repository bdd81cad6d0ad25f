"""The pages on which projects are found: the gallery, a search, a person."""

from typing import TYPE_CHECKING, Any

from jupyter_wove.community import Community
from jupyter_wove.search import CodeSearch, Search, parse
from jupyter_wove_server.base import policy
from jupyter_wove_server.pages.page import Page

if TYPE_CHECKING:
    from jupyter_wove.app import Call

ORDERS = {"trending": "Trending", "new": "New", "most-remixed": "Most remixed"}
LEVELS = ["beginner", "intermediate", "advanced"]
PLACES = {
    "all": "Everything",
    "projects": "Projects",
    "cells": "Cells",
    "files": "Files",
    "code": "Code",
    "prompts": "Prompts",
    "people": "People",
}
PAGE = 24
MOST_TAGS = 16
FACETS, MOST_VALUES = "lang,tag,uses", 6


class GalleryPage(Page):
    """What people share."""

    route = "/wove/"

    @policy("community:read")
    async def get(self) -> None:
        """Show a page of the gallery."""
        order = _known(self.asked("order"), ORDERS, "trending")
        level = _known(self.asked("level"), LEVELS, "")
        tag, after = self.asked("tag", 40), self.asked("after")

        def look(call: "Call") -> Any:
            gallery: Community = call.of(Community)
            return gallery.gallery(call.actor, order, tag, level, after or None, PAGE)  # type: ignore[arg-type]

        page = await self.call(look)
        self.show(
            "gallery.html",
            page=page,
            filters={"order": order, "tag": tag, "level": level},
            after=after,
            orders=ORDERS,
            levels=LEVELS,
            tags=_tags(page.items, tag),
        )


class SearchPage(Page):
    """What somebody looks for."""

    route = "/wove/search"

    @policy("community:read")
    async def get(self) -> None:
        """Show what was found."""
        words, after = self.asked("q").strip(), self.asked("after")
        where = _known(self.asked("where"), PLACES, "all")

        def look(call: "Call") -> Any:
            search: Search = call.of(Search)
            return search.find(call.actor, words, where, after or None, PAGE, FACETS)  # type: ignore[arg-type]

        def look_in_code(call: "Call") -> Any:
            search: CodeSearch = call.of(CodeSearch)
            return search.find(call.actor, words, after=after or None, limit=PAGE)

        page = await self.call(look_in_code if where == "code" else look) if words else None
        said = {"page": page, "words": words, "where": where, "after": after}
        has_pattern = bool(parse(words).patterns)
        template = "code.html" if where == "code" else "search.html"
        self.show(template, **said, places=PLACES, has_pattern=has_pattern, most=MOST_VALUES)


class PersonPage(Page):
    """Somebody, and what they published."""

    route = "/wove/@{handle}"

    @policy("community:read")
    async def get(self, handle: str) -> None:
        """Show a profile."""
        after = self.asked("after")

        def look(call: "Call") -> Any:
            community: Community = call.of(Community)
            profile = community.profile(call.actor, handle)
            return profile, community.published_by(call.actor, handle, after or None, PAGE)

        profile, page = await self.call(look)
        self.show("person.html", profile=profile, page=page, after=after)


def _known(value: str, values: Any, otherwise: str) -> str:
    return value if value in values else otherwise


def _tags(cards: list[Any], chosen: str) -> list[str]:
    """Collect the tags that the cards on a page wear, the chosen one first."""
    worn = [tag for card in cards for tag in card.project.tags]
    return list(dict.fromkeys([chosen, *worn] if chosen else worn))[:MOST_TAGS]
