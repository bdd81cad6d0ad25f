"""The gallery among many projects: every order and filter, page by page."""

import random
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import insert

from jupyter_wove.accounts import AccountStore
from jupyter_wove.community import store
from jupyter_wove.community.store import CommunityStore
from jupyter_wove.community.tables import StandingRow
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.projects import ProjectRow, TagRow

COUNT, PAGE = 120, 7
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
TAGS = {"many": 0.6, "some": 0.2, "one": 0.02}
KEYS = {"new": "published", "trending": "heat", "most-remixed": "remixes"}


@pytest.fixture
def shelf(units):
    """Projects that differ in all that the gallery asks about."""
    draw = random.Random(1)
    with units.write() as unit:
        owner = AccountStore(unit.session).add_person("ann", "Ann", "test", "ann", now()).id
        shelf = [project(draw, owner, number) for number in range(COUNT)]
        unit.session.execute(insert(ProjectRow), [row for row, _, _ in shelf])
        unit.session.execute(insert(StandingRow), [standing for _, standing, _ in shelf])
        tags = [
            {"project_id": row["id"], "tag": tag, "position": position}
            for row, _, worn in shelf
            for position, tag in enumerate(worn)
        ]
        unit.session.execute(insert(TagRow), tags)
    return shelf


def project(draw, owner, number):
    visibility = draw.choice(["public", "public", "public", "unlisted", "private"])
    published = BEGAN + timedelta(days=draw.randrange(30))
    row = {
        "id": new_id(),
        "owner_id": owner,
        "slug": f"p{number}",
        "title": f"p{number}",
        "description": "",
        "stack": [],
        "folder": f"/p{number}",
        "visibility": visibility,
        "level": draw.choice([None, "beginner", "advanced"]),
        "published": None if visibility == "private" else published,
        "created": BEGAN,
        "updated": BEGAN,
        "deleted": BEGAN if draw.random() < 0.1 else None,
        "revision": 1,
    }
    heat, remixes = draw.randrange(5) / 3, draw.randrange(3)
    standing = {"project_id": row["id"], "stars": 0, "remixes": remixes, "heat": heat}
    return row, standing, [tag for tag, share in TAGS.items() if draw.random() < share]


def expected(shelf, order, tag, level):
    chosen = [
        row | standing
        for row, standing, worn in shelf
        if row["visibility"] == "public" and not row["deleted"]
        if not tag or tag in worn
        if not level or row["level"] == level
    ]
    chosen.sort(key=lambda row: (row[KEYS[order]], row["id"]), reverse=True)
    return [row["id"] for row in chosen]


def pages(units, order, tag, level):
    found, after = [], None
    while True:
        with units.read() as unit:
            page = CommunityStore(unit.session).gallery(order, tag, level, after, PAGE)
        assert len(page.items) == PAGE or page.next is None
        found += [row.id for row in page.items]
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("most_sorted", [1, 10, 2_000])
def test_every_page_is_in_order_whether_a_tag_is_rare_or_common(
    units, shelf, monkeypatch, most_sorted
):
    monkeypatch.setattr(store, "MOST_SORTED", most_sorted)
    for asked in product(KEYS, ["", *TAGS, "none"], ["", "beginner", "intermediate"]):
        assert pages(units, *asked) == expected(shelf, *asked), asked
