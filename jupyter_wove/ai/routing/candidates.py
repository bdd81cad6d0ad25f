"""The deployments of a route, one after the other, and why those before did not answer."""

from collections.abc import Iterator

from jupyter_wove.ai.ledger import BudgetSpent, Caller
from jupyter_wove.ai.models import Deployment, Need, Route
from jupyter_wove.ai.providers import Failure
from jupyter_wove.ai.routing.circuits import Circuits
from jupyter_wove.ai.routing.policy import objection
from jupyter_wove.kit.errors import Forbidden, Unavailable, WoveError


class NoAnswer(Unavailable):
    """No deployment of the route could answer."""

    title = "No model could answer"


class ConsentNeeded(Forbidden):
    """Nobody has said yet that this person's money may be spent."""

    title = "Models cost money"


class Candidates:
    """Those who may be asked, until one has answered."""

    def __init__(
        self,
        caller: Caller,
        route: Route,
        deployments: list[Deployment],
        need: Need,
        circuits: Circuits,
    ) -> None:
        self._caller = caller
        self._route = route
        self._deployments = deployments
        self._need = need
        self._circuits = circuits
        self._reasons: list[str] = []
        self._refusal: WoveError | None = None

    def __iter__(self) -> Iterator[Deployment]:
        """Give each who may be asked when its turn has come."""
        for each in self._deployments:
            if reason := objection(each, self._route, self._need):
                self._reasons.append(f"{each.name}: {reason}")
            elif not (each.is_free or self._caller.may_pay):
                self._refusal = ConsentNeeded(
                    f"{each.name} costs money. Agree to that once, and it will be asked."
                )
            elif not self._circuits.take(each.name):
                self._reasons.append(f"{each.name}: it failed just now")
            else:
                yield each

    def failed(self, deployment: Deployment, why: Failure | BudgetSpent) -> None:
        """Note why one did not answer. Raises it where nobody else would."""
        if isinstance(why, BudgetSpent):
            self._refusal = why  # somebody cheaper may still be asked
        elif why.is_final:
            raise why
        else:
            self._reasons.append(f"{deployment.name}: {why.kind}")

    @property
    def nobody(self) -> WoveError:
        """Say why nobody answered."""
        told = f"No model of {self._route.name} could answer: {'; '.join(self._reasons)}."
        return self._refusal or NoAnswer(told)
