"""Whose certificates the command line believes."""

import ssl

from engineroom.client.control import trusted


def test_over_plain_http_no_certificate_is_read_and_none_believed() -> None:
    context = trusted("http://127.0.0.1:8411")
    assert isinstance(context, ssl.SSLContext)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.cert_store_stats()["x509"] == 0
    assert trusted("https://127.0.0.1:8411") is True
