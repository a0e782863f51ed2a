"""What bodies of events are made of: numbers, hashes and paths in their one form, and the body they stand in."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


def _stays_inside(path: str) -> str:
    if any(part in {"", ".", ".."} for part in path.split("/")):
        raise ValueError("a path leaves its folder")
    return path


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ClaimId = Annotated[str, StringConstraints(pattern=r"^C[1-9][0-9]{0,8}$")]
SourceId = Annotated[str, StringConstraints(pattern=r"^S[1-9][0-9]{0,8}$")]
ReadingId = Annotated[str, StringConstraints(pattern=r"^R[1-9][0-9]{0,8}$")]
SuggestedId = Annotated[str, StringConstraints(pattern=r"^[CR][1-9][0-9]{0,8}$")]
ExportId = Annotated[str, StringConstraints(pattern=r"^X[1-9][0-9]{0,8}$")]
EvidenceId = Annotated[str, StringConstraints(pattern=r"^E[1-9][0-9]{0,8}$")]
_PATH = r"^(claims|evidence|exports)/[^\x00-\x1f\x7f\\]+$"
Path = Annotated[str, StringConstraints(pattern=_PATH), AfterValidator(_stays_inside)]


class Body(BaseModel):
    """What an event says beyond its envelope: frozen, exact, without fractions."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=False, defer_build=True)

    def names(self) -> tuple[str, ...]:
        """Subjects whose state this changes although their version stays."""
        return ()
