"""Every setting of Wove: `c.Wove.<name>` in a Jupyter configuration file."""

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_core.paths import jupyter_data_dir
from traitlets import Bool, CaselessStrEnum, Dict, Int, List, Unicode, default
from traitlets.config import Configurable

if TYPE_CHECKING:
    from jupyter_wove.ai import Catalogue
    from jupyter_wove.search import Embedder

SERVER_KEY = "WOVE_SERVER_KEY"
MEBIBYTE = 1024 * 1024


class Wove(Configurable):
    """Where Wove keeps things, how much it takes, and what it says."""

    data_dir: str = Unicode(  # type: ignore[assignment]
        help="The folder for all that Wove keeps, but for the projects themselves."
    ).tag(config=True)

    database_url: str = Unicode(  # type: ignore[assignment]
        help="Where rows are kept: sqlite:///… or postgresql+psycopg://…; a file in `data_dir`"
        " unless set."
    ).tag(config=True)

    queue_url: str = Unicode(  # type: ignore[assignment]
        "memory://",
        help="The queue of jobs: memory:// in this process, or redis://…/0 among several servers"
        " of one database. Whoever may write to that Redis may run code in the servers.",
    ).tag(config=True)

    search_engine: str = CaselessStrEnum(  # type: ignore[assignment]
        ["auto", "embedded", "postgresql"],
        "auto",
        help="What keeps the search index: embedded, in files in `data_dir`; postgresql, in the"
        " database, so that several servers share it; auto takes the one that fits the database.",
    ).tag(config=True)

    local_owner: str = Unicode(  # type: ignore[assignment]
        help="The name of the one owner of a server where nobody signs in by name."
    ).tag(config=True)

    administrators: list[Any] = List(  # type: ignore[assignment]
        Unicode(),
        help="Who administers Wove, by the names with which they sign in; the one owner of a"
        " server where nobody signs in by name does anyway.",
    ).tag(config=True)

    upload_limit: int = Int(  # type: ignore[assignment]
        512 * MEBIBYTE, min=1, help="The largest archive that may be uploaded, in bytes."
    ).tag(config=True)

    history_days: int = Int(  # type: ignore[assignment]
        90, min=0, help="The days for which it is kept who typed what when in a document."
    ).tag(config=True)

    history_limit: int = Int(  # type: ignore[assignment]
        64 * MEBIBYTE,
        min=0,
        help="How much of that is kept of one document, in bytes; the oldest goes first.",
    ).tag(config=True)

    binder_url: str = Unicode(  # type: ignore[assignment]
        "https://mybinder.org",
        help="The BinderHub that opens published projects which were also pushed to a public git"
        " address; empty to offer none.",
    ).tag(config=True)

    server_key: str = Unicode(  # type: ignore[assignment]
        help="What secrets are sealed with that are kept: 32 bytes in base64, a new one before old"
        " ones with a comma between; what stands in WOVE_SERVER_KEY, or else a file in `data_dir`"
        " that is made when it is first needed."
    ).tag(config=True)

    address: str = Unicode(  # type: ignore[assignment]
        help="Where people reach this server, as https://…/; what it says itself unless set. Apps"
        " send visitors there who have to sign in."
    ).tag(config=True)

    runner_socket: str = Unicode(  # type: ignore[assignment]
        help="The socket of the runner that builds and serves apps, where it runs as a service;"
        " unless set, the server starts a runner of its own when it first needs one."
    ).tag(config=True)

    targets: dict[str, Any] = Dict(  # type: ignore[assignment]
        value_trait=Dict(Unicode()),
        default_value={
            "aws-lambda": {},
            "cloudflare-pages": {},
            "cloudflare-workers": {},
            "fly": {},
        },
        help="Where apps may be served beside the runner, by name, and what is set for all apps"
        " there: the variables that the guide lists. What a variable names here, no app names.",
    ).tag(config=True)

    runner_config: str = Unicode(  # type: ignore[assignment]
        help="The file with the settings of the runner that the server starts: in the folder"
        " runner of `data_dir`, wove_runner_config.py, unless set."
    ).tag(config=True)

    app_domains: Any = CaselessStrEnum(
        ["public", "any"],
        "public",
        help="Whether hosts that are to prove that they lead to an app may be at public addresses"
        " only, or at any that this server reaches, those of an intranet among them.",
    ).tag(config=True)

    app_resolvers: list[str] = List(  # type: ignore[assignment]
        Unicode(),
        help="The resolvers of DNS that are asked for the TXT records of domains of apps, such as"
        " 10.0.0.53 or 127.0.0.1:5353; unless set, those of this machine.",
    ).tag(config=True)

    search_by_meaning: Any = CaselessStrEnum(
        ["here", "off"],
        "here",
        help="Which model lets what was said with other words be found, too: one on this machine,"
        " where the extra `semantic` of Wove is installed, or none.",
    ).tag(config=True)

    search_model: str = Unicode(  # type: ignore[assignment]
        help="The name of a route or deployment that embeds, which is asked for search by meaning"
        " in the place of the model on this machine: all texts that can be found are sent to it,"
        " and what it costs is on the account of the local owner."
    ).tag(config=True)

    search_dimension: int = Int(  # type: ignore[assignment]
        1536, min=1, max=3072, help="How many numbers the vectors of `search_model` have."
    ).tag(config=True)

    ai_deployments: list[Any] = List(  # type: ignore[assignment]
        Dict(),
        help="The models that may be asked: a name, a provider (openai, or what speaks as it"
        " does), a model, and a base_url or a key such as env:OPENAI_API_KEY for each.",
    ).tag(config=True)

    ai_routes: list[Any] = List(  # type: ignore[assignment]
        Dict(),
        help="Names to ask for, each with the deployments that answer to it, in their order.",
    ).tag(config=True)

    ai_budgets: list[Any] = List(  # type: ignore[assignment]
        Dict(),
        help="What models may cost: dollars, every day or month, of each person or of everybody.",
    ).tag(config=True)

    ai_limits: list[Any] = List(  # type: ignore[assignment]
        Dict(),
        help="How much may be asked: requests and tokens a minute, and answers at_once, of each"
        " person or of everybody.",
    ).tag(config=True)

    ai_personas: list[Any] = List(  # type: ignore[assignment]
        Unicode(),
        help="Prompts of the kind agent that answer in chats, too, each as owner/name.",
    ).tag(config=True)

    ai_mcp_servers: list[Any] = List(  # type: ignore[assignment]
        Dict(),
        help="MCP servers whose tools agents may ask for: a name, and a url with headers or a"
        " command with its environment, for each. People still choose which tools they let in.",
    ).tag(config=True)

    ai_mcp_of_people: Any = CaselessStrEnum(
        ["none", "public", "any"],
        "public",
        help="Whether people may add MCP servers of their own: none, at public addresses, or at"
        " any that this server reaches, those of this machine among them.",
    ).tag(config=True)

    ai_confirm_first_paid: bool = Bool(  # type: ignore[assignment]
        True,
        help="Whether people are asked, before the first answer in a chat or a browser that costs"
        " money, if they agree to that.",
    ).tag(config=True)

    log_level: str = CaselessStrEnum(  # type: ignore[assignment]
        ["DEBUG", "INFO", "WARNING", "ERROR"],
        "INFO",
        help="The least severe messages that Wove writes.",
    ).tag(config=True)

    log_format: str = CaselessStrEnum(  # type: ignore[assignment]
        ["json", "console"],
        "json",
        help="How Wove writes its log to stderr: one JSON object a line, or for eyes.",
    ).tag(config=True)

    def catalogue(self) -> "Catalogue":
        """Read what is said of models. Raises Unavailable."""
        from jupyter_wove.ai import (  # noqa: PLC0415 — late: a server starts without
            catalogue,
            mcp_settings,
        )

        return catalogue(
            self.ai_deployments,
            self.ai_routes,
            self.ai_budgets,
            self.ai_limits,
            asks=self.ai_confirm_first_paid,
            mcp=mcp_settings(self.ai_mcp_servers, self.ai_mcp_of_people),
        )

    def embedder(self) -> "Embedder | None":
        """Find the model for search by meaning; it is loaded when it is first asked."""
        from jupyter_wove.search import model_here  # noqa: PLC0415 — late: a server starts without

        if self.search_by_meaning == "off":
            return None
        if self.search_model:
            from jupyter_wove.ai import embedder  # noqa: PLC0415 — few servers ask any

            return embedder(self.catalogue(), self.search_model, self.search_dimension)
        return model_here()

    @default("data_dir")
    def _default_data_dir(self) -> str:
        return str(Path(jupyter_data_dir()) / "wove")

    @default("database_url")
    def _default_database_url(self) -> str:
        return f"sqlite:///{Path(self.data_dir) / 'wove.db'}"

    @default("server_key")
    def _default_server_key(self) -> str:
        return os.environ.pop(SERVER_KEY, "")  # else each kernel would have it

    @default("local_owner")
    def _default_local_owner(self) -> str:
        return getpass.getuser()
