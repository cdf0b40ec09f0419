"""Small HTTP client of the daemon, for the command line and tests."""
