"""Keys and signatures in the formats that other tools check: OpenSSH's, and the signed notes and proofs of C2SP."""
