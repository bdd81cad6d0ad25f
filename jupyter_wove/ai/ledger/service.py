"""Writes down each attempt before it is made, and what it cost when it is over."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from decimal import ROUND_UP, Decimal
from typing import cast

from sqlalchemy import Table, insert, update

from jupyter_wove.ai.ledger.budgets import PICOS, check
from jupyter_wove.ai.ledger.models import Entry, Outcome
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Budget, Deployment
from jupyter_wove.ai.providers import Usage
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.units import Units

LONGEST = timedelta(hours=6)
# Not objects of a session: an answer begins while this is written, in the same process.
ATTEMPTS = cast(Table, AttemptRow.__table__)
Pricing = Callable[[Deployment, Usage], Decimal | None]


class Ledger:
    """The attempts of everybody, in the database."""

    def __init__(self, units: Units, price: Pricing, budgets: list[Budget]) -> None:
        self._units = units
        self._price = price
        self._budgets = budgets

    @property
    def has_budgets(self) -> bool:
        """Tell whether somebody may be refused before they are asked."""
        return bool(self._budgets)

    async def begin(self, entry: Entry) -> None:
        """Write down that somebody is asked; it is on disk when this returns.

        Raises BudgetSpent where it may cost more than there is left.
        """
        await asyncio.to_thread(self._add, entry)

    async def settle(self, entry: Entry) -> None:
        """Write down what it took; it is on disk when this returns."""
        await asyncio.to_thread(self._settle, entry)

    def _add(self, entry: Entry) -> None:
        caller, deployment, at = entry.caller, entry.deployment, now()
        asking, most = Usage(input=entry.need.tokens), entry.most
        reserved = self._picos(deployment, most)
        row = {
            "id": entry.id,
            "at": at,
            "person_id": caller.person_id,
            "project_id": caller.project_id,
            "purpose": caller.purpose,
            "route": entry.route,
            "deployment": deployment.name,
            "model": deployment.model,
            "number": entry.number,
            "outcome": entry.outcome,
            "input": entry.need.tokens,
            "output": 0,
            "read": 0,
            "written": 0,
            "reasoning": 0,
            "is_estimated": True,
            "cost": self._picos(deployment, asking),
            "reserved": reserved or 0,
            "took": 0.0,
        }
        with self._units.write() as unit:
            check(unit.session, self._budgets, caller.person_id, reserved, at)
            unit.session.execute(insert(ATTEMPTS), row)

    def _settle(self, entry: Entry) -> None:
        usage = entry.usage
        values = {
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
        with self._units.write() as unit:
            unit.session.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == entry.id).values(values))

    def _picos(self, deployment: Deployment, usage: Usage) -> int | None:
        """Price it in picodollars: exact, as long as a token costs no fraction of one."""
        cost = self._price(deployment, usage)
        return None if cost is None else int((cost * PICOS).to_integral_value(ROUND_UP))


def close_lost(units: Units, after: timedelta = LONGEST) -> int:
    """End what servers that died left running; no attempt takes so long. Count them."""
    with units.write() as unit:
        done = unit.session.execute(
            update(AttemptRow)
            .where(AttemptRow.outcome == Outcome.RUNNING, AttemptRow.at < now() - after)
            .values(outcome=Outcome.LOST)
        )
        return int(done.rowcount)  # type: ignore[attr-defined]
