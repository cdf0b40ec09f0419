"""The certificate that others see: the user's own, or one that we make and sign ourselves."""

import datetime as dt
import hashlib
import ipaddress
import os
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.os_errors import caused

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

# Apple's systems take no certificate that is valid for longer.
VALID_DAYS = 825
RENEW_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Files of a certificate and its private key (``fingerprint``: SHA-256 of the certificate)."""

    certificate: Path
    key: Path
    fingerprint: str

    def context(self) -> ssl.SSLContext:
        """For a server: TLS 1.2 and newer. Raises Rejected (``certificate_broken``)."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        try:
            context.load_cert_chain(self.certificate, self.key)
        except (OSError, ssl.SSLError) as error:
            raise _broken(self.certificate, error) from error
        return context


def given_certificate(certificate: Path, key: Path) -> Certificate:
    """The user's own. Raises Rejected (``certificate_broken``)."""
    try:
        first = certificate.read_text("utf-8")
        der = ssl.PEM_cert_to_DER_cert(first[: first.index("-----END CERTIFICATE-----") + 26].strip())
    except (OSError, ValueError) as error:
        raise _broken(certificate, error) from error
    return Certificate(certificate=certificate, key=key, fingerprint=_fingerprint(der))


def own_certificate(folder: Path, names: Sequence[str]) -> Certificate:
    """The one in ``folder``, made anew where it is missing, runs out, or does not carry all ``names``.

    The private key stays the same, so that a client which pinned the key need not be told.

    Raises:
        EngineroomError: ``state_unwritable``, or ``certificate_broken`` where the files there are not ours.
    """
    files = Certificate(certificate=folder / "certificate.pem", key=folder / "key.pem", fingerprint="")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _serves(files.certificate, names):
            _make(files, names)
        return given_certificate(files.certificate, files.key)
    except OSError as error:
        raise Broken(Code.STATE_UNWRITABLE, path=str(folder), **caused(error)) from error
    except ValueError as error:
        raise _broken(files.certificate, error) from error


def _serves(file: Path, names: Sequence[str]) -> bool:
    from cryptography import x509  # noqa: PLC0415 (loaded only where others are let in)

    if not file.exists():
        return False
    found = x509.load_pem_x509_certificate(file.read_bytes())
    carried = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    left = found.not_valid_after_utc - dt.datetime.now(dt.UTC)
    return set(_alternatives(names)) <= set(carried) and left > dt.timedelta(days=RENEW_DAYS)


def _make(files: Certificate, names: Sequence[str]) -> None:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.x509.oid import ExtendedKeyUsageOID  # noqa: PLC0415

    private, now = _private_key(files.key), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Engineroom")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=VALID_DAYS - 1))
        .add_extension(x509.SubjectAlternativeName(_alternatives(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _private_key(file: Path) -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    if file.exists():
        found = serialization.load_pem_private_key(file.read_bytes(), password=None)
        if not isinstance(found, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{file.name} is not a key that was made here")
        return found
    private = ec.generate_private_key(ec.SECP256R1())
    text = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
        output.write(text)
    return private


def _alternatives(names: Sequence[str]) -> "list[x509.GeneralName]":
    from cryptography import x509  # noqa: PLC0415

    found: list[x509.GeneralName] = []
    for name in dict.fromkeys(names):
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(name.strip("[]"))))
        except ValueError:
            found.append(x509.DNSName(name))
    return found


def _fingerprint(der: bytes) -> str:
    return ":".join(f"{byte:02X}" for byte in hashlib.sha256(der).digest())


def _broken(path: Path, error: Exception) -> Rejected:
    return Rejected(Code.CERTIFICATE_BROKEN, path=str(path), **caused(error))
