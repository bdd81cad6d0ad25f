"""The operations on projects."""

from jupyter_wove.kit.contract import Routes
from jupyter_wove.projects.checks import Checks
from jupyter_wove.projects.imports import Imports
from jupyter_wove.projects.members import Members
from jupyter_wove.projects.publication import Publications
from jupyter_wove.projects.service import Projects
from jupyter_wove.projects.trust import Trusts
from jupyter_wove.projects.versions import Versions

projects = Routes("/wove/api/projects", Projects)
projects.get("", Projects.mine, scope="projects:read")
projects.post("", Projects.create, scope="projects:write", status=201)
projects.get("/around", Projects.around, scope="projects:read")
projects.get("/{project_id}", Projects.get, scope="projects:read")
projects.patch("/{project_id}", Projects.change, scope="projects:write")
projects.delete("/{project_id}", Projects.delete, scope="projects:write")
projects.post("/{project_id}/undelete", Projects.undelete, scope="projects:write")

templates = Routes("/wove/api", Projects)
templates.get("/templates", Projects.templates, scope="projects:read")
templates.get("/people/{owner}/projects/{slug}", Projects.at_address, scope="projects:read")

imports = Routes("/wove/api/imports", Imports)
imports.post("/folder", Imports.adopt, scope="projects:write", status=202)
imports.post("/archive", Imports.unpack, scope="projects:write", status=202)

versions = Routes("/wove/api/projects/{project_id}", Versions)
versions.get("/versions", Versions.history, scope="projects:read")
versions.post("/versions", Versions.save, scope="projects:write", status=201)
versions.post("/restore", Versions.restore, scope="projects:write", status=201)
versions.get("/files", Versions.files, scope="projects:read")
versions.get("/files/{path:path}", Versions.file, scope="projects:read")
versions.get("/archive", Versions.archive, scope="projects:read")
versions.get("/changes", Versions.changes, scope="projects:read")
versions.get("/diff", Versions.diff, scope="projects:read")

publications = Routes("/wove/api/projects/{project_id}", Publications)
publications.post("/publish", Publications.publish, scope="projects:publish")
publications.post("/unlist", Publications.unlist, scope="projects:publish")
publications.post("/unpublish", Publications.unpublish, scope="projects:publish")
publications.post("/remix", Publications.remix, scope="projects:write", status=202)

members = Routes("/wove/api/projects/{project_id}/members", Members)
members.get("", Members.all, scope="projects:read")
members.put("/{handle}", Members.put, scope="projects:members")
members.delete("/{handle}", Members.remove, scope="projects:members")

trust = Routes("/wove/api/projects/{project_id}", Trusts)
trust.get("/trust", Trusts.get, scope="projects:read")
trust.put("/trust", Trusts.put, scope="projects:write")
trust.delete("/trust", Trusts.delete, scope="projects:write")

checks = Routes("/wove/api/projects/{project_id}", Checks)
checks.get("/checks", Checks.of_project, scope="projects:read")

operations = [
    operation
    for routes in (projects, templates, imports, versions, publications, members, trust, checks)
    for operation in routes.operations
]
