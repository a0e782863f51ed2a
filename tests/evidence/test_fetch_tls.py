"""Who answered over TLS, and certificates that do not hold."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from factcheck.evidence.fetch import fetch

NOW = datetime.now(UTC).replace(microsecond=0)


def name(common):
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, common), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "测试 Org")]
    )


def certificate(subject, issuer, key, signer, *, days=(-2, 30), host="", authority=False):
    made = x509.CertificateBuilder(
        issuer_name=name(issuer),
        subject_name=name(subject),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=NOW + timedelta(days=days[0]),
        not_valid_after=NOW + timedelta(days=days[1]),
    ).add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    if host:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    return made.sign(signer, hashes.SHA256())


class Authority:
    """Somebody who signs certificates, and a client's trust in them."""

    def __init__(self, folder):
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.own = certificate("Test CA", "Test CA", self.key, self.key, authority=True)
        self.trust = ssl.create_default_context(cadata=self.own.public_bytes(serialization.Encoding.DER))

    def server(self, **how):
        """A context of a server with a fresh certificate, and the certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = certificate("desk.example", "Test CA", key, self.key, **how)
        path = self.folder / "server.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context, made


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments):
        """Nothing."""


class Site(HTTPServer):
    """A server that shakes hands only when a client is there, and does not mind when that fails."""

    context = None

    def get_request(self):
        connection, client = super().get_request()
        connection.settimeout(30)
        return self.context.wrap_socket(connection, server_side=True), client

    def handle_error(self, request, client_address):
        """Nothing."""


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


@pytest.fixture
def site():
    server = Site(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(site, context, **options):
    site.context = context
    pair = f"desk.example:{site.server_port}"
    return fetch(f"https://{pair}/", allow=[pair], resolve=lambda *_: ["127.0.0.1"], robots=False, **options)


def test_the_connection_tells_who_answered(site, authority):
    context, made = authority.server(host="desk.example")
    page = ask(site, context, trust=authority.trust)

    assert (page.outcome, page.data) == ("ok", b"ok")
    assert page.address == f"127.0.0.1:{site.server_port}"
    assert page.tls.version == "TLSv1.3"
    assert page.tls.cipher.startswith("TLS_")
    assert page.tls.certificate == sha256(made.public_bytes(serialization.Encoding.DER)).hexdigest()
    assert (page.tls.subject, page.tls.issuer) == ("CN=desk.example, O=测试 Org", "CN=Test CA, O=测试 Org")
    assert page.tls.until == f"{made.not_valid_after_utc:%Y-%m-%dT%H:%M:%S}.000Z"


@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        ({"host": "desk.example", "days": (-9, -1)}, "tls certificate expired"),
        ({"host": "desk.example", "days": (1, 9)}, "tls certificate not yet valid"),
        ({"host": "other.example"}, "tls certificate of another host"),
    ],
)
def test_a_certificate_that_does_not_hold_is_an_outcome(site, authority, how, outcome):
    context, _ = authority.server(**how)
    page = ask(site, context, trust=authority.trust)

    assert (page.outcome, page.status, page.data, page.tls) == (outcome, 0, b"", None)
    assert [attempt.outcome for attempt in page.attempts] == [outcome]


def test_an_authority_that_nobody_knows_is_an_outcome(site, authority):
    context, _ = authority.server(host="desk.example")

    assert ask(site, context).outcome.startswith("tls certificate not trusted")


def test_an_address_in_the_place_of_a_name_needs_a_certificate_of_its_own(site, authority):
    site.context, _ = authority.server(host="desk.example")
    pair = f"127.0.0.1:{site.server_port}"
    page = fetch(f"https://{pair}/", allow=[pair], trust=authority.trust, robots=False)

    assert page.outcome == "tls certificate of another host"
