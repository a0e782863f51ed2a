"""Where something stands: half-open ranges of characters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end`, the end not included."""

    start: int
    end: int

    def touches(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def __bool__(self) -> bool:
        return self.start < self.end


NOWHERE = Span(0, 0)
"""The empty span: there is no such place."""
