"""The keys of providers are kept so that a copy of the database opens none of them."""

import asyncio
import os
import stat
from base64 import urlsafe_b64encode
from contextlib import aclosing

import pytest
from sqlalchemy import select, update

from jupyter_wove.ai.keys import KeptKeys, KeyRing, ring
from jupyter_wove.ai.keys.tables import KeptKeyRow
from jupyter_wove.ai.models import Catalogue, Deployment, Route, catalogue
from jupyter_wove.ai.providers import Failure
from jupyter_wove.ai.routing import NoAnswer
from jupyter_wove.ai.scripted import Fault, Reply
from jupyter_wove.ai.wire import read
from jupyter_wove.kit.errors import InvalidRequest, NotFound, Unavailable
from jupyter_wove.kit.sealing import KeyLost, Sealing

SECRET = "sk-canary-4711-not-to-be-seen"
ASKED = b'{"model": "all", "messages": [{"role": "user", "content": "How are you?"}]}'


def sealed(wove):
    with wove.units.read() as unit:
        return {row.name: row.sealed for row in unit.session.scalars(select(KeptKeyRow))}


def opened(kept, name="one"):
    return kept.opened({name}).get(name)


def test_what_was_kept_is_opened_and_can_be_exchanged_and_removed(kept):
    kept.add("one", SECRET)
    assert opened(kept) == SECRET
    kept.add("one", "another")
    assert opened(kept) == "another"
    assert [(each.name, each.opens) for each in kept.all()] == [("one", True)]
    kept.remove("one")
    assert (kept.all(), opened(kept)) == ([], None)
    with pytest.raises(NotFound):
        kept.remove("one")


def test_nothing_of_it_stands_in_the_database(wove, kept):
    kept.add("one", SECRET)
    kept.add("two", SECRET)
    found = sealed(wove)
    assert SECRET not in str(found)
    assert found["one"] != found["two"]


def test_the_key_of_the_server_is_in_a_file_of_its_owner(wove, kept):
    kept.add("one", SECRET)
    path = wove.sealing.path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("secret", ["", "two words", "two\nlines", "\u00e9", "x" * 4_097])
def test_what_is_no_key_is_refused(kept, secret):
    with pytest.raises(InvalidRequest):
        kept.add("one", secret)
    assert kept.all() == []


@pytest.mark.parametrize("name", ["", "a b", "../x", "x" * 65])
def test_what_is_no_name_is_refused(kept, name):
    with pytest.raises(InvalidRequest):
        kept.add(name, SECRET)


def test_one_that_was_put_in_the_place_of_another_does_not_open(wove, kept):
    kept.add("one", SECRET)
    kept.add("two", "another")
    with wove.units.write() as unit:
        unit.session.execute(update(KeptKeyRow).values(sealed=sealed(wove)["one"]))
    with pytest.raises(KeyLost, match="changed since"):
        opened(kept, "two")


def test_where_the_key_of_the_server_is_lost_it_says_what_to_bring_back(wove, kept):
    kept.add("one", SECRET)
    before = wove.sealing.path.read_bytes()
    wove.sealing.path.unlink()
    assert [each.opens for each in kept.all()] == [False]
    assert opened(kept) is None
    for change in (lambda: kept.add("two", SECRET), kept.rotate):
        with pytest.raises(KeyLost, match=r"Bring back .*server\.key"):
            change()
    assert not wove.sealing.path.exists()
    wove.sealing.path.write_bytes(before)
    assert opened(kept) == SECRET


def test_who_lost_it_for_good_keeps_the_keys_anew(wove, kept):
    kept.add("one", SECRET)
    wove.sealing.path.unlink()
    kept.add("one", "another")
    assert opened(kept) == "another"


def test_rotated_keys_open_with_the_new_key_of_the_server_alone(wove, kept):
    kept.add("one", SECRET)
    kept.add("two", "another")
    path, before = wove.sealing.path, sealed(wove)
    old = path.read_text()
    assert kept.rotate() == 2
    assert (opened(kept), opened(kept, "two")) == (SECRET, "another")
    assert old.strip() not in path.read_text()
    assert not set(before.values()) & set(sealed(wove).values())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_rotation_that_broke_off_loses_nothing(wove, kept):
    kept.add("one", SECRET)
    wove.sealing.renew()  # and then the power went
    assert opened(kept) == SECRET
    kept.add("two", "another")
    kept.rotate()
    assert (opened(kept), opened(kept, "two")) == (SECRET, "another")
    assert len(wove.sealing.path.read_text().split()) == 1


def test_the_key_of_the_server_may_be_given_and_rotated(wove, tmp_path):
    old, new = (urlsafe_b64encode(os.urandom(32)).decode() for _ in range(2))

    def given(keys):
        return KeptKeys(wove.units, Sealing(tmp_path / "none.key", keys))

    given(old).add("one", SECRET)
    assert given(f"{new},{old}").rotate() == 1
    assert opened(given(new)) == SECRET
    assert opened(given(old)) is None
    assert not (tmp_path / "none.key").exists()


@pytest.mark.parametrize("key", ["short", "!!!", urlsafe_b64encode(b"x" * 31).decode()])
def test_what_is_no_key_of_a_server_is_told(wove, tmp_path, key):
    with pytest.raises(Unavailable, match="not 32 bytes in base64"):
        KeptKeys(wove.units, Sealing(tmp_path / "none.key", key)).add("one", SECRET)


@pytest.mark.parametrize("key", ["sk-4711", "env:", "kept:a b", "file:/etc/passwd"])
def test_a_key_itself_has_no_place_in_the_configuration(key):
    deployment = {"name": "a", "provider": "openai", "model": "m", "key": key}
    with pytest.raises(Unavailable) as refused:
        catalogue([deployment], [], [])
    assert key not in str(refused.value)


@pytest.fixture
def ask(models, open_models, ann):
    """Ask deployments that have these keys, one after the other; return the words."""

    def asking(*keys):
        at = {"provider": "openai", "base_url": f"{models.url}/v1", "is_local": True}
        found = {
            f"m{n}": Deployment(name=f"m{n}", model="scripted-3", key=key, **at)
            for n, key in enumerate(keys)
        }
        office = open_models(Catalogue(found, {"all": Route(name="all", deployments=[*found])}))

        async def work():
            async with aclosing(office.answer(ann.id, read(ASKED))) as chunks:
                texts = [chunk.text async for chunk in chunks]
            return "".join(texts)

        async def work_and_close():
            try:
                return await work()
            finally:
                await office.close()

        return asyncio.run(work_and_close())

    return asking


def test_a_model_is_asked_with_the_key_that_is_kept(ask, kept, models):
    kept.add("one", SECRET)
    assert ask("kept:one") == "A scripted model "
    assert models.asked[0].headers["authorization"] == f"Bearer {SECRET}"


def test_who_has_no_key_is_left_out_and_the_next_one_answers(ask, kept, models, desk):
    assert ask("kept:none", "env:WOVE_NO_SUCH_KEY", "") == "A scripted model "
    assert len(models.asked) == 1
    assert [each.problem and each.problem["kind"] for each in desk.attempts] == [
        "its key is missing",
        "its key is missing",
        None,
    ]


def test_an_exchanged_key_is_used_after_a_minute(kept, monkeypatch):
    deployment = Deployment(name="a", provider="openai", model="m", key="kept:one")
    keys = KeyRing(kept)
    with pytest.raises(Failure, match="kept:one"):
        keys.of(deployment)
    kept.add("one", SECRET)
    asyncio.run(keys.fetch([deployment]))
    kept.add("one", "another")
    asyncio.run(keys.fetch([deployment]))
    assert keys.of(deployment) == SECRET
    monkeypatch.setattr(ring, "AT_HAND", 0.0)
    asyncio.run(keys.fetch([deployment]))
    assert keys.of(deployment) == "another"


@pytest.mark.parametrize("fault", [Fault.BAD_REQUEST, Fault.UNAUTHORIZED, Fault.FAILED])
def test_a_provider_that_repeats_the_key_tells_it_to_nobody(ask, kept, models, caplog, fault):
    kept.add("one", SECRET)
    models.script = lambda asked: Reply(
        fault=fault, problem=f"{'x' * 290} {asked.headers['authorization']} is wrong"
    )
    with pytest.raises((Failure, NoAnswer)) as refused:
        ask("kept:one")
    assert "sk-canary" not in f"{refused.value} {caplog.text}"
