"""The scheduler's side of the world: it is told what happens, and what it decides is done."""
