"""What the desk reads out of a claim's source; nothing where the source cannot be read, which is said elsewhere."""

from factcheck.case import Case
from factcheck.case.reasoning import Reasons
from factcheck.errors import FactcheckError
from factcheck.model import Claim


def times_of(case: Case, claim: Claim, lang: str) -> tuple[str, ...]:
    """What 去年 and the like mean on the source's date, a line each."""
    from factcheck.text.resolved import time_line

    try:
        return tuple(time_line(each, lang) for each in case.times(claim))
    except FactcheckError:
        return ()


def reasons_of(case: Case, claim: Claim) -> Reasons | None:
    """Why the claim was suggested."""
    try:
        return case.reasons(claim)
    except FactcheckError:
        return None
