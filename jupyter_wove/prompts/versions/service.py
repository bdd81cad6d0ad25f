"""What can be done with the versions of a prompt."""

from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.paging import Page
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.comparison import compare
from jupyter_wove.prompts.experiments import Assignments
from jupyter_wove.prompts.format import Input, parse
from jupyter_wove.prompts.includes import Includes, inputs_of
from jupyter_wove.prompts.models import PromptDiff, PromptVersion, Which
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.store import LATEST, PromptStore, number_of_row
from jupyter_wove.prompts.tables import PromptVersionRow
from jupyter_wove.prompts.versions.keeping import Keeping
from jupyter_wove.prompts.versions.models import AskedInput, NewPromptVersion, PromptContent
from jupyter_wove.prompts.views import PromptViews


class PromptVersions:
    """The versions of a prompt, which never change."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = PromptStore(unit.session)

    def save(self, actor: Actor, prompt_id: UUID, body: NewPromptVersion) -> PromptVersion:
        """Add a version, numbered by what differs unless its author says the number."""
        row = self.store.allowed(actor, prompt_id, PromptAction.EDIT, lock=True)
        keeping = Keeping(self.unit, actor)
        draft = keeping.draft(body.file, actor.id, body.note)
        version = keeping.add(row, draft, body.number, body.base)
        return PromptViews(self.unit.session, actor).versions(prompt_id, [version])[0]

    def history(
        self, actor: Actor, prompt_id: UUID, after: str | None = None, limit: int = 50
    ) -> Page[PromptVersion]:
        """List the versions, newest first."""
        self.store.allowed(actor, prompt_id, PromptAction.SEE)
        page = self.store.history(prompt_id, after, limit)
        views = PromptViews(self.unit.session, actor)
        return Page(views.versions(prompt_id, page.items), page.next)

    def get(
        self, actor: Actor, prompt_id: UUID, which: Which, used: bool = False
    ) -> PromptContent:
        """Read a version: by its number, by a range such as `^2`, by a label, or the `latest`.

        Where an experiment runs on a label, it is the version of one's own share. That also goes
        for `latest` as it is `used`; else it is the newest one, which is what one edits.
        """
        row = self.store.allowed(actor, prompt_id, PromptAction.SEE)
        version = self._meant(actor, prompt_id, which, used=used)
        file = self.store.text(version.sha256)
        prompt, includes = parse(file), Includes(self.unit.session, actor)
        parts = includes.parts(includes.said(row, version), prompt, version.lock, lenient=True)
        return PromptContent(
            version=PromptViews(self.unit.session, actor).versions(prompt_id, [version])[0],
            file=file,
            settings=prompt.settings,
            body=prompt.body,
            inputs=[_asked(name, each) for name, each in inputs_of(parts).items()],
            includes={name: entry["said"] for name, entry in version.lock.items()},
        )

    def _meant(self, actor: Actor, prompt_id: UUID, which: str, *, used: bool) -> PromptVersionRow:
        if which == LATEST and not used:
            return self.store.newest(prompt_id)
        return Assignments(self.unit.session).find(actor.id, prompt_id, which).version

    def diff(
        self, actor: Actor, prompt_id: UUID, base: Which, head: Which = "latest"
    ) -> PromptDiff:
        """Compare two versions: the text by lines, the inputs and the settings one by one."""
        self.store.allowed(actor, prompt_id, PromptAction.SEE)
        versions = [self.store.find(prompt_id, which) for which in (base, head)]
        before, after = (parse(self.store.text(each.sha256)) for each in versions)
        names = (str(number_of_row(versions[0])), str(number_of_row(versions[1])))
        return compare(before, after, names)


def _asked(name: str, wanted: Input) -> AskedInput:
    return AskedInput(
        name=name,
        type=wanted.type,
        description=wanted.description,
        default=wanted.default,
        required=wanted.is_required,
        options=list(wanted.options),
    )
