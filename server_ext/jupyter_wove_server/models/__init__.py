"""The addresses at which programs ask models, as they ask OpenAI, and editors while one types."""

from jupyter_wove_server.base import Route, check_routes
from jupyter_wove_server.models.completing import Completing
from jupyter_wove_server.models.completions import Completions, ModelList
from jupyter_wove_server.models.embeddings import Embeddings
from jupyter_wove_server.serving import Serving

V1 = "/wove/ai/v1"


def routes(serving: Serving) -> list[Route]:
    """List every route. Raises TypeError for one that does not say who may use it."""
    listed: list[Route] = [
        (f"{V1}/chat/completions", Completions),
        (f"{V1}/embeddings", Embeddings),
        (f"{V1}/models", ModelList),
        (Completing.route, Completing),
    ]
    check_routes(listed)
    return listed
