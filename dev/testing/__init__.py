"""The tests: which databases, which addons, what the logs may hold, what it adds up to."""
