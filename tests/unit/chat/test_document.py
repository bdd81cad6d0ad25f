"""A chat that several write in at the same time, and that two servers have open."""

import asyncio
import json
import random

import pytest
from jupyter_wove_server.chat.document import SAFE, ChatDocument
from jupyter_wove_server.rooms.authors import Author
from jupyterlab_chat.models import ChatMessageAction, NewMessage, User
from pycrdt import Array, Doc, Map

NOW = 1_800_000_000.0
ANN = Author("1", "ann")


class Replica:
    """A chat as one server has it open; what a browser sends to it comes in by `receive`."""

    def __init__(self):
        self.doc = Doc()
        self.chat = ChatDocument(self.doc)
        self.chat.dirty = False
        self.chat.whose = lambda: self.author
        self.author = Author()
        self.asked = []
        self.chat.observe_messages(self._note)

    def _note(self, event):
        if event.action is ChatMessageAction.CLIENT_MSG_RECEIVED:
            self.asked.append(event.message.id)

    def receive(self, update, author=ANN):
        self.author = author
        self.doc.apply_update(update)
        self.author = Author()


def written(*messages, known=None):
    """What a browser sends: some messages, written on what it knew of the chat."""
    browser = Doc()
    chat = ChatDocument(browser)
    if known:
        browser.apply_update(known)
    before = browser.get_state()
    with browser.transaction():
        for each in messages:
            chat.ymessages.append(Map(each))
    return browser.get_update(before)


def message(name, time=NOW, sender="ann"):
    return {"type": "msg", "body": name, "id": name, "time": time, "sender": sender}


def ids(chat):
    return [each["id"] for each in chat.ymessages.to_py()]


def run(work):
    return asyncio.run(work)


@pytest.mark.parametrize("seed", range(20))
def test_bursts_at_two_servers_lose_and_double_nothing(seed):
    chance = random.Random(seed)

    async def talk():
        here, there = Replica(), Replica()
        count = 0
        for _ in range(30):
            for one, other in [(here, there), (there, here)]:
                names = [f"m{count + number}" for number in range(chance.randint(0, 4))]
                count += len(names)
                skewed = [message(name, NOW + chance.uniform(-60, 60)) for name in names]
                known = one.doc.get_update() if chance.random() < 0.5 else None
                one.receive(written(*skewed, known=known))
                if chance.random() < 0.5:
                    await asyncio.sleep(0)
                if chance.random() < 0.5:
                    other.doc.apply_update(one.doc.get_update())
        await asyncio.sleep(0.01)
        for one, other in [(here, there), (there, here), (here, there)]:
            other.doc.apply_update(one.doc.get_update())
            await asyncio.sleep(0.01)
        assert ids(here.chat) == ids(there.chat)
        assert sorted(ids(here.chat)) == sorted(f"m{number}" for number in range(count))
        assert sorted(here.asked + there.asked) == sorted(ids(here.chat))
        for each in ids(here.chat):
            assert here.chat.get_message(each).id == each

    run(talk())


def test_ten_thousand_messages_of_clients_that_were_offline_come_through_at_two_servers():
    chance, clients, sent = random.Random(11), range(5), []
    kept = {client: [] for client in clients}  # while it is offline

    def write(client, burst):
        skew = 60 * (client - 2)  # seconds, by which its clock is wrong
        names = [f"m{burst}-{client}-{number}" for number in range(50)]
        sent.extend(names)
        kept[client] += [message(name, NOW + skew) for name in names]

    def flush(client, server):
        server.receive(written(*kept[client]))
        kept[client].clear()

    async def talk():
        here, there = Replica(), Replica()
        for burst in range(40):
            for client in clients:
                write(client, burst)
                if burst == 39 or chance.random() < 0.4:
                    flush(client, chance.choice([here, there]))
            if chance.random() < 0.5:
                await asyncio.sleep(0)
            replicate(*chance.sample([here, there], 2))
        await settled(here, there)
        assert len(sent) == 10_000
        assert ids(here.chat) == ids(there.chat)
        assert sorted(ids(here.chat)) == sorted(sent)
        assert sorted(here.asked + there.asked) == sorted(sent)  # each is answered once
        times = {each["raw_time"] for each in here.chat.ymessages.to_py()}
        assert times == {False}

    run(talk())


def replicate(one, other):
    other.doc.apply_update(one.doc.get_update(other.doc.get_state()))


async def settled(here, there):
    for one, other in [(here, there), (there, here), (here, there)]:
        await asyncio.sleep(0.05)
        replicate(one, other)


def test_a_message_that_is_none_is_answered_by_nobody():
    async def talk():
        here = Replica()
        for odd in [{"id": "a"}, {"id": 5, "body": "x", "sender": "ann"}, {"body": "x"}]:
            here.receive(written({**odd, "more": {"deep": [1]}}))
        browser = Doc()
        browser.get("messages", type=Array).extend(["no message", 5, None, [1]])
        here.receive(browser.get_update())
        here.receive(written(message("good") | {"unknown": 1}))
        await asyncio.sleep(0.01)
        assert here.asked == ["good"]
        assert [each.id for each in here.chat.last(10)] == ["good"]

    run(talk())


def test_in_a_shared_chat_the_sender_is_who_sent_it():
    async def talk():
        here = Replica()
        here.chat.is_shared = True
        here.receive(written(message("a", sender="bob"), message("b")))
        await asyncio.sleep(0.01)
        assert [each["sender"] for each in here.chat.ymessages.to_py()] == ["ann", "ann"]
        assert here.chat.author_of("a") == ANN

    run(talk())


def test_what_the_server_says_is_no_question():
    async def talk():
        here = Replica()
        here.chat.set_user(User(username="bot", name="Bot", display_name="Bot", bot=True))
        first = here.chat.add_message(NewMessage(body="One.", sender="bot"))
        second = here.chat.add_message(NewMessage(body="Two.", sender="bot"))
        assert here.asked == []
        assert ids(here.chat) == [first, second]
        assert here.chat.get_message(second).body == "Two."

    run(talk())


def test_a_file_brings_no_trust_with_it():
    html = {"data": {"text/html": "<script>1</script>"}, "trusted": True}
    messages = [message("a") | {"mime_model": html}, message("b") | {"mime_model": 5}]

    async def opened():
        replica = Replica()
        replica.chat.set(json.dumps({"messages": messages}))
        return replica.chat.ymessages.to_py()

    first, second = run(opened())
    assert (first["mime_model"], second["mime_model"]) == ({"data": html["data"]}, 5)


def finished(body):
    async def answered():
        replica = Replica()
        name = replica.chat.add_message(NewMessage(body="", sender="wove"))
        replica.chat.finish(name, body)
        return replica.chat.ymessages.to_py()[0]

    return run(answered())


@pytest.mark.parametrize(
    "body",
    [
        "![x](https://evil.example/x)",
        "![x][1]\n\n[1]: https://evil.example/x",
        "<img src=x>",
        "text <ImG\nsrc=x>",
        "<!-- -->",
        "```Mermaid\ngraph",
        "```m&#101;rmaid\ngraph",
        "> ~~~m\\ermaid\ngraph",
    ],
)
def test_what_could_show_a_picture_is_drawn_by_us(body):
    assert finished(body)["mime_model"] == {"data": {SAFE: body}}


@pytest.mark.parametrize("body", ["a < b and b > a", "1 <2", "**x** [y](https://a.example)", "!"])
def test_what_is_only_text_stays_what_it_is(body):
    assert finished(body).get("mime_model") is None
