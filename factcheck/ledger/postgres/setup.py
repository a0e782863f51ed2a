"""Setting a server up: its tables and roles, and a login for each person."""

import hashlib
import secrets
from importlib.resources import files
from importlib.resources.abc import Traversable

from factcheck.blobs import Blobs, begin_blobs, open_blobs
from factcheck.errors import BadData, Refused, Usage
from factcheck.ledger.postgres.connection import SCHEMA, Server
from factcheck.model import name_fault, same_person

ROLES = ("reviewer", "lead", "auditor")


def set_up(server: Server, blobs: str = "") -> tuple[int, int]:
    """Bring a server to the newest schema and its roles to their rights; gives the version before and after.

    Refused for one that is newer. A back-up that was restored before its roles were there gets its rights back.
    `blobs` is where the files of all its cases lie: a folder or s3://BUCKET/PREFIX.
    """
    with server.transaction():
        server.ask("SELECT pg_advisory_xact_lock(hashtextextended('factcheck.migration', 0))")
        if (encoding := server.ask("SHOW server_encoding")[0][0]) != "UTF8":
            raise Refused(
                "the database does not keep text as UTF-8.",
                where=server.place,
                seen=encoding,
                remedy="make another one: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0",
            )
        before = _version(server)
        if before > SCHEMA:
            raise Refused(
                "a newer version of factcheck has set this server up.",
                where=server.place,
                seen=f"schema {before}, {SCHEMA} is known here",
                remedy="pip install --upgrade factcheck-desk",
            )
        for role in ROLES:
            _make_role(server, f"factcheck_{role}")
        for version, sql in _migrations():
            digest = hashlib.sha256(sql.encode()).hexdigest()
            if version <= before:
                _refuse_other(server, version, digest)
                continue
            server.ask(sql)
            server.ask("INSERT INTO factcheck.migration (version, sha256) VALUES (%s, %s)", (version, digest))
        server.ask(_folder().joinpath("rights.sql").read_text("utf-8"))
        if blobs:
            begin_blobs(blobs)
            server.ask(
                "INSERT INTO factcheck.setting VALUES ('blobs', %s) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (blobs,),
            )
        server.commit()
    return before, SCHEMA


def _refuse_other(server: Server, version: int, digest: str) -> None:
    """A migration that was applied is never another one later: tables of a build in between are nobody's."""
    rows = server.ask("SELECT sha256 FROM factcheck.migration WHERE version = %s", (version,))
    if rows and rows[0][0] != digest:
        raise Refused(
            "this server was set up with other tables than this version knows.",
            where=server.place,
            seen=f"migration {version} with SHA-256 {rows[0][0][:16]}…",
            remedy="pull its cases with the program that set it up, and push them to a new database",
        )


def blobs_of(server: Server) -> str:
    """Where the files of a server's cases lie; "" when nobody has said."""
    rows = server.ask("SELECT value FROM factcheck.setting WHERE name = 'blobs'")
    return str(rows[0][0]) if rows else ""


def shelf_of(server: Server) -> Blobs:
    """Where they lie, open. Refused while nobody has said where."""
    url = blobs_of(server)
    if not url:
        raise no_shelf(server)
    return open_blobs(url, begun=True)


def no_shelf(server: Server) -> Refused:
    """What to say while nobody has said where the files of a server's cases lie."""
    return Refused(
        "the server does not say where the files of its cases lie.",
        where=server.place,
        remedy="whoever keeps the server runs: factcheck server init DSN --blobs FOLDER",
    )


def make_login(server: Server, name: str, role: str, password: str = "") -> str:
    """Let a person in under a name of their own; gives the password, a random one unless it is given.

    A login that is there already gets the new password and this role alone.
    """
    from psycopg import sql

    if role not in ROLES:
        raise Usage("there is no such role.", seen=role, remedy=f"one of {', '.join(ROLES)}")
    if len(name.encode()) > 63:
        raise Usage("a login has at most 63 bytes.", seen=name, remedy="use a shorter name")
    if _version(server) == 0:
        raise Refused(
            "nothing of factcheck is on this server.",
            where=server.place,
            remedy="whoever keeps the server runs: factcheck server init DSN",
        )
    _refuse_second_name(server, name)
    password = password or secrets.token_urlsafe(18)
    with server.transaction():
        known = server.ask("SELECT rolsuper FROM pg_roles WHERE rolname = %s", (name,))
        if known and known[0][0]:
            raise Refused(
                "that login may do everything; it is nobody's own.", seen=name, remedy="use another name"
            )
        verb = "ALTER" if known else "CREATE"
        hidden = server.encrypted(password, name)
        server.ask(
            sql.SQL(f"{verb} ROLE {{}} LOGIN PASSWORD {{}}").format(sql.Identifier(name), sql.Literal(hidden))
        )
        for each in ROLES:
            act = "GRANT {} TO {}" if each == role else "REVOKE {} FROM {}"
            if each == role or server.ask(
                "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles p ON p.oid = m.member "
                "WHERE r.rolname = %s AND p.rolname = %s",
                (f"factcheck_{each}", name),
            ):
                server.ask(sql.SQL(act).format(sql.Identifier(f"factcheck_{each}"), sql.Identifier(name)))
        server.commit()
    return password


def _refuse_second_name(server: Server, name: str) -> None:
    """Two logins whose names are one person's would let their owner confirm what is their own."""
    if fault := name_fault(name):
        raise Usage("this cannot be the name of a person.", seen=fault, remedy="use a name that can be read")
    logins = [row[0] for row in server.ask("SELECT rolname::text FROM pg_roles WHERE rolcanlogin")]
    twins = [each for each in logins if each != name and same_person(each, name)]
    if twins:
        raise Refused(
            "that login and one that is there are one person's name.",
            seen=f"{name}, {twins[0]}",
            remedy="use another name",
        )


def _make_role(server: Server, role: str) -> None:
    if not server.ask("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)):
        server.ask(f"CREATE ROLE {role} NOLOGIN")


def _version(server: Server) -> int:
    if not server.ask("SELECT 1 FROM pg_tables WHERE schemaname = 'factcheck' AND tablename = 'migration'"):
        return 0
    return int(server.ask("SELECT max(version) FROM factcheck.migration")[0][0] or 0)


def _folder() -> Traversable:
    return files("factcheck") / "data" / "server"


def _migrations() -> list[tuple[int, str]]:
    folder = _folder()
    found = sorted(each.name for each in folder.iterdir() if each.name[0].isdigit())
    numbered = [(int(name.partition("-")[0]), folder.joinpath(name).read_text("utf-8")) for name in found]
    if [number for number, _ in numbered] != list(range(1, SCHEMA + 1)):
        raise BadData(
            "the program's own migrations are not whole.",
            seen=", ".join(found),
            remedy="install factcheck again",
        )
    return numbered
