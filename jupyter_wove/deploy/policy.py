"""Who may visit an app, and who may see that there is one."""

from jupyter_wove.accounts import Role
from jupyter_wove.runner import Access

WITHIN: tuple[Access, ...] = ("private", "project")  # what a project's editors may choose
LEAST: dict[str, Role] = {"private": Role.EDITOR, "project": Role.VIEWER}


def may_visit(access: str, role: Role, *, signed_in: bool) -> bool:
    """Decide whether somebody of this role in its project may visit an app."""
    if access in {"unlisted", "public"}:
        return True
    if access == "hub":
        return signed_in
    return signed_in and role >= LEAST[access]
