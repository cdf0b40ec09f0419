"""Certificates: made, kept, renewed with the same key, and the user's own."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from cryptography import x509

from engineroom.adapters.certificate import given_certificate, own_certificate
from engineroom.domain.errors import Code, EngineroomError, Rejected

NAMES = ["192.168.1.5", "fd00::5", "box", "box.local"]


def numbers(path: Path) -> object:
    """The public key."""
    return x509.load_pem_x509_certificate(path.read_bytes()).public_key().public_numbers()


def test_it_is_made_once_and_carries_every_name(tmp_path: Path) -> None:
    made = own_certificate(tmp_path / "tls", NAMES)
    assert own_certificate(tmp_path / "tls", NAMES[:2]) == made
    assert made.key.stat().st_mode & 0o777 == 0o600
    found = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    carried = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in carried] == NAMES
    assert (found.not_valid_after_utc - found.not_valid_before_utc).days <= 825
    assert made.context().minimum_version == ssl.TLSVersion.TLSv1_2


def test_another_name_renews_it_and_keeps_the_key(tmp_path: Path) -> None:
    first = own_certificate(tmp_path, NAMES)
    before = numbers(first.certificate)
    second = own_certificate(tmp_path, [*NAMES, "10.0.0.7"])
    assert second.fingerprint != first.fingerprint
    assert numbers(second.certificate) == before
    second.context()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl tells the fingerprint independently")
def test_the_fingerprint_is_what_other_programs_show(tmp_path: Path) -> None:
    made = own_certificate(tmp_path, NAMES)
    told = subprocess.run(
        ["openssl", "x509", "-in", str(made.certificate), "-noout", "-fingerprint", "-sha256"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told.strip().rpartition("=")[2] == made.fingerprint


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the files that are wrong")
def test_what_is_wrong_with_ones_own_is_told_by_a_code_and_the_file(tmp_path: Path) -> None:
    made, other = own_certificate(tmp_path / "a", NAMES), own_certificate(tmp_path / "b", NAMES)
    locked, weak_key, weak = (tmp_path / name for name in ("locked.key", "weak.key", "weak.pem"))
    openssl("ec", "-in", str(made.key), "-aes256", "-passout", "pass:secret", "-out", str(locked))
    openssl("genrsa", "-out", str(weak_key), "1024")
    openssl("req", "-x509", "-key", str(weak_key), "-out", str(weak), "-subj", "/CN=x")
    empty, cut = tmp_path / "empty.pem", tmp_path / "cut.pem"
    empty.write_text("", "utf-8")
    lines = made.certificate.read_text("utf-8").splitlines()
    cut.write_text("\n".join([*lines[:3], lines[-1]]), "utf-8")
    wrong = (
        (made.certificate, other.key, "pem_other_key", other.key),
        (made.certificate, weak_key, "pem_other_key", weak_key),
        (made.certificate, locked, "pem_locked", locked),
        (made.certificate, empty, "pem_broken", empty),
        (made.certificate, tmp_path / "gone", "os_enoent", tmp_path / "gone"),
        (weak, weak_key, "pem_weak", weak),
        (empty, made.key, "pem_none", empty),
        (cut, made.key, "pem_broken", cut),
    )
    for certificate, key, detail, guilty in wrong:
        with pytest.raises(Rejected) as refused:
            given_certificate(certificate, key).context()
        facts = refused.value.problem.facts
        assert (facts["detail"], facts["path"]) == (detail, str(guilty)), (certificate, key)


def openssl(*options: str) -> None:
    subprocess.run(["openssl", *options], capture_output=True, check=True)


def code(call) -> str:
    with pytest.raises(EngineroomError) as caught:
        call()
    return caught.value.code


def test_files_that_are_none_are_told_and_left(tmp_path: Path) -> None:
    made = own_certificate(tmp_path, NAMES)
    assert code(lambda: given_certificate(tmp_path / "none.pem", made.key)) == Code.CERTIFICATE_BROKEN
    assert code(lambda: given_certificate(made.key, made.key)) == Code.CERTIFICATE_BROKEN
    other = own_certificate(tmp_path / "other", NAMES)
    mixed = given_certificate(made.certificate, other.key)
    assert code(mixed.context) == Code.CERTIFICATE_BROKEN
    made.certificate.write_text("not a certificate", "utf-8")
    assert code(lambda: own_certificate(tmp_path, NAMES)) == Code.CERTIFICATE_BROKEN
    assert made.certificate.read_text("utf-8") == "not a certificate"
