"""The Hugging Face Hub, read through ``huggingface_hub``: search, metadata, and ranges of a few kilobytes."""

from engineroom.adapters.hugging_face.reader import HubReader

__all__ = ["HubReader"]
