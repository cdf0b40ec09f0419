"""The pull worker: fetches a pinned list of files into the shared Hugging Face cache.

``engineroom worker pull --plan FILE [--cache FOLDER] [--streams N] [--bytes-per-s N] [--patience-s S]``

The plan is what :mod:`engineroom.domain.pull.wire` writes.  The token comes from ``HF_TOKEN`` or the place where
``huggingface_hub`` keeps it, never from the command line.  The cache is that of ``HF_HUB_CACHE`` or ``HF_HOME``.

Events on standard output, one JSON object per line:

``plan``
    first: ``files``, ``total_bytes``, ``here_bytes`` (found in the cache), ``fetch_bytes`` (still to be fetched).
``stage``
    ``stage`` is ``fetch``, ``verify`` (every byte is here and is being hashed; ``fetch`` again where a hash was wrong)
    or ``link`` (all is checked and becomes visible).
``progress``
    at most four a second: ``done_bytes`` (never goes back), ``total_bytes``, ``bytes_per_s``, ``eta_s`` (both may be
    ``null``), and ``files``, those being worked on: ``path``, ``state`` (``fetch`` or ``verify``), ``done_bytes``,
    ``total_bytes``.
``request``
    one outgoing connection's use: ``host``, ``status`` (``null`` where there was no answer), ``received_bytes``,
    ``sent_unix_s``, ``purpose``.
``waiting``
    a try failed and another follows after ``wait_s``; ``code`` is a problem's.
``again``
    a whole file had the wrong hash and is fetched once more: ``path``, ``expected``, ``found``.
``done``
    last, with exit code 0: ``snapshot`` (the folder), ``revision``, ``fetched_bytes`` (by this run).
``stopped``
    last, with exit code 0, after SIGTERM: ``done_bytes``, ``total_bytes``.  The same command goes on from there.
``problem``
    last, with exit code 1: ``code`` and ``facts``.

Closing standard input, SIGKILL and a power cut end it without a word; the same command goes on from there, too.
"""
