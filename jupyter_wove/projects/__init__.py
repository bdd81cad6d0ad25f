"""Projects: notebooks and their files, versioned, published and remixed."""

from typing import TYPE_CHECKING

from jupyter_wove.projects.imports import Imports
from jupyter_wove.projects.jobs import ProjectJobs
from jupyter_wove.projects.members import Members
from jupyter_wove.projects.models import (
    FolderToAdopt,
    MemberChanged,
    NewProject,
    Project,
    ProjectChanged,
    ProjectCreated,
    ProjectDeleted,
    ProjectPublished,
    ProjectPurged,
    ProjectRef,
    ProjectRemixed,
    ProjectUndeleted,
    ProjectUnpublished,
    RoleName,
    VersionRestored,
    VersionSaved,
    WorkSaved,
)
from jupyter_wove.projects.notebooks import (
    Cell,
    CellChange,
    CellType,
    Effort,
    Notebook,
    TextDiff,
    blocks,
    diff_notebooks,
    diff_text,
    match,
    merge_lines,
    merge_notebooks,
    output_text,
    read_notebook,
    rising,
    write_notebook,
)
from jupyter_wove.projects.publication import NewRemix, Publication, Publications
from jupyter_wove.projects.repository import Entry, Pushed
from jupyter_wove.projects.service import Projects
from jupyter_wove.projects.store import ProjectStore, listed, visible_to, works_on
from jupyter_wove.projects.tables import OriginRow, ProjectRow, TagRow
from jupyter_wove.projects.trust import ProjectTrust, Standing, Trusts
from jupyter_wove.projects.upkeep import Upkeep
from jupyter_wove.projects.versions import (
    ChangedFile,
    FileDiff,
    FileEntry,
    FilePath,
    NewVersion,
    Restoration,
    Version,
    Versions,
    differences,
    tarred,
)
from jupyter_wove.projects.views import ProjectViews
from jupyter_wove.projects.workspaces import Workspaces

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository

__all__ = [
    "Cell",
    "CellChange",
    "CellType",
    "ChangedFile",
    "Effort",
    "Entry",
    "FileDiff",
    "FileEntry",
    "FilePath",
    "FolderToAdopt",
    "Imports",
    "MemberChanged",
    "Members",
    "NewProject",
    "NewRemix",
    "NewVersion",
    "Notebook",
    "OriginRow",
    "Project",
    "ProjectChanged",
    "ProjectCreated",
    "ProjectDeleted",
    "ProjectJobs",
    "ProjectPublished",
    "ProjectPurged",
    "ProjectRef",
    "ProjectRemixed",
    "ProjectRow",
    "ProjectStore",
    "ProjectTrust",
    "ProjectUndeleted",
    "ProjectUnpublished",
    "ProjectViews",
    "Projects",
    "Publication",
    "Publications",
    "Pushed",
    "Repository",
    "Restoration",
    "RoleName",
    "Standing",
    "TagRow",
    "TextDiff",
    "Trusts",
    "Upkeep",
    "Version",
    "VersionRestored",
    "VersionSaved",
    "Versions",
    "WorkSaved",
    "Workspaces",
    "blocks",
    "diff_notebooks",
    "diff_text",
    "differences",
    "listed",
    "match",
    "merge_lines",
    "merge_notebooks",
    "output_text",
    "read_notebook",
    "rising",
    "tarred",
    "visible_to",
    "works_on",
    "write_notebook",
]
