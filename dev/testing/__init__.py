"""The tests: databases, addons, what the logs may hold, what it adds up to."""
