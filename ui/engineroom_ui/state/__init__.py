"""What the daemon last said, as QObject stores; widgets read them and listen for their signals."""
