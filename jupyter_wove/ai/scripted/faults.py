"""Answers, right and wrong."""

import asyncio
from collections.abc import Iterator
from itertools import islice

from jupyter_wove.ai.scripted.exchange import Exchange
from jupyter_wove.ai.scripted.script import Asked, Fault, Reply
from jupyter_wove.ai.scripted.shapes import Shape, event

EVENTS = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
FOR_EVER = 3600.0  # seconds
SLOWLY = 0.05  # seconds between two bytes
RETRY_AFTER = "7"  # seconds


async def answer(exchange: Exchange, shape: Shape, asked: Asked, reply: Reply) -> None:
    """Answer as a model does that is well."""
    if not asked.streams:
        await asyncio.sleep(reply.between * len(reply.pieces))
        await exchange.answer(200, shape.whole(asked, reply))
        return
    await exchange.begin(200, EVENTS)
    await _send(exchange, shape.events(asked, reply), reply.between)
    await exchange.end()


async def answer_wrongly(
    exchange: Exchange, shape: Shape, asked: Asked, reply: Reply, fault: Fault
) -> None:
    """Answer with a fault; one that comes late comes at once where nothing is streamed."""
    if fault.status is not None:
        headers = {"Retry-After": RETRY_AFTER} if fault is Fault.RATE_LIMITED else {}
        sentence = reply.problem or f"This model is scripted to fail: {fault}."
        await exchange.answer(fault.status, shape.problem(fault.status, sentence), headers)
    elif fault is Fault.HANG_UP:
        exchange.cut()
    elif fault is Fault.HANG:
        await asyncio.sleep(FOR_EVER)
    else:
        await exchange.begin(200, EVENTS)
        events = shape.events(asked, reply)
        await _send(exchange, islice(events, reply.after), reply.between)
        await _break(exchange, shape, events, fault)


async def _break(exchange: Exchange, shape: Shape, rest: Iterator[bytes], fault: Fault) -> None:
    if fault is Fault.CUT:
        exchange.cut()
        return
    if fault is Fault.STALL:
        await asyncio.sleep(FOR_EVER)
    elif fault is Fault.LORIS:
        for each in b"".join(rest):
            await exchange.send(bytes([each]))
            await asyncio.sleep(SLOWLY)
    elif fault is Fault.GARBAGE:
        await exchange.send(b'data: {"choices": [{\xff\n\n')
    elif fault is Fault.ERROR_EVENT:
        await exchange.send(event(shape.problem(529, "Overloaded."), "error"))
    await exchange.end()


async def _send(exchange: Exchange, events: Iterator[bytes], between: float) -> None:
    for each in events:
        await exchange.send(each)
        await asyncio.sleep(between)
