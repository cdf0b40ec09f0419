"""Everything around the pages: the main window, its life and its death."""
