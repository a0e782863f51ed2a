"""The optional proposer: a language model that may point at sentences, and whose every word is checked before anybody sees it."""

EXTRACTOR = "proposer/1"
"""Who suggests, in the ledger: `tool:proposer/1`. A new number when the questions or the checks become others."""
