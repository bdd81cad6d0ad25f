"""Writes down each attempt to have a model answer, and what it cost when it is over."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from decimal import ROUND_UP, Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from jupyter_wove.ai.ledger.begun import Begun, take_up_lost
from jupyter_wove.ai.ledger.budgets import PICOS, check
from jupyter_wove.ai.ledger.models import Entry, Outcome
from jupyter_wove.ai.ledger.tables import ATTEMPTS, AttemptRow
from jupyter_wove.ai.models import Budget, Deployment
from jupyter_wove.ai.providers import Usage
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import StorageFull
from jupyter_wove.kit.units import Units

# To write at once takes the processor from the request that is being sent just then: half a
# millisecond. Until it is in the database it is in a file. Who has budgets waits for it.
SOON = 0.005  # seconds
LONGEST = timedelta(hours=6)
Pricing = Callable[[Deployment, Usage], Decimal | None]


class Ledger:
    """The attempts of everybody, in the database; until they are there, in a file in `folder`."""

    def __init__(self, units: Units, price: Pricing, budgets: list[Budget], folder: Path) -> None:
        self._units = units
        self._price = price
        self._budgets = budgets
        self._asked = Begun(folder)
        self._begun: dict[UUID, asyncio.TimerHandle | asyncio.Future[None]] = {}

    @property
    def has_budgets(self) -> bool:
        """Tell whether somebody may be refused before they are asked."""
        return bool(self._budgets)

    def close(self) -> None:
        """Let go of the file; what is noted there is taken up by whoever comes next."""
        self._asked.close()

    async def begin(self, entry: Entry) -> None:
        """Write down that somebody is asked; it is on disk when this returns.

        Raises BudgetSpent where it may cost more than there is left.
        """
        await asyncio.to_thread(self._add, entry)

    def begin_soon(self, entry: Entry) -> None:
        """Write down that somebody is asked, once the request for it is on its way.

        A server that is killed before that has not lost it. Raises StorageFull.
        """
        try:
            self._asked.add(self._begun_row(entry))
        except OSError as error:
            raise StorageFull("The disk is full. Free some space and ask again.") from error
        loop = asyncio.get_running_loop()
        self._begun[entry.id] = loop.call_later(SOON, self._write, entry)

    async def settle(self, entry: Entry) -> None:
        """Write down what it took; it is on disk when this returns."""
        begun = self._begun.pop(entry.id, None)
        if isinstance(begun, asyncio.TimerHandle):  # it was over before it was written
            begun.cancel()
            await asyncio.to_thread(self._insert, entry)
            return
        if begun is not None:
            await begun
        await asyncio.to_thread(self._settle, entry)

    def _write(self, entry: Entry) -> None:
        loop = asyncio.get_running_loop()
        self._begun[entry.id] = loop.run_in_executor(None, self._add, entry)

    def _add(self, entry: Entry) -> None:
        row, most = self._begun_row(entry), self._most(entry)
        with self._units.write() as unit:
            check(unit.session, self._budgets, entry.caller, most, entry.at)
            unit.session.execute(insert(ATTEMPTS), row)
        self._asked.written(entry.id)

    def _insert(self, entry: Entry) -> None:
        row = self._begun_row(entry) | self._ended_values(entry)
        with self._units.write() as unit:
            unit.session.execute(insert(ATTEMPTS), row)
        self._asked.written(entry.id)

    def _settle(self, entry: Entry) -> None:
        ended = update(ATTEMPTS).where(ATTEMPTS.c.id == entry.id)
        with self._units.write() as unit:
            unit.session.execute(ended.values(self._ended_values(entry)))

    def _begun_row(self, entry: Entry) -> dict[str, Any]:
        caller, deployment = entry.caller, entry.deployment
        asking = Usage(input=entry.need.tokens)
        return {
            "id": entry.id,
            "at": entry.at,
            "person_id": caller.person_id,
            "project_id": caller.project_id,
            "purpose": caller.purpose,
            "use_id": caller.use_id,
            "prompt": caller.prompt,
            "route": entry.route,
            "deployment": deployment.name,
            "model": deployment.model,
            "number": entry.number,
            "outcome": Outcome.RUNNING,
            "input": entry.need.tokens,
            "output": 0,
            "read": 0,
            "written": 0,
            "reasoning": 0,
            "is_estimated": True,
            "cost": self._picos(deployment, asking),
            "reserved": self._most(entry) or 0,
            "took": 0.0,
        }

    def _ended_values(self, entry: Entry) -> dict[str, Any]:
        usage = entry.usage
        return {
            "outcome": entry.outcome,
            "input": usage.input,
            "output": usage.output,
            "read": usage.read,
            "written": usage.written,
            "reasoning": usage.reasoning,
            "is_estimated": entry.is_estimated,
            "cost": self._picos(entry.deployment, usage),
            "first": entry.first,
            "took": entry.took,
            "problem": entry.problem,
        }

    def _most(self, entry: Entry) -> int | None:
        return self._picos(entry.deployment, entry.most)

    def _picos(self, deployment: Deployment, usage: Usage) -> int | None:
        """Price it in picodollars: exact, as long as a token costs no fraction of one."""
        cost = self._price(deployment, usage)
        return None if cost is None else int((cost * PICOS).to_integral_value(ROUND_UP))


def close_lost(units: Units, folder: Path, after: timedelta = LONGEST) -> int:
    """End what servers that died left running; no attempt takes so long. Count those."""
    take_up_lost(units, folder)
    with units.write() as unit:
        done = unit.session.execute(
            update(AttemptRow)
            .where(AttemptRow.outcome == Outcome.RUNNING, AttemptRow.at < now() - after)
            .values(outcome=Outcome.LOST)
        )
        return int(done.rowcount)  # type: ignore[attr-defined]
