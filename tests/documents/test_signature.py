"""The announcement, signed with the municipality's key: still archive format, accessible, and every later change shows."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import page
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from beiratswahl.documents.result_announcement import announce
from beiratswahl.documents.signature import KeyUnusable, SigningKey, key_of, sign
from tests.documents import samples

AGS, PASSPHRASE = "07999000", b"geheim"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOLDER = "Stadt Musterstadt"


def write_key(folder: Path, ends: datetime = NOW + timedelta(days=30)) -> None:
    """A key of the municipality with a certificate it signed itself."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOLDER)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key()).serial_number(7)
    certificate = builder.not_valid_before(ends - timedelta(days=400)).not_valid_after(ends).sign(private, hashes.SHA256())
    container = pkcs12.serialize_key_and_certificates(
        b"beirat", private, certificate, None, serialization.BestAvailableEncryption(PASSPHRASE)
    )
    keys = folder / "keys"
    keys.mkdir(exist_ok=True)
    (keys / f"{AGS}.p12").write_bytes(container)
    (keys / f"{AGS}.passphrase").write_bytes(PASSPHRASE + b"\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("installation")
    write_key(found)
    return found


@pytest.fixture(scope="module")
def key(folder: Path) -> SigningKey:
    found = key_of(folder, AGS, NOW)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def signed(key: SigningKey) -> bytes:
    return sign(announce(samples.preliminary()), key, reason="Bekanntmachung des Wahlergebnisses", location="Musterstadt")


def read_by_pdfsig(tmp_path: Path, content: bytes) -> str:
    file = tmp_path / "bekanntmachung.pdf"
    file.write_bytes(content)
    return subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout


def test_the_key_says_who_holds_it_and_until_when(key: SigningKey) -> None:
    assert (key.holder, key.valid_until_utc) == (HOLDER, NOW + timedelta(days=30))


def test_a_reader_finds_the_signature_valid_and_over_the_whole_file(signed: bytes, tmp_path: Path) -> None:
    found = read_by_pdfsig(tmp_path, signed)
    assert "Signature is Valid" in found
    assert "Total document signed" in found
    assert f"Signer Certificate Common Name: {HOLDER}" in found
    assert "ETSI.CAdES.detached" in found


def test_one_changed_byte_breaks_the_signature(signed: bytes, tmp_path: Path) -> None:
    place = len(signed) // 3
    assert "Signature is Valid" not in read_by_pdfsig(tmp_path, signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :])


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
def test_the_signed_file_stays_archive_format_and_accessible(signed: bytes, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(signed, profile=profile)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_without_a_key_nothing_is_signed(tmp_path: Path) -> None:
    assert key_of(tmp_path, AGS, NOW) is None


def test_a_certificate_out_of_date_does_not_sign(tmp_path: Path) -> None:
    write_key(tmp_path, ends=NOW - timedelta(days=1))
    with pytest.raises(KeyUnusable, match=r"bis 21\.11\.2026, heute"):
        key_of(tmp_path, AGS, NOW)


def test_a_wrong_passphrase_and_a_foreign_file_are_named(tmp_path: Path) -> None:
    write_key(tmp_path)
    (tmp_path / "keys" / f"{AGS}.passphrase").write_text("falsch")
    with pytest.raises(KeyUnusable, match=r"07999000\.passphrase passt nicht"):
        key_of(tmp_path, AGS, NOW)
    (tmp_path / "keys" / f"{AGS}.p12").write_bytes(b"kein Schluessel")
    with pytest.raises(KeyUnusable, match="kein PKCS#12"):
        key_of(tmp_path, AGS, NOW)
