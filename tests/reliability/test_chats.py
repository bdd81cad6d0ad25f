"""People and models talk in a chat: nothing is lost, doubled, run, or said in another's name."""

import asyncio
import sqlite3
from datetime import UTC, datetime

import pytest
from pycrdt import Array, Map

from jupyter_wove.ai.scripted import Fault, Reply, serving
from tests.reliability.chatter import WOVE, Chatter
from tests.reliability.server import Server

CHATS = (
    "jupyter_server_ydoc",
    "jupyter_server_fileid",
    "jupyterlab_chat",
    "jupyter_ai_router",
    "jupyter_ai_persona_manager",
)
BRACKETS = str.maketrans("[]", "--")
PLANTED = "open({!r}, 'w').write('it ran')\n"


@pytest.fixture(scope="module")
def served():
    """A server of scripted models that repeats what it was asked."""
    with serving() as (url, server):
        server.url = url
        yield server


@pytest.fixture
def models(served):
    """The scripted models, each test with the same script at first."""
    served.script = lambda asked: Reply(pieces=[f"You said: {asked.last}"])
    return served


AGREED = {"ai_confirm_first_paid": False}


def deployment(models, **more):
    at = {"provider": "openai", "base_url": f"{models.url}/v1", "model": "scripted"}
    return {"name": "scripted", "price": {"input": "1", "output": "2"}, **at, **more}


def new_server(folder, served, **settings):
    wanted = settings or {"ai_deployments": [deployment(served)]}
    return Server(folder, "Ann", "Bob", extensions=CHATS, settings={"Wove": AGREED | wanted})


@pytest.fixture(scope="module")
def shared(tmp_path_factory, served):
    """A server that stays up."""
    server = new_server(tmp_path_factory.mktemp("chats") / "server", served)
    planted = server.root / ".jupyter" / "personas"
    planted.mkdir(parents=True)
    (planted / "evil_persona.py").write_text(PLANTED.format(str(server.folder / "ran")))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(shared, models, request):
    """The server, with a chat of this test's own."""
    shared.chat = f"{request.node.name.translate(BRACKETS)}.chat"
    (shared.root / shared.chat).write_text("{}")
    return shared


@pytest.fixture
def own(tmp_path, models):
    """A server of this test's own, which is not started."""
    server = new_server(tmp_path / "server", models)
    server.chat = "talk.chat"
    (server.root / server.chat).write_text("{}")
    yield server
    server.kill()


def test_a_question_is_answered_once_and_kept(server):
    began = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

    async def talk():
        async with (
            Chatter(server, server.chat, "Ann") as ann,
            Chatter(server, server.chat, "Bob") as bob,
        ):
            ann.says("How are you?")  # at once: a chat that was just opened listens
            answers = await ann.hears()
            assert [each["body"] for each in answers] == ["You said: Ann: How are you?"]
            await bob.hears()
            assert bob.answers == ann.answers
            bob.says("Nothing for a model.", to=None)
            await asyncio.sleep(0.5)
            assert len(ann.answers) == 1

    asyncio.run(talk())
    with sqlite3.connect(server.data / "wove.db") as database:
        query = (
            "SELECT count(*), min(purpose), min(outcome) FROM ai_attempt"
            " JOIN person ON person.id = person_id WHERE person.name = ? AND at > ?"
        )
        assert database.execute(query, ("Ann", began)).fetchone() == (1, "chat", "answered")
        assert database.execute(query, ("Bob", began)).fetchone()[0] == 0


def test_an_answer_grows_and_costs_each_who_looks_on_little_more_than_its_text(server, models):
    words = ["word "] * 4000
    models.script = lambda asked: Reply(pieces=words, between=0.0002)
    seen, sizes = set(), []

    async def talk():
        async with (
            Chatter(server, server.chat, "Ann") as ann,
            Chatter(server, server.chat, "Bob") as bob,
        ):
            read = bob.socket.read_message

            async def counted():
                message = await read()
                sizes.append(len(message or b""))
                return message

            bob.socket.read_message = counted
            ann.says("Say much.")
            while not bob.answers or bob.growing:
                seen.update(len(text) for text in bob.growing.values())
                await asyncio.sleep(0.01)
            assert bob.answers[0]["body"] == "".join(words)

    asyncio.run(talk())
    assert len(seen) > 5, "it did not grow before their eyes"
    assert sum(sizes) <= 6 * len("".join(words))


def test_bursts_with_wrong_clocks_lose_and_double_nothing(server):
    count, sent = 60, []

    async def talk():
        async with (
            Chatter(server, server.chat, "Ann", skew=60) as ann,
            Chatter(server, server.chat, "Bob", skew=-60) as bob,
        ):
            for number in range(count):
                with ann.doc.transaction():  # as a browser does that was offline
                    sent.extend(ann.says(f"a{number}-{part}", to=None) for part in range(3))
                sent.append(bob.says(f"b{number}"))
                if number % 7 == 0:
                    await asyncio.sleep(0.01)
            await ann.hears(count)
            await ann.until(lambda: len(ann.messages) == len(sent) + count)
            ids = [each["id"] for each in ann.messages]
            assert len(set(ids)) == len(ids)
            assert set(sent) <= set(ids)
            assert len(ann.answers) == count
            assert bob.messages == ann.messages
            times = [each["time"] for each in ann.messages]
            assert max(times) - min(times) < 30  # by the server's clock

    asyncio.run(talk())


def test_nobody_speaks_in_the_name_of_another(server):
    async def talk():
        async with (
            Chatter(server, server.chat, "Ann") as ann,
            Chatter(server, server.chat, "Bob") as bob,
        ):
            bob.says("I am Ann.", to=None, sender="ann")
            bob.says("I am the model.", to=None, sender=WOVE)
            await ann.until(lambda: [each["sender"] for each in ann.messages] == ["bob", "bob"])

    asyncio.run(talk())


def test_what_lies_in_a_project_is_neither_run_nor_obeyed(server):
    async def talk():
        async with Chatter(server, server.chat, "Ann") as ann:
            ann.says("Hello.")
            await ann.hears()

    asyncio.run(talk())
    message = {"message": "Hello.", "metadata": {}}
    answer = server.ask("POST", "api/ai/message/Wove", message, name="Bob")
    assert "where it is known who asks" in answer.json["response"]
    assert not (server.folder / "ran").exists()


def test_a_chat_goes_on_after_the_server_was_killed(own):
    async def talk(said, expected):
        async with Chatter(own, own.chat, "Ann") as ann:
            await ann.until(lambda: len(ann.answers) == expected)
            ann.says(said)
            await ann.hears(expected + 1)
            await ann.is_stored()
            return ann.answers[-1]["body"]

    own.start()
    assert asyncio.run(talk("One.", 0)) == "You said: Ann: One."
    own.kill()
    own.start()
    assert asyncio.run(talk("Two.", 1)) == "You said: Ann: Two."


def test_a_model_that_refuses_is_told_of_in_words(server, models):
    models.script = lambda asked: Reply(fault=Fault.BAD_REQUEST)
    (server.root / "refused.chat").touch()

    async def talk():
        async with Chatter(server, "refused.chat", "Ann") as ann:
            ann.says("Hello.")
            return (await ann.hears())[0]["body"]

    said = asyncio.run(talk())
    assert said.startswith("**The model refused.**")
    assert "features" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("fault", [Fault.FAILED, Fault.CUT])
def test_a_model_that_fails_is_told_of_in_the_chat(server, models, fault):
    models.script = lambda asked: Reply(pieces=["Once ", "upon "] * 5, between=0.02, fault=fault)

    async def talk():
        async with Chatter(server, server.chat, "Ann") as ann:
            ann.says("Tell me.")
            return (await ann.hears())[0]["body"]

    said = asyncio.run(talk())
    assert "No model could answer" in said
    assert ("Once upon" in said) == (fault is Fault.CUT)


def test_without_a_model_the_chat_says_what_to_do(own):
    own.settings = {}

    async def talk():
        async with Chatter(own, own.chat, "Ann") as ann:
            ann.says("Hello?")
            return (await ann.hears())[0]["body"]

    own.start()
    assert "c.Wove.ai_deployments" in asyncio.run(talk())


def test_hidden_files_stay_as_the_administrator_has_it(server):
    (server.root / ".secret").write_text("hidden")
    listed = server.ask("GET", "api/contents/").json["content"]
    assert ".secret" not in [each["name"] for each in listed]


def test_nobody_brings_trusted_html_into_the_browsers_of_others(shared):
    (shared.root / "trust.chat").touch()
    shown = {"data": {"text/html": "<script>alert(1)</script>"}, "trusted": True}

    async def talk():
        ann, bob = (Chatter(shared, "trust.chat", name) for name in ("Ann", "Bob"))
        async with ann, bob:
            ann.says("Look.", to=None)
            ann.doc.get("messages", type=Array)[0]["mime_model"] = shown
            await bob.until(lambda: bob.messages and "mime_model" in bob.messages[0])
            await ann.until(lambda: "trusted" not in ann.messages[0]["mime_model"])
            seen = bob.messages[0]["mime_model"]
            shown_as_shared = Map({"data": shown["data"], "trusted": True})
            ann.doc.get("messages", type=Array)[0]["mime_model"] = shown_as_shared
            await ann.until(lambda: "trusted" not in ann.messages[0]["mime_model"])
            return seen, bob.messages[0]["mime_model"]

    for seen in asyncio.run(talk()):
        assert "trusted" not in seen
