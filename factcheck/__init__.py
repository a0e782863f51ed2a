"""factcheck: a desk for people who check claims."""
