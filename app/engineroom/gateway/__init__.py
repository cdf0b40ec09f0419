"""The HTTP face. Translates; decides nothing."""
