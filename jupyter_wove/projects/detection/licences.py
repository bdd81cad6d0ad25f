"""Recognises well-known licences and names them as SPDX does."""

import re

_TOP = 4096
_PAPER = 64 * 1024
# The first whose words all stand near the top; the narrower before the wider.
_WORDS = [
    ("AGPL-3.0", ("gnu affero general public license", "version 3")),
    ("LGPL-3.0", ("gnu lesser general public license", "version 3")),
    ("LGPL-2.1", ("gnu lesser general public license", "version 2.1")),
    ("GPL-3.0", ("gnu general public license", "version 3")),
    ("GPL-2.0", ("gnu general public license", "version 2")),
    ("Apache-2.0", ("apache license", "version 2.0")),
    ("MPL-2.0", ("mozilla public license", "2.0")),
    ("CC0-1.0", ("cc0 1.0 universal",)),
    ("CC-BY-NC-SA-4.0", ("attribution-noncommercial-sharealike 4.0",)),
    ("CC-BY-NC-4.0", ("attribution-noncommercial 4.0",)),
    ("CC-BY-SA-4.0", ("attribution-sharealike 4.0",)),
    ("CC-BY-4.0", ("attribution 4.0 international",)),
    ("Unlicense", ("this is free and unencumbered software",)),
    ("BSD-3-Clause", ("redistribution and use in source and binary forms", "neither the name")),
    ("BSD-2-Clause", ("redistribution and use in source and binary forms",)),
    ("ISC", ("permission to use, copy, modify, and/or distribute this software",)),
    ("MIT", ("permission is hereby granted, free of charge",)),
]
_SPDX = {name.lower(): name for name, _ in _WORDS}


def licence_of(text: bytes) -> str | None:
    """Name the licence that a LICENSE file holds, or None."""
    plain = " ".join(text[:_TOP].decode(errors="replace").lower().split())
    return next((name for name, words in _WORDS if all(word in plain for word in words)), None)


def licence_declared(pyproject: bytes) -> str | None:
    """Name the licence that a pyproject.toml declares, or None."""
    import tomllib  # noqa: PLC0415 — late: only imported projects need it

    try:
        declared = tomllib.loads(pyproject[:_PAPER].decode(errors="replace")).get("project")
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    licence = declared.get("license") if isinstance(declared, dict) else None
    said = licence.get("text") if isinstance(licence, dict) else licence
    return _spdx(said) if isinstance(said, str) else None


def _spdx(said: str) -> str | None:
    plain = re.sub(r"-(only|or-later)$", "", said.strip().lower())
    return _SPDX.get(plain)
