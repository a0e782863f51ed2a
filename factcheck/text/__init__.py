"""What was said: from a document's bytes to claims that still know where they came from."""
