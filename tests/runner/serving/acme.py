"""An authority for certificates and a name server of our own, both real, on this machine alone."""

import ipaddress
import json
import os
import socket
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.services import _die_with_us

QUICK = {"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0"}


def free_port():
    """Find a port that nobody has."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


@contextmanager
def certified(folder, caddyfile):
    """Run Caddy with what it is told, and where it gets its certificates from."""
    ports = {name: free_port() for name in ("acme", "manage", "names", "control", "http", "https")}
    _write_key(folder)
    names = ["-dnsserver", f"127.0.0.1:{ports['names']}", "-config", _pebble(folder, ports)]
    told = folder / "Caddyfile"
    told.write_text(_with_authority(caddyfile, folder, ports))
    resolver = [
        *("-dns01", f"127.0.0.1:{ports['names']}", "-management", f"127.0.0.1:{ports['control']}"),
        *("-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-http01", "", "-https01", ""),
        *("-tlsalpn01", ""),
    ]
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (
        _running(folder, "pebble-challtestsrv", *resolver, port=ports["control"]),
        _running(folder, "pebble", *names, port=ports["acme"], environment=QUICK),
        _running(
            folder,
            "caddy",
            "run",
            "--adapter",
            "caddyfile",
            "--config",
            told,
            port=ports["https"],
            environment=own,
        ),
    ):
        yield ports


def _with_authority(caddyfile, folder, ports):
    """Add to what Caddy is told where its authority is, and other ports than root's."""
    more = [
        "admin off",
        f"http_port {ports['http']}",
        f"https_port {ports['https']}",
        f"acme_ca https://127.0.0.1:{ports['acme']}/dir",
        f"acme_ca_root {folder / 'authority.pem'}",
    ]
    return caddyfile.replace("{\n", "{\n\t" + "\n\t".join(more) + "\n", 1)


def _pebble(folder, ports):
    config = {
        "listenAddress": f"127.0.0.1:{ports['acme']}",
        "managementListenAddress": f"127.0.0.1:{ports['manage']}",
        "certificate": str(folder / "authority.pem"),
        "privateKey": str(folder / "authority.key"),
        "httpPort": ports["http"],
        "tlsPort": ports["https"],
        "ocspResponderURL": "",
        "externalAccountBindingRequired": False,
    }
    path = folder / "pebble.json"
    path.write_text(json.dumps({"pebble": config}))
    return path


def _write_key(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "authority of a test")])
    now = datetime.now(UTC)
    hosts = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(hosts, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "authority.pem").write_bytes(made.public_bytes(pem))
    plain, form = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    (folder / "authority.key").write_bytes(key.private_bytes(pem, form, plain))


@contextmanager
def _running(folder, program, *arguments, port=None, environment=None):
    log = (folder / f"{program}.log").open("wb")
    process = subprocess.Popen(
        [program, *map(str, arguments)],
        stdout=log,
        stderr=log,
        env=os.environ | (environment or {}),
        preexec_fn=_die_with_us,  # noqa: PLW1509  nothing of it takes a lock
    )
    try:
        _wait_for(port, process, folder / f"{program}.log")
        yield
    finally:
        process.kill()
        process.wait()
        log.close()


def _wait_for(port, process, log):
    end = time.monotonic() + 30
    while port:
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(log.read_text())
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
