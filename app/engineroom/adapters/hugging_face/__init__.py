"""The Hugging Face Hub, read through ``huggingface_hub``: search, metadata, and ranges of a few kilobytes."""
