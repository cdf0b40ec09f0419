"""The plan: what a model needs, what a card gives, how fast it will be, and why. Arithmetic only."""
