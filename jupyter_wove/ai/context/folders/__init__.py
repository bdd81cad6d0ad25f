"""What is written in the folders around notebooks."""

import threading
from collections import OrderedDict
from pathlib import Path

from jupyter_wove.ai.context.folders.index import FolderIndex
from jupyter_wove.ai.context.folders.items import folder_items

MOST = 8  # folders that are remembered

__all__ = ["FolderIndex", "Folders", "folder_items"]


class Folders:
    """The folders that somebody asked about lately."""

    def __init__(self) -> None:
        self._known: OrderedDict[Path, FolderIndex] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, folder: Path) -> FolderIndex:
        """Look at a folder. Takes a second the first time, and milliseconds from then on."""
        with self._lock:
            index = self._known.pop(folder, None) or FolderIndex(folder)
            self._known[folder] = index
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        index.refresh()
        return index
