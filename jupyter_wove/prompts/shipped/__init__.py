"""The agents that come with Wove: prompts of the library, owned by nobody who signs in."""

from functools import cache
from importlib.resources import files
from uuid import UUID

from jupyter_wove.accounts import Actor, Directory
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.prompts.format import parse
from jupyter_wove.prompts.labels import PromptLabels
from jupyter_wove.prompts.labels.models import LabelTarget, PromptLabel
from jupyter_wove.prompts.models import NewPrompt
from jupyter_wove.prompts.numbering import number_of
from jupyter_wove.prompts.service import Prompts
from jupyter_wove.prompts.store import LATEST, PromptStore, number_of_row
from jupyter_wove.prompts.tables import PromptRow
from jupyter_wove.prompts.versions import PromptVersions
from jupyter_wove.prompts.versions.models import NewPromptVersion

PROVIDER, SUBJECT, NAME = "wove:shipped", "wove", "Wove"  # no identity provider is called so
PRODUCTION = "production"
NAMES = ("analyst", "coder", "tester", "writer", "tutor")
NOTE = "Comes with Wove"


@cache
def shipped(name: str) -> str:
    """Read the file of an agent that comes with Wove."""
    return files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")


class Shipping:
    """Puts the agents into the library that come with this version of Wove."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def owner(self) -> Actor:
        """Name whose they are: somebody as whom nobody can sign in."""
        return Directory(self.units, "").identity(PROVIDER, SUBJECT, NAME)

    def fill(self, names: tuple[str, ...] = NAMES) -> Actor:
        """Add what is missing; versions that are there never change. Return whose they are."""
        owner = self.owner()
        with self.units.read() as unit:
            missing = [each for each in names if _is_missing(unit, owner, shipped(each))]
        for name in missing:
            self.add(owner, shipped(name))
        return owner

    def choose(self, name: str, which: str) -> PromptLabel:
        """Have one of them answer by this version from now on; by each new one, with `latest`.

        Raises NotFound.
        """
        owner = self.fill()
        with self.units.write() as unit:
            row = PromptStore(unit.session).at_address(owner.handle, name)
            if row is None:
                raise NotFound(f"No agent {name} comes with Wove. There are: {', '.join(NAMES)}.")
            target = LabelTarget(which, protected=which != LATEST)
            return PromptLabels(unit).put(owner, row.id, PRODUCTION, target)

    def add(self, owner: Actor, text: str) -> None:
        """Add an agent, or a new version of it."""
        with self.units.write() as unit:
            take_turn(unit.session, "agents that come with Wove")
            if _is_missing(unit, owner, text):
                _add(unit, owner, text)


def _is_missing(unit: Unit, owner: Actor, text: str) -> bool:
    row = _row(unit, owner, text)
    if row is None:
        return True
    return number_of_row(PromptStore(unit.session).newest(row.id)) < number_of(_number(text))


def _add(unit: Unit, owner: Actor, text: str) -> None:
    row, number = _row(unit, owner, text), _number(text)
    if row is None:
        card = Prompts(unit).create(owner, NewPrompt(text, "public", number, NOTE))
        _label(unit, owner, card.id, number)
        return
    follows = _is_ours_to_move(unit, row)
    PromptVersions(unit).save(owner, row.id, NewPromptVersion(text, number, NOTE, None))
    if follows:
        _label(unit, owner, row.id, number)


def _label(unit: Unit, owner: Actor, prompt_id: UUID, number: str) -> None:
    PromptLabels(unit).put(owner, prompt_id, PRODUCTION, LabelTarget(number))


def _is_ours_to_move(unit: Unit, row: PromptRow) -> bool:
    """Tell whether people use the newest version because it is that; else somebody chose one."""
    store = PromptStore(unit.session)
    label = next((each for each in store.labels(row.id) if each.label == PRODUCTION), None)
    newest = store.newest(row.id)
    return label is not None and label.version_id == newest.id and not label.protected


def _row(unit: Unit, owner: Actor, text: str) -> PromptRow | None:
    return PromptStore(unit.session).at_address(owner.handle, parse(text).header.name)


def _number(text: str) -> str:
    return str(parse(text).settings["version"])
