"""What crosses the wire to the window and the command line.

Frozen standard-library dataclasses and ``StrEnum`` only: importing them costs the window nothing, FastAPI describes
them in OpenAPI, and ``msgspec`` decodes straight into them.  ``None`` means *not reported*, never zero.
"""
