"""Which engine is loaded, which request is answered next, and why: pure, driven by events, with no clock."""
