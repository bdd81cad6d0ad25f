"""What could be set up on this machine."""

import json
import os

from jupyter_wove.accounts import Actor
from jupyter_wove.ai.consents import has_agreed
from jupyter_wove.ai.models import Catalogue
from jupyter_wove.ai.setup.detection import (
    OLLAMA,
    keys_in,
    of_key,
    of_ollama,
    ollama_models,
)
from jupyter_wove.ai.setup.models import Proposal, Setup
from jupyter_wove.kit.units import Units


class ModelSetup:
    """Looks for models that could be used, and proposes them."""

    def __init__(self, units: Units, known: Catalogue, ollama: tuple[str, int] = OLLAMA) -> None:
        self._units = units
        self._known = known
        self._ollama = ollama

    def look(self, actor: Actor) -> Setup:
        """Look which models could be used here; nothing uses them before somebody says so."""
        keys, models = keys_in(os.environ), ollama_models(self._ollama)
        found = [of_key(name) for name in keys]
        found += [of_ollama(model, self._ollama) for model in models or []]
        proposals = self._new(found)
        with self._units.read() as unit:
            agreed = has_agreed(unit.session, actor.id)
        return Setup(
            models=self._known.answering,
            keys=keys,
            has_ollama=models is not None,
            proposals=proposals,
            settings=_settings(proposals),
            asks_before_paying=self._known.asks,
            has_agreed=agreed,
        )

    def _new(self, found: list[Proposal]) -> list[Proposal]:
        """Leave out what is configured already, or has the same name."""
        names = set(self._known.deployments)
        models = {(each.provider, each.model) for each in self._known.deployments.values()}
        new: list[Proposal] = []
        for each in found:
            name, model = each.deployment["name"], each.deployment["model"]
            if name not in names and (each.deployment["provider"], model) not in models:
                names.add(name)
                new.append(each)
        return new


def _settings(proposals: list[Proposal]) -> str:
    if not proposals:
        return ""
    lines = "".join(f"    {_python(each.deployment)},\n" for each in proposals)
    return f"c.Wove.ai_deployments = [\n{lines}]\n"


def _python(deployment: dict[str, object]) -> str:
    return json.dumps(deployment).replace(": true", ": True")
