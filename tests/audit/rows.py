"""One row for each fault that the trail must show: which checks answer for it, what they say, and who commits it."""

from collections.abc import Callable
from dataclasses import dataclass

import faults
import file_faults
import line_faults
from faults import Mutations, Scenes


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of docs/security.md: the checks of which one finds it every time, and words that some finding says."""

    mutations: Callable[[Scenes], Mutations]
    checks: tuple[str, ...]
    words: str


PAST = ("tree", "signatures")
FAULTS: dict[str, Fault] = {
    "edited line": Fault(faults.edited, (*PAST, "lines", "order"), "the key did not sign these bytes"),
    "deleted line": Fault(faults.deleted, PAST, "the key did not sign these bytes"),
    "inserted line": Fault(faults.inserted, PAST, "the key did not sign these bytes"),
    "reordered lines": Fault(faults.reordered, ("order", *PAST), "the time of an earlier line"),
    "renumbered line": Fault(faults.renumbered_lines, ("order", "lines"), "belongs"),
    "signature stripped": Fault(faults.stripped, PAST, "this desk demanded one by then"),
    "signature swapped": Fault(faults.swapped, ("signatures",), "the key did not sign these bytes"),
    "forged signer": Fault(faults.forged, ("signatures", "lines"), "which is nobody's here"),
    "unknown signer": Fault(faults.unknown, ("signatures",), "which is nobody's here"),
    "revoked signer": Fault(faults.revoked, ("signatures",), "which had been revoked"),
    "expired signer": Fault(faults.expired, ("signatures",), "which is not valid at"),
    "old event replayed": Fault(faults.replayed, ("order", "signatures"), "one act, two lines"),
    "back-dated time": Fault(faults.back_dated, ("order",), "the time of an earlier line"),
    "own verdict confirmed": Fault(line_faults.own_confirmations, ("states",), "confirms their own verdict"),
    "evidence captured later": Fault(line_faults.later_evidence, ("evidence",), "as the capture of"),
    "evidence swapped, missing, cut": Fault(
        file_faults.evidence_files, ("evidence", "texts", *PAST), "the file is missing"
    ),
    "quotation not in the text": Fault(file_faults.quotations, ("quotations",), ", not '"),
    "suggestions changed": Fault(file_faults.suggestions, ("suggestions", *PAST), "SHA-256"),
    "index unlike the fold": Fault(file_faults.index_values, ("index",), "the ledger gives"),
    "checkpoint forged": Fault(file_faults.checkpoints, ("checkpoint",), "its end was cut off"),
    "export edited": Fault(file_faults.exports, ("exports",), "rendered again from the ledger"),
    "duplicate keys": Fault(line_faults.doubled_keys, ("lines",), "duplicate key"),
    "not canonical": Fault(
        line_faults.other_forms, ("canonical", "lines"), "differs from the canonical form"
    ),
    "hostile characters": Fault(
        line_faults.hostile, ("lines",), "a control character stands where none may be"
    ),
    "forked ledger": Fault(faults.forks, ("order", *PAST), "one act, two lines"),
}
