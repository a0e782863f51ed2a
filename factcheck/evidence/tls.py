"""Who answered over TLS, as the connection that brought the page says."""

import ssl
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from factcheck.events import timestamp
from factcheck.model import Tls

_SHORT = {"commonName": "CN", "organizationName": "O", "organizationalUnitName": "OU", "countryName": "C"}


def tls(connection: Any) -> Tls | None:
    """The facts of a connection's socket; None when it speaks in the open."""
    if not isinstance(connection, ssl.SSLSocket):
        return None
    der, said = connection.getpeercert(binary_form=True), connection.getpeercert() or {}
    cipher = connection.cipher()
    return Tls(
        version=connection.version() or "",
        cipher=cipher[0] if cipher else "",
        certificate=sha256(der).hexdigest() if der else "",
        subject=_named(said.get("subject", ())),
        issuer=_named(said.get("issuer", ())),
        until=_moment(str(said.get("notAfter", ""))),
    )


def _named(name: Any) -> str:
    """A distinguished name in one printable line, "CN=example.org, O=Example"."""
    parts = (f"{_SHORT.get(key, key)}={value}" for part in name for key, value in part)
    return "".join(filter(str.isprintable, ", ".join(parts)))[:300]


def _moment(text: str) -> str:
    try:
        return timestamp(datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC))
    except (ValueError, OverflowError, OSError):
        return ""
