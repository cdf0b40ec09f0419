"""How other programs are told of this engine room, and whether they get on with it."""
