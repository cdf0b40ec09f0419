"""Engines that were built, tried and sealed: what one is, how it is written down, how it is started."""
