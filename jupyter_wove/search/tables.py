"""Tables of prompts, as far as a search needs them: few servers load the domain they are of."""

from sqlalchemy import Uuid, column, table

PROMPT = table(
    "prompt",
    column("id", Uuid()),
    column("owner_id", Uuid()),
    *(column(name) for name in ("name", "title", "description", "words", "number", "visibility")),
    *(column(name) for name in ("votes", "forks", "updated")),
)
PROMPT_MEMBER = table("prompt_member", column("prompt_id", Uuid()), column("person_id", Uuid()))
PROMPT_WORD = table(
    "prompt_word", column("prompt_id", Uuid()), column("sort"), column("word"), column("position")
)
PROMPT_ORIGIN = table("prompt_origin", column("prompt_id", Uuid()), column("origin_id", Uuid()))
