"""Sentences and units: the only place where codes and numbers become words."""
