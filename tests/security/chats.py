"""Ann asks in a chat, and hears what has come since she last listened."""

import asyncio
import time

from tests.reliability.chatter import Chatter


def talk(server, chat, notebook, said="Help me.", *, mode="accept", bob=""):
    """Have Ann ask at the cell `here`, after Bob has said something, if anything; give answers."""

    async def ask():
        async with Chatter(server, chat, "Ann") as ann:
            if bob:
                await say_as_bob(ann)
            focus = {"notebook": notebook, "cell": "here", "mode": mode}
            ann.says(said, more={"wove": focus})
            return await heard(server, ann)

    async def say_as_bob(ann):
        async with Chatter(server, chat, "Bob") as other:
            other.says(bob, to=None)
            await ann.until(lambda: bob in [each["body"] for each in ann.messages])

    return asyncio.run(ask())


async def heard(server, ann):
    """Wait for answers that nobody has heard yet."""

    def fresh():
        return [each for each in ann.answers if each["id"] not in server.heard]

    await ann.until(lambda: fresh() and not ann.growing)
    answers = fresh()
    server.heard |= {each["id"] for each in answers}
    return answers


def refuse(server, model, chat, answers):
    """Refuse what answers ask for, as Ann; nobody else can. Return how much that was."""
    asks = [each["metadata"]["wove"]["approval"] for each in answers if "May I" in each["body"]]
    for each in asks:
        allowed = server.api("POST", f"ai/approvals/{each}/approve", {}, name="Bob")
        assert allowed.status in {403, 404}, allowed
        rejected = server.api("POST", f"ai/approvals/{each}/reject", {})
        assert rejected.status == 200, rejected
        wait_for(lambda: model.asked[-1].last.startswith("The person does not want that"))
        asyncio.run(hear_rest(server, chat))
    return len(asks)


async def hear_rest(server, chat):
    async with Chatter(server, chat, "Ann") as ann:
        return await heard(server, ann)


def wait_for(true):
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def told(model, since=0):
    """All that models got to read, from one of what they were asked on."""
    return "\n".join(text for asked in model.asked[since:] for _, text in asked.texts)
