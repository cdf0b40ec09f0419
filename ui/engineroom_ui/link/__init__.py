"""How the window reaches the daemon: HTTP and server-sent events on QtNetwork, on the one Qt thread."""
