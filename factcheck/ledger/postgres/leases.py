"""Leases on a server: by its clock, for all desks of a case."""

from factcheck.ledger.leases import Lease
from factcheck.ledger.postgres.connection import Server


class ServerLeases:
    """The leases of the case `case_id`. The holder is always whoever is logged in."""

    def __init__(self, server: Server, case_id: str) -> None:
        self._server, self._case = server, case_id

    def take(self, subject: str, person: str, seconds: int) -> Lease | None:  # noqa: ARG002 (one's login counts)
        """Look at a subject; gives the lease that stands, one's own or that of who came first."""
        sql = "SELECT holder, fence FROM factcheck.take_lease(%s, %s, %s)"
        rows = self._server.ask(sql, (self._case, subject, seconds))
        return Lease(subject, rows[0][0], rows[0][1]) if rows and rows[0][0] else None

    def keep(self, lease: Lease, seconds: int) -> bool:
        """Longer, while the fence is still this one."""
        sql = "SELECT factcheck.keep_lease(%s, %s, %s, %s)"
        return bool(self._server.ask(sql, (self._case, lease.subject, lease.fence, seconds))[0][0])

    def end(self, person: str) -> None:  # noqa: ARG002 (one's login counts)
        """Look at nothing."""
        self._server.ask("SELECT factcheck.end_leases(%s)", (self._case,))

    def held(self) -> dict[str, str]:
        """Every lease that has not ended."""
        sql = "SELECT subject, holder FROM factcheck.lease WHERE case_id = %s AND until > clock_timestamp()"
        return dict(self._server.ask(sql, (self._case,)))
