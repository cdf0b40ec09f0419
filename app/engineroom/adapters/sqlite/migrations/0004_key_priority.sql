-- Of a key's requests where they have to wait, 0 to 9; NULL is the usual one.
ALTER TABLE keys ADD COLUMN priority INTEGER;
