"""What is done for projects without anybody asking: snapshots on save, thinning, the bin."""

import logging
import shutil
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.units import Units
from jupyter_wove.projects.models import ProjectPurged, WorkSaved
from jupyter_wove.projects.repository import Author
from jupyter_wove.projects.store import ProjectStore
from jupyter_wove.projects.tables import ProjectRow
from jupyter_wove.projects.workspaces import Workspaces

DAYS_IN_BIN = 30
WOVE = Author("Jupyter Wove", "wove@automatic.wove.invalid")

log = logging.getLogger(__name__)


class Upkeep:
    """Looks after all projects."""

    def __init__(self, units: Units, workspaces: Workspaces) -> None:
        self.units = units
        self.workspaces = workspaces

    def snapshot_around(self, path: str) -> str | None:
        """Keep the project that a saved file belongs to as it is; None where nothing changed."""
        with self.units.read() as unit:
            row = ProjectStore(unit.session).around(folders_above(self.workspaces.root / path))
        return self._snapshot(row, f"Saved {Path(path).name}") if row else None

    def _snapshot(self, row: ProjectRow, message: str) -> str | None:
        version = self.workspaces.repository(row).snapshot(WOVE, message)
        if version:
            with self.units.write() as unit:
                unit.emit(WorkSaved(row.id, version))
        return version

    def thin(self) -> int:
        """Let old snapshots of all projects go, but none that was published or remixed."""
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            rows, kept = store.alive(), store.versions_in_use()
        gone = 0
        for row in rows:
            try:
                gone += self.workspaces.repository(row).thin(now(), kept.get(row.id, set()))
            except WoveError as error:  # one folder that is gone must not stop the others
                log.warning("The snapshots of project %s stay as they are: %s", row.id, error)
        return gone

    def purge(self) -> int:
        """Remove for good what has been in the bin for 30 days; return how many."""
        with self.units.write() as unit:
            rows = ProjectStore(unit.session).expired(now() - timedelta(days=DAYS_IN_BIN))
            for row in rows:
                unit.session.delete(row)
                unit.emit(ProjectPurged(row.id))
        for row in rows:
            self.workspaces.purge(row)
        return len(rows)

    def settle(self) -> None:
        """Deal with what killed processes left staged: stored projects move in, the rest goes."""
        with self.units.read() as unit:
            rows = {str(row.id): row for row in unit.session.scalars(select(ProjectRow))}
        for folder in self.workspaces.left_staged():
            if folder.name in rows:
                self.workspaces.settle(rows[folder.name])
            else:
                shutil.rmtree(folder)


def folders_above(path: Path) -> list[str]:
    """List the folders that a path may lie in, itself among them."""
    place = path.resolve()
    return [str(place), *map(str, place.parents)]
