"""What a test does with an agent: ask it, hear it, decide for it, look at the notebook."""

import asyncio

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from pycrdt import Array

from jupyter_wove.ai.scripted import Call, Reply
from tests.reliability.chatter import Chatter
from tests.reliability.server import Server
from tests.reliability.test_chats import CHATS, deployment
from tests.reliability.typist import Typist

BOOK, CHAT = "sea.ipynb", "talk.chat"
DONE = Reply(pieces=["That is all."])


def new_server(folder, served):
    settings = {"Wove": {"ai_deployments": [deployment(served, is_local=True)]}}
    return Server(folder, "Ann", "Bob", extensions=CHATS, settings=settings)


def prepare(server, book, chat):
    cells = [
        new_code_cell("waves = [1, 2, 3]", id="made"),
        new_code_cell("token = 'abcdefgh1234'\nprint(len(waves))", id="here"),
    ]
    nbformat.write(new_notebook(cells=cells), server.root / book)
    (server.root / chat).touch()


def call(name, **arguments):
    return Reply(calls=[Call(name, arguments)])


def ask(server, text="Do it.", name="Ann", count=1, mode="ask"):
    """Ask in the chat at the second cell; return the messages of the persona."""

    async def talk():
        async with Chatter(server, server.chat, name) as who:
            before = len(who.answers)
            focus = {"notebook": server.book, "cell": "here", "mode": mode}
            who.says(text, more={"wove": focus})
            return (await who.hears(before + count))[before:]

    return asyncio.run(talk())


def heard(server, count, name="Ann"):
    """Wait until the persona has said so much; return the last of it."""

    async def listen():
        async with Chatter(server, server.chat, name) as who:
            return (await who.hears(count))[-1]

    return asyncio.run(listen())


def sources(server, name="Ann"):
    async def look():
        async with Typist(server, server.book, name, kind="json:notebook") as who:
            cells = who.doc.get("cells", type=Array)
            return {cell["id"]: (str(cell["source"]), cell["outputs"].to_py()) for cell in cells}

    return asyncio.run(look())


def source(server, cell="here"):
    return sources(server)[cell][0]


def suggested(server, name="Ann"):
    found = server.api("GET", f"suggestions?path={server.book}", name=name).json
    return [(each, change) for each in found for change in each["changes"]]


def approval_of(message):
    return message["metadata"]["wove"]["approval"]


def decide(server, message, verdict="approve", name="Ann", **body):
    return server.api("POST", f"ai/approvals/{approval_of(message)}/{verdict}", body, name=name)


def kernel(server):
    body = {"path": server.book, "name": server.book, "type": "notebook"}
    return server.ask("POST", "api/sessions", body | {"kernel": {"name": "python3"}}).json


def type_into(server, text):
    async def type_it():
        async with Typist(server, server.book, "Bob", kind="json:notebook") as bob:
            cell = bob.doc.get("cells", type=Array)[1]
            with bob.doc.transaction():
                written = cell["source"]
                written.clear()
                written += text
            await bob.is_stored()

    asyncio.run(type_it())
