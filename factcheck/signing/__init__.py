"""Signatures and proofs that outsiders check with their own tools."""
