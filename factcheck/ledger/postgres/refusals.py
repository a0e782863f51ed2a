"""What a server refuses, in sentences: by the code it gives (SQLSTATE, ours are FC...), or by the constraint."""

from collections.abc import Mapping

from factcheck.errors import BadData, Conflict, FactcheckError, Refused, Unavailable

SHUT = ("password", "authentication", "pg_hba", "not permitted to log in", "permission denied")
"""Words of a server that is there and lets this login in no more."""
_INIT = "whoever keeps the server runs: factcheck server init DSN"
AGAIN = "try again in a moment"
MEANWHILE = "try again in a moment; what is here can be read meanwhile"
NOTHING = "the server has taken nothing."
FORBIDDEN = "42501"
"""What a login has no right to; PostgreSQL's own words name tables and policies, which say nothing to who works here."""
_BUSY = "another process is writing to this case."
SENTENCES: Mapping[str, tuple[type[FactcheckError], str, str]] = {
    "FC001": (Conflict, "somebody else has recorded something meanwhile.", AGAIN),
    "FC002": (Conflict, "the subject has changed meanwhile.", "look again and repeat"),
    "FC003": (
        Refused,
        "the server takes no confirmation by the verdict's author.",
        "another person confirms",
    ),
    "FC004": (Refused, "everybody takes back what is their own.", "ask who did it"),
    "FC005": (
        Refused,
        "the clock of this machine is ahead of the server's; nothing was recorded.",
        "set the clock",
    ),
    "FC006": (
        Refused,
        "the ledger of this case has moved to a file.",
        "go on where that is, or bring it back: factcheck ledger push",
    ),
    "FC007": (BadData, "the server takes no such line.", "pip install --upgrade factcheck-desk"),
    "FC008": (Refused, "a ledger is only ever added to.", "record a new event instead"),
    "FC009": (
        Refused,
        "this case is on the server already, and its ledger goes on there.",
        "factcheck ledger clone DSN",
    ),
    "line_says_so": (
        Refused,
        "on a server everybody acts under their own login.",
        "--by the name you log in with, or another login in the DSN",
    ),
    FORBIDDEN: (
        Refused,
        "your login may not do this on the server.",
        "ask a lead, or who keeps the server; an auditor's login adds objections and witnesses only: factcheck object, factcheck witness",
    ),
    "25P02": (Unavailable, NOTHING, AGAIN),
    "25006": (Refused, "this server only reads: it is a replica.", "name the primary server in the DSN"),
    "3F000": (Refused, "nothing of factcheck is on this server.", _INIT),
    "42P01": (Refused, "nothing of factcheck is on this server.", _INIT),
    "42883": (Refused, "what factcheck needs is not on this server.", _INIT),
    "53100": (
        Unavailable,
        "the disk of the server is full; nothing was recorded.",
        "whoever keeps the server frees some space; then repeat",
    ),
    "53200": (Unavailable, "the server has no memory left; nothing was recorded.", AGAIN),
    "53300": (Unavailable, "the server has too many connections.", AGAIN),
    "55P03": (Unavailable, _BUSY, AGAIN),
    "40P01": (Unavailable, _BUSY, AGAIN),
    "57014": (Unavailable, "the server took too long; nothing was recorded.", AGAIN),
    "58030": (
        Unavailable,
        "the server cannot read or write its disk; nothing was recorded.",
        "show this to who keeps the server",
    ),
}
