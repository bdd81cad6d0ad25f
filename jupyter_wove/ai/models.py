"""Who can answer, in which order they are asked, and what a request needs of them."""

from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from jupyter_wove.kit.errors import NotFound, Unavailable

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Seconds = Annotated[float, msgspec.Meta(gt=0)]
Feature = Literal["tools", "vision", "json"]


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a million tokens cost, in US dollars; unless said, those of the cache as others do."""

    input: Decimal
    output: Decimal
    read: Decimal | None = None
    written: Decimal | None = None


class Deployment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One model at one provider, with the key to ask it."""

    name: Name
    provider: Literal["openai", "anthropic", "google"]
    model: str
    base_url: str = ""
    key: str = ""  # the name of a kept key; empty for who wants none
    window: int = 128_000  # tokens, of the request and the answer together
    most_output: int = 8_192  # tokens
    features: frozenset[Feature] = frozenset({"tools"})
    is_local: bool = False  # what is sent to it stays within the organisation
    price: Price | None = None  # instead of the one that is known
    first_within: Seconds = 20.0  # until the first piece of an answer
    next_within: Seconds = 30.0  # from one piece to the next


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A name to ask for, and the deployments that answer to it, in their order."""

    name: Name
    deployments: list[Name]
    is_private: bool = False  # only to deployments that are local


class Budget(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What may be spent in a day or a month (of UTC): by each person, or by all together."""

    dollars: Decimal
    every: Literal["day", "month"]
    of: Literal["person", "everybody"] = "person"


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What a request needs of whoever answers it."""

    tokens: int  # of the request, counted beforehand
    output: int  # tokens of the answer, at most; 0 leaves it to the deployment
    features: frozenset[Feature] = frozenset()


class Catalogue(msgspec.Struct, frozen=True):
    """The deployments and routes of a configuration; each deployment is a route, too."""

    deployments: dict[str, Deployment]
    routes: dict[str, Route]
    budgets: list[Budget] = []

    def route(self, name: str) -> Route:
        """Find a route by its name, or that of a deployment. Raises NotFound."""
        if name in self.routes:
            return self.routes[name]
        if name in self.deployments:
            return Route(name=name, deployments=[name])
        known = ", ".join([*self.routes, *self.deployments]) or "none yet"
        raise NotFound(f"There is no model {name}. There are: {known}.")


def catalogue(deployments: list[object], routes: list[object], budgets: list[object]) -> Catalogue:
    """Read the settings `ai_deployments`, `ai_routes` and `ai_budgets`. Raises Unavailable."""
    try:
        found = msgspec.convert(deployments, list[Deployment], strict=False)
        named = msgspec.convert(routes, list[Route], strict=False)
        limits = msgspec.convert(budgets, list[Budget], strict=False)
    except msgspec.ValidationError as error:
        raise Unavailable(f"The settings of the models do not fit: {error}.") from error
    known = {each.name: each for each in found}
    for each in named:
        if lost := set(each.deployments) - set(known):
            raise Unavailable(
                f"The route {each.name} names {', '.join(sorted(lost))}: there is none."
            )
    return Catalogue(known, {each.name: each for each in named}, limits)
