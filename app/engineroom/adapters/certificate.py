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

from engineroom.adapters.plain_callers import AnsweringContext
from engineroom.domain.errors import Broken, Code, FactValue, Rejected
from engineroom.domain.os_errors import caused
from engineroom.domain.parse_faults import Unread, fault

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

# Apple's systems take no certificate that is valid for longer.
VALID_DAYS = 825
RENEW_DAYS = 30
_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
_FAULTS = (
    ("KEY_VALUES_MISMATCH", "pem_other_key"),
    ("KEY_TYPE_MISMATCH", "pem_other_key"),
    ("NO_CERTIFICATE_ASSIGNED", "pem_other_key"),
    ("TOO_SMALL", "pem_weak"),
    ("TOO_WEAK", "pem_weak"),
    ("PEM", "pem_broken"),
    ("NO_START_LINE", "pem_broken"),
    ("ASN1", "pem_broken"),
)
_LOCKED = "ENCRYPTED"
_MOST_SAID = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Files of a certificate and its private key (``fingerprint``: SHA-256 of the certificate)."""

    certificate: Path
    key: Path
    fingerprint: str

    def context(self, plain_answer: bytes = b"") -> ssl.SSLContext:
        """For a server: TLS 1.2 and newer. Raises Rejected (``certificate_broken``).

        Args:
            plain_answer: a whole answer for who speaks plain HTTP.
        """
        context = AnsweringContext(ssl.PROTOCOL_TLS_SERVER)
        context.answer = plain_answer
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        try:
            # A password would be asked for at a terminal that nobody sits at.
            context.load_cert_chain(self.certificate, self.key, password=bytes)
        except OSError as error:
            raise self._told(error) from error
        return context

    def _told(self, error: OSError) -> Rejected:
        """OpenSSL does not say which of the two files it means; the certificate could be opened before."""
        if not isinstance(error, ssl.SSLError):
            return _broken(self.key, error)
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_verify_locations(cadata=_first_of(self.certificate))
            locked = _LOCKED in self.key.read_text("utf-8", "replace")
        except (OSError, ValueError):
            return _broken(self.certificate, error)
        if _fault(error) == "pem_weak":
            return _broken(self.certificate, error)
        return _broken(self.key, Unread("pem_locked") if locked else error)


def given_certificate(certificate: Path, key: Path) -> Certificate:
    """The user's own. Raises Rejected (``certificate_broken``)."""
    try:
        der = _first_of(certificate)
    except (OSError, ValueError) as error:
        raise _broken(certificate, error) from error
    return Certificate(certificate=certificate, key=key, fingerprint=_fingerprint(der))


def _first_of(certificate: Path) -> bytes:
    """The first certificate of a file. Raises OSError, ValueError."""
    text = certificate.read_text("utf-8", "replace")
    begin, end = text.find(_BEGIN), text.find(_END)
    if not 0 <= begin < end:
        raise Unread("pem_none")
    return ssl.PEM_cert_to_DER_cert(text[begin : end + len(_END)])


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
            raise Unread("pem_not_ours")
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
    return Rejected(Code.CERTIFICATE_BROKEN, path=str(path), **_unproved(error))


def _unproved(error: Exception) -> dict[str, FactValue]:
    if isinstance(error, Unread):
        return error.facts
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        return caused(error)
    said = str(getattr(error, "reason", None) or error)
    return fault(_fault(error), said=said[:_MOST_SAID])


def _fault(error: Exception) -> str:
    """What OpenSSL means, by its own word for it."""
    said = str(getattr(error, "reason", None) or error).upper().replace(" ", "_")
    if not isinstance(error, ssl.SSLError):
        return "pem_broken"
    return next((code for part, code in _FAULTS if part in said), "pem_other")
