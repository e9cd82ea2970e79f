"""The development environment: set-up, demo, tests, benchmark."""
