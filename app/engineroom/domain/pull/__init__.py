"""Getting a model from the Hub: which files, under which names, in which ranges, how far it is. No I/O here."""
