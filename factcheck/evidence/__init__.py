"""What we looked at: pages and files kept byte for byte, each named by the SHA-256 of its content."""
