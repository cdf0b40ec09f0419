"""Programs run as children of the daemon; they speak JSON lines on stdout."""
