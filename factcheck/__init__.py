"""factcheck: a desk for people who check claims, from a noisy transcript to a verified summary."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.case import Case
    from factcheck.errors import BadData, Conflict, FactcheckError, NotFound, Refused, Unavailable, Usage
    from factcheck.model import ClaimType, Rating, Stance

__version__ = "0.1.0"
__all__ = [
    "BadData",
    "Case",
    "ClaimType",
    "Conflict",
    "FactcheckError",
    "NotFound",
    "Rating",
    "Refused",
    "Stance",
    "Unavailable",
    "Usage",
    "__version__",
]

_HOME = {"Case": "case", "ClaimType": "model", "Rating": "model", "Stance": "model"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that `import factcheck` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'factcheck' has no attribute {name!r}")
    return getattr(import_module(f"factcheck.{_HOME.get(name, 'errors')}"), name)
