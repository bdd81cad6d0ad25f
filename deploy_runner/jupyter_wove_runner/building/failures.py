"""Why a build failed, and what to do about it, in the words of a person."""

import re
from urllib.parse import unquote

from jupyter_wove.runner import Failed
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.telling import failed
from jupyter_wove_runner.containers import Ended
from jupyter_wove_runner.policy import Policy

LAST = 15  # lines of a log that are shown
ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
NAME = r"[`'\"]?([A-Za-z0-9@][\w.@/\[\]+=-]*)"
# What uv and npm say of the first package that they cannot have, and what it means.
PACKAGES = [
    (rf"Because {NAME}[`'\"]? was not found in the package registry", "There is no package {}."),
    (r"404 Not Found - GET \S+/(@?[\w.%-]+)", "There is no package {}."),
    (r"Because there (?:is|are) no versions? of (\S+)", "{} has no such version."),
    (rf"No matching version found for {NAME}", "{} cannot be had: there is no such version."),
    (rf"Failed to (?:build|download and build) {NAME}", "{} could not be built from its source."),
    (rf"Hash mismatch for {NAME}", "{} is not what the lock says: its hash is another one."),
    (rf"Failed to (?:download|fetch):? {NAME}", "{} could not be downloaded."),
    (r"Could not parse requirement|Couldn't parse requirement", "A requirement cannot be read."),
]  # fmt: skip
CONFLICT = re.compile(r"No solution found|ERESOLVE|requirements are unsatisfiable")
MODULE = re.compile(r"No module named '([\w.]+)'|Cannot find (?:module|package) '([^']+)'")
SPELL = "Check its name and version in the requirements of the project."


def of_install(job: Job, ended: Ended, policy: Policy) -> Failed:
    """Say why nothing could be installed."""
    if found := _limit(job, ended, policy):
        return found
    text = _text(job)
    if job.refused and not re.search("was not found in the package registry", text):
        return _refused(job)
    for pattern, sentence in PACKAGES:
        if match := re.search(pattern, text):
            return _said(job, sentence.format(*map(unquote, match.groups())), SPELL)
    if CONFLICT.search(text):
        hint = "Two requirements want different versions of the same package: loosen one of them."
        return _said(job, "The requirements do not go together.", hint)
    return _said(job, "The packages could not be installed.", "The log says what happened.")


def of_command(job: Job, ended: Ended, policy: Policy, command: str) -> Failed:
    """Say why a command of the build failed."""
    if found := _limit(job, ended, policy):
        return found
    if job.refused:
        return _refused(job)
    if missing := MODULE.search(_text(job)):
        return of_module(job, missing[1] or missing[2])
    reason = f"The command {command!r} ended with the exit code {ended.code}."
    return _said(job, reason, "The end of its log says why.")


def of_module(job: Job, module: str, **where: object) -> Failed:
    """Say that code imports what is not installed."""
    reason = f"The code imports {module}, which is not installed."
    hint = "Add its package to requirements.txt."
    return failed(reason, hint, **({"traceback": _end(job), "refused": job.refused} | where))


def of_limit(job: Job, ended: Ended, policy: Policy) -> Failed | None:
    """Say which limit was reached, if one was."""
    return _limit(job, ended, policy)


def _limit(job: Job, ended: Ended, policy: Policy) -> Failed | None:
    hints = {
        "deadline": "Let it do less, or ask your administrator for more time.",
        "disk": "Let it install or write less, or ask your administrator for more room.",
    }
    if ended.why in hints:
        return _said(job, ended.reason(policy), hints[ended.why])
    if ended.out_of_memory:
        hint = "Let it use less, or say a larger memory_mb in wove.toml if it ran your notebooks."
        return _said(job, ended.reason(policy), hint)
    return None


def _refused(job: Job) -> Failed:
    hosts = ", ".join(job.refused)
    return _said(
        job,
        f"It asked for {hosts}, which may not be reached from here.",
        "If the app itself needs it, add it to hosts in wove.toml; packages come only from the "
        "registries, and an administrator can allow others.",
    )


def _said(job: Job, reason: str, hint: str) -> Failed:
    return failed(reason, hint, traceback=_end(job), refused=list(job.refused))


def _text(job: Job) -> str:
    """Join what was written, as if no line had been broken."""
    lines = (ANSI.sub("", line).strip(" │╰─▶\u00d7") for line in job.lines)
    return " ".join(lines)


def _end(job: Job) -> str:
    return "\n".join(ANSI.sub("", line) for line in list(job.lines)[-LAST:])
