"""In which order the deployments of a route are asked."""

from decimal import Decimal

from jupyter_wove.ai.models import Deployment, Need
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers import Usage
from jupyter_wove.ai.routing.speeds import Speeds

EXPECTED = 500  # tokens of an answer, where the request does not say how long it may be


def cheapest(deployments: list[Deployment], need: Need) -> list[Deployment]:
    """Ask who would take the least for this request; last, in their order, who says no price."""
    prices = {each.name: _expected(each, need) for each in deployments}

    def rank(deployment: Deployment) -> tuple[bool, Decimal]:
        price = prices[deployment.name]
        return price is None, price or Decimal(0)

    return sorted(deployments, key=rank)


def fastest(deployments: list[Deployment], speeds: Speeds) -> list[Deployment]:
    """Ask who began soonest of late; first of all, so that it gets known, of whom nobody knows."""
    return sorted(deployments, key=lambda each: speeds.median(each.name) or 0.0)


def _expected(deployment: Deployment, need: Need) -> Decimal | None:
    output = 0 if need.embeds else need.output or EXPECTED
    return cost(deployment, Usage(input=need.tokens, output=output))
