"""What has to be installed: as the project says it, or else as its imports suggest."""

import re
import tomllib
from collections.abc import Iterable
from typing import Any

import yaml
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from jupyter_wove.deploy.recipes.distributions import distributions
from jupyter_wove.deploy.recipes.project import Project
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.paths import shown

LOCKS = ("requirements.lock", "pylock.toml", "uv.lock")
MOST_INCLUDED = 20
_CONDA = re.compile(r"([A-Za-z0-9._-]+)\s*(?:=+\s*([\w.*]+)(?:=\S+)?|([<>!~].*))?\s*$")
_NO_PACKAGE = {"python", "pip", "conda", "mamba", "setuptools", "wheel", "nodejs", "r-base"}
_COMMENT = re.compile(r"(^|\s)#.*$")
_HASH = re.compile(r"\s+--hash[= ]\S+")
_INCLUDED = re.compile(r"(?:-r|--requirement)[ =]*(.+)")
_ITSELF = re.compile(r"(?:-e|--editable)[ =]*\.(/|$)|\.(/|$)")


def lock_with(project: Project, needed: Iterable[str]) -> str:
    """Name the file of exact versions, if there is one that has what is needed."""
    path = project.first(*LOCKS) or _pinned(project)
    if path is None:
        return ""
    return path if _names(needed) <= _locked(project, path) else ""


def requirements(project: Project, needed: Iterable[str]) -> list[str]:
    """List what is to be installed, with what the recipe needs.

    Raises InvalidRequest where a line cannot be used.
    """
    said = _said(project)
    found = distributions(_imports(project)) if said is None else said
    return _merged(found, needed)


def _merged(found: list[str], needed: Iterable[str]) -> list[str]:
    names = _names(found)
    return [*found, *(each for each in needed if _name(each) not in names)]


def _said(project: Project) -> list[str] | None:
    """Read what the project says that it needs; None where it does not say."""
    if project.has("requirements.txt"):
        return _listed(project, "requirements.txt", set())
    if path := project.first("environment.yml", "environment.yaml"):
        return _of_conda(project, path)
    if project.has("pyproject.toml"):
        return _of_pyproject(project)
    return None


def _listed(project: Project, path: str, seen: set[str]) -> list[str]:
    """Read a file as pip has it, and those that it includes."""
    if path in seen or len(seen) > MOST_INCLUDED:
        return []
    seen.add(path)
    found: list[str] = []
    for number, line in _lines(project.text(path)):
        found += _read(project, path, number, line, seen)
    return found


def _lines(text: str) -> Iterable[tuple[int, str]]:
    """Give the lines that say something, with their numbers; what goes on is one line."""
    begun, whole = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        begun = begun or number
        whole += _COMMENT.sub("", line).strip()
        if whole.endswith("\\"):
            whole = whole[:-1] + " "
            continue
        if whole.strip():
            yield begun, whole.strip()
        begun, whole = 0, ""


def _read(project: Project, path: str, number: int, line: str, seen: set[str]) -> list[str]:
    if included := _INCLUDED.fullmatch(line):
        return _listed(project, included[1].strip(), seen)
    if _ITSELF.match(line):
        return _of_pyproject(project) or []
    if line.startswith("-"):
        raise InvalidRequest(
            f"Line {number} of {path} has the option {shown(line)}. Leave it out: packages come "
            "from the registries that the runner is set to."
        )
    return [_requirement(_HASH.sub("", line), f"Line {number} of {path}")]


def _requirement(text: str, where: str) -> str:
    try:
        return str(Requirement(text))
    except InvalidRequirement as error:
        raise InvalidRequest(f"{where} is no requirement: {shown(text)}.") from error


def _of_conda(project: Project, path: str) -> list[str]:
    """Read an environment of conda: its packages by the names that pip knows, and its pip part."""
    found: list[str] = []
    for each in _list(_yaml(project.text(path)).get("dependencies")):
        if isinstance(each, dict):
            found += [_requirement(str(one), path) for one in _list(each.get("pip"))]
        elif isinstance(each, str) and (name := _by_pip(each)):
            found.append(name)
    return found


def _by_pip(text: str) -> str:
    match = _CONDA.match(text.rpartition("::")[2])
    if not match or match[1].lower() in _NO_PACKAGE:
        return ""
    name, exact, other = match.groups()
    if exact:
        return f"{name}=={exact if exact.endswith('*') else f'{exact}.*'}"
    return _requirement(f"{name}{other or ''}", "environment.yml")


def _yaml(text: str) -> dict[str, Any]:
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError, TypeError, AttributeError):
        return {}
    return found if isinstance(found, dict) else {}


def _of_pyproject(project: Project) -> list[str] | None:
    table = _table(_toml(project.text("pyproject.toml")).get("project"))
    if "dependencies" not in table:
        return None
    return [_requirement(str(each), "pyproject.toml") for each in _list(table["dependencies"])]


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


def _imports(project: Project) -> set[str]:
    """Collect what all code imports, but for modules of the project itself."""
    own = {path.partition("/")[0].removesuffix(".py") for path in project.programs}
    own |= {path.rpartition("/")[2].removesuffix(".py") for path in project.programs}
    imported = {name for code in project.sources() for name in code.imports}
    return {name for name in imported if name.partition(".")[0] not in own}


def _pinned(project: Project) -> str | None:
    """Tell whether requirements.txt is a lock: every line has one version and a hash."""
    lines = [line for _, line in _lines(project.text("requirements.txt"))]
    exact = [line for line in lines if "==" in line and "--hash" in line]
    return "requirements.txt" if lines and len(exact) == len(lines) else None


def _locked(project: Project, path: str) -> set[str]:
    """Name the packages that a lock holds."""
    text = project.text(path)
    if path.endswith((".txt", "requirements.lock")):
        return {_name(line) for _, line in _lines(text) if not line.startswith("-")}
    tree = _toml(text)
    packages = _list(tree.get("packages", tree.get("package")))
    return {_name(str(_table(each).get("name", ""))) for each in packages}


def _names(requirements: Iterable[str]) -> set[str]:
    return {_name(each) for each in requirements}


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9][\w.-]*", requirement)
    return canonicalize_name(match[0]) if match else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
