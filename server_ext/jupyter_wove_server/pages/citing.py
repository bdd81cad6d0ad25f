"""How to cite a project: in a text, in BibTeX, in a CITATION.cff."""

import json
import re

from jupyter_wove.projects import Project

SPECIAL = re.compile(r"[\\{}$&#^_%~]")
SPELLED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def plain(project: Project, address: str) -> str:
    """Cite in a text."""
    version = f" Version {project.published_version[:12]}." if project.published_version else ""
    return f"{project.owner.name} ({_year(project)}). {project.title}.{version} {address}"


def bibtex(project: Project, address: str) -> str:
    """Cite in BibTeX."""
    key = re.sub(r"[^a-z0-9]+", "-", f"{project.owner.handle}-{project.slug}".lower())
    fields = {
        "author": f"{{{_tex(project.owner.name)}}}",
        "title": f"{{{_tex(project.title)}}}",
        "year": str(_year(project)),
        "version": project.published_version or "",
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@software{{{key}-{_year(project)},", *lines, "}"])


def citation_file(project: Project, address: str) -> str:
    """Cite in the Citation File Format, of which every string is a JSON string too."""
    lines = [
        "cff-version: 1.2.0",
        "message: Please cite this project as below.",
        f"title: {_quoted(project.title)}",
        f"authors:\n  - name: {_quoted(project.owner.name)}",
        f"url: {_quoted(address)}",
        f"date-released: {(project.published or project.updated):%Y-%m-%d}",
    ]
    if project.published_version:
        lines.append(f"version: {_quoted(project.published_version)}")
    if project.licence:
        lines.append(f"license: {_quoted(project.licence)}")
    return "\n".join(lines)


def _year(project: Project) -> int:
    return (project.published or project.updated).year


def _tex(text: str) -> str:
    return SPECIAL.sub(lambda match: SPELLED.get(match[0], "\\" + match[0]), text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
