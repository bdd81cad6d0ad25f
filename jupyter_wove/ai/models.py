"""Who can answer, in which order they are asked, and what a request needs of them."""

import re
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from jupyter_wove.kit.errors import NotFound, Unavailable

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
KeyName = Annotated[str, msgspec.Meta(pattern=r"^((env|kept):[A-Za-z0-9_.-]{1,64})?$")]
By = Literal["browser", "program", "key"]  # how somebody asks
ServerName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,31}\Z")]
OfPeople = Literal["none", "public", "any"]
ADDRESS = re.compile(r"[\w.-]+/[\w.-]+")  # of a project
Positive = Annotated[int, msgspec.Meta(ge=1)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]
Feature = Literal["tools", "vision", "json", "embeddings"]


EMBEDDINGS: Feature = "embeddings"


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
    key: KeyName = ""  # empty for who wants none
    window: int = 128_000  # tokens, of the request and the answer together
    most_output: int = 8_192  # tokens
    features: frozenset[Feature] = frozenset({"tools"})
    is_local: bool = False  # what is sent to it stays within the organisation
    price: Price | None = None  # instead of the one that is known
    first_within: Seconds = 20.0  # until the first piece of an answer
    next_within: Seconds = 30.0  # from one piece to the next

    @property
    def is_free(self) -> bool:
        """Tell whether it surely costs nothing."""
        price = self.price
        return self.is_local or (price is not None and not (price.input or price.output))

    @property
    def embeds(self) -> bool:
        """Tell whether it makes vectors of texts; what does so writes no answers."""
        return EMBEDDINGS in self.features


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A name to ask for, and the deployments that answer to it."""

    name: Name
    deployments: list[Name]
    order: Literal["listed", "cheapest", "fastest"] = "listed"
    is_private: bool = False  # only to deployments that are local


class Budget(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What may be spent in a day or a month (of UTC): by each person, for each project, by all.

    One of a course names projects by `owner/slug`; all of their remixes are of it, too.
    """

    dollars: Decimal
    every: Literal["day", "month"]
    of: Literal["person", "project", "course", "everybody"] = "person"
    projects: list[str] = []


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What may be asked in a minute, and be answered at once: by each person, or by all."""

    requests: Positive | None = None
    tokens: Positive | None = None
    at_once: Positive | None = None
    of: Literal["person", "everybody"] = "person"


class McpServerSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An MCP server whose tools agents may ask for: at an address, or a program to start.

    What headers and variables hold may end in env:NAME or kept:NAME, as keys of models do.
    """

    name: ServerName
    url: str = ""
    command: list[str] = []
    headers: dict[str, str] = {}
    environment: dict[str, str] = {}
    tools: list[str] | None = None  # their names; all unless said


class McpSettings(msgspec.Struct, frozen=True):
    """The servers of the administrator, and at which addresses people may have some."""

    servers: dict[str, McpServerSetting] = {}
    of_people: OfPeople = "public"


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What a request needs of whoever answers it."""

    tokens: int  # of the request, counted beforehand
    output: int  # tokens of the answer, at most; 0 leaves it to the deployment
    features: frozenset[Feature] = frozenset()

    @property
    def embeds(self) -> bool:
        """Tell whether vectors are wanted, and no answer."""
        return EMBEDDINGS in self.features


class Catalogue(msgspec.Struct, frozen=True):
    """The deployments and routes of a configuration; each deployment is a route, too."""

    deployments: dict[str, Deployment]
    routes: dict[str, Route]
    budgets: list[Budget] = []
    limits: list[Limit] = []
    asks: bool = True  # people, before the first answer that costs money
    mcp: McpSettings = McpSettings()

    @property
    def answering(self) -> list[str]:
        """Name what may be asked for an answer, routes first."""
        routes = [each.name for each in self.routes.values() if self._answers(each)]
        return [*routes, *(each.name for each in self.deployments.values() if not each.embeds)]

    def _answers(self, route: Route) -> bool:
        return any(not self.deployments[name].embeds for name in route.deployments)

    def route(self, name: str) -> Route:
        """Find a route by its name, or that of a deployment. Raises NotFound."""
        if name in self.routes:
            return self.routes[name]
        if name in self.deployments:
            return Route(name=name, deployments=[name])
        known = ", ".join([*self.routes, *self.deployments]) or "none yet"
        raise NotFound(f"There is no model {name}. There are: {known}.")


def catalogue(
    deployments: list[object],
    routes: list[object],
    budgets: list[object],
    limits: list[object] | None = None,
    *,
    asks: bool = True,
    mcp: McpSettings | None = None,
) -> Catalogue:
    """Read the settings of the models. Raises Unavailable."""
    try:
        found = msgspec.convert(deployments, list[Deployment], strict=False)
        named = msgspec.convert(routes, list[Route], strict=False)
        spending = msgspec.convert(budgets, list[Budget], strict=False)
        pace = msgspec.convert(limits or [], list[Limit], strict=False)
    except msgspec.ValidationError as error:
        raise Unavailable(f"The settings of the models do not fit: {error}.") from error
    for budget in spending:
        _check_budget(budget)
    known = {each.name: each for each in found}
    for deployment in found:
        _check_deployment(deployment)
    for route in named:
        _check_route(route, known)
    by_name = {each.name: each for each in named}
    return Catalogue(known, by_name, spending, pace, asks, mcp or McpSettings())


def mcp_settings(servers: list[object], of_people: OfPeople) -> McpSettings:
    """Read the settings of MCP servers. Raises Unavailable."""
    try:
        found = msgspec.convert(servers, list[McpServerSetting])
    except msgspec.ValidationError as error:
        raise Unavailable(f"The settings of MCP servers do not fit: {error}.") from error
    for each in found:
        if bool(each.url) == bool(each.command):
            raise Unavailable(f'The MCP server {each.name} needs a "url" or a "command".')
    return McpSettings({each.name: each for each in found}, of_people)


def _check_deployment(deployment: Deployment) -> None:
    if deployment.embeds and deployment.provider != "openai":
        raise Unavailable(
            f"{deployment.name} cannot embed: only what speaks as OpenAI does is asked to."
        )


def _check_budget(budget: Budget) -> None:
    if (budget.of == "course") != bool(budget.projects):
        raise Unavailable('A budget of a course, and no other, names its "projects".')
    if wrong := [each for each in budget.projects if not ADDRESS.fullmatch(each)]:
        raise Unavailable(f"Name projects of a course as owner/name, and not {wrong[0]}.")


def _check_route(route: Route, known: dict[str, Deployment]) -> None:
    if lost := set(route.deployments) - set(known):
        raise Unavailable(
            f"The route {route.name} names {', '.join(sorted(lost))}: there is none."
        )
    embedding = {known[name].model for name in route.deployments if known[name].embeds}
    if len(embedding) > 1:
        raise Unavailable(
            f"The route {route.name} embeds with {' and '.join(sorted(embedding))}, whose vectors"
            " cannot be compared. Give each model a route of its own."
        )
