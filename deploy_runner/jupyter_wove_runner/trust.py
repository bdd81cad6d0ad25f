"""Whom sandboxes trust: certificates of the host, seen at run time and never part of an image."""

from pathlib import Path

from jupyter_wove_runner.policy import Mount

BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
READERS = (
    "SSL_CERT_FILE",  # OpenSSL, uv, Go
    "PIP_CERT",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "GIT_SSL_CAINFO",
    "NODE_EXTRA_CA_CERTS",
)


def mounts(bundle: str) -> tuple[Mount, ...]:
    """Show the bundle of the host where Debian keeps its own."""
    return (Mount(str(Path(bundle).resolve()), BUNDLE),) if Path(bundle).is_file() else ()


def environment(bundle: str) -> dict[str, str]:
    """Say to all that read certificates where they are."""
    return dict.fromkeys(READERS, BUNDLE) if mounts(bundle) else {}
