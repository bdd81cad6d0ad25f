"""What was found, drawn as people see it, with why it stands where it stands."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from jupyter_wove.search.engines import Shown
from jupyter_wove.search.models import Fragment, Hit, Why
from jupyter_wove.search.ranking import Ranked
from jupyter_wove.search.store import Names


class Drawing(NamedTuple):
    """All that is needed to draw some results."""

    names: Names
    shown: Mapping[int, Shown]
    likes: Mapping[str, list[str]]

    def hits(self, results: Sequence[Ranked]) -> list[Hit]:
        """Draw results; what has gone meanwhile is left out."""
        return [self._hit(each, shown) for each in results if (shown := self._of(each))]

    def _of(self, each: Ranked) -> Shown | None:
        """Find what a result says, unless the index was replaced since it was found."""
        shown = self.shown.get(each.found.id)
        is_same = shown is not None and shown.project == each.found.project
        return shown if is_same and UUID(each.found.project) in self.names.revisions else None

    def _hit(self, each: Ranked, shown: Shown) -> Hit:
        id_, is_page = UUID(each.found.project), not shown.path
        # A page may have been changed for a reason: never show what it said before.
        is_old = is_page and self.names.revisions[id_] != shown.revision
        title = [Fragment(self._title(each), False)] if is_old else shown.title
        snippet = [] if is_old else shown.snippet
        is_person = each.found.sort == "person"
        return Hit(
            kind=shown.kind,
            project=self.names.projects.get(id_),
            prompt=self.names.prompts.get(id_),
            person=self.names.people.get(id_) if is_person else None,
            path=shown.path or None,
            cell=shown.cell,
            cell_id=shown.cell_id,
            title=title,
            snippet=snippet,
            remixes=each.remixes,
            why=self._why(each, shown, is_old=is_old),
        )

    def _title(self, each: Ranked) -> str:
        id_ = UUID(each.found.project)
        if each.found.sort == "person":
            return self.names.people[id_].name
        named = self.names.projects.get(id_) or self.names.prompts[id_]
        return named.title

    def _why(self, each: Ranked, shown: Shown, *, is_old: bool) -> Why:
        return Why(
            fields=[] if is_old else shown.fields,
            words=[] if is_old else shown.words,
            likes=self.likes.get(each.found.project, []),
            stars=each.found.stars,
        )
