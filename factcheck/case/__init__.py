"""The door: every use case is one method; nothing else changes a case."""

from factcheck.case.adopting import Adopting
from factcheck.case.asking import Asking
from factcheck.case.bulk import Gathering
from factcheck.case.calculating import Calculating
from factcheck.case.correcting import Correcting
from factcheck.case.desk import Desk
from factcheck.case.importing import Importing
from factcheck.case.introducing import Introducing
from factcheck.case.measuring import Measuring
from factcheck.case.moving import Moving
from factcheck.case.people import Governing
from factcheck.case.proposing import Proposing
from factcheck.case.proving import Proving
from factcheck.case.publishing import Publishing
from factcheck.case.reasoning import Reasoning
from factcheck.case.rechecking import Rechecking
from factcheck.case.relating import Relating
from factcheck.case.scales import Scaling
from factcheck.case.sharing import Sharing
from factcheck.case.undoing import Undoing
from factcheck.case.verdicts import Judging
from factcheck.case.vouching import Vouching

__all__ = ["Case"]


class Case(
    Adopting,
    Gathering,
    Proposing,
    Calculating,
    Relating,
    Reasoning,
    Rechecking,
    Judging,
    Asking,
    Correcting,
    Sharing,
    Measuring,
    Moving,
    Undoing,
    Governing,
    Scaling,
    Importing,
    Introducing,
    Vouching,
    Proving,
    Publishing,
    Desk,
):
    """A case: a folder with claims/, evidence/ and exports/, and everything people may do with it.

    Open one with `Case.create`, `Case.open` or `Case.find`. Acts take `by` (who acts; the person the
    case was opened for unless named), `at` (the version of the subject that was looked at; a Conflict
    when it changed since) and `id` (a command id; an act that is submitted twice is recorded once), and
    return the events they recorded.
    """
