"""Other APIs spoken by way of chat completions: pure translators of requests, and of streams chunk by chunk."""
