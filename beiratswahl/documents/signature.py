"""Elektronische Signatur: PAdES with the municipality's key. The only place that knows pyHanko.

The signed file stays PDF/A-3a and PDF/UA-1: an empty field is tagged first, then signed, and the metadata stay as the press wrote them.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

FIELD = "Signatur"


class KeyUnusable(ValueError):
    """The key cannot sign; the German text says why and what to do."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Schlüssel of a municipality, with what its certificate says.

    Attributes:
        holder: common name, or the organisation where there is none.
        valid_until_utc: end of the certificate.
        container: PKCS#12 with key and certificates.
        passphrase: opens it.
    """

    holder: str
    valid_until_utc: datetime
    container: bytes
    passphrase: bytes


def key_of(folder: Path, ags: str, at_utc: datetime) -> SigningKey | None:
    """Schlüssel einer Körperschaft: `keys/AGS.p12` in the folder of the installation, its passphrase beside it in `keys/AGS.passphrase`.

    Args:
        folder: folder of the installation.
        ags: Gemeindeschlüssel.
        at_utc: moment of signing.

    Returns:
        The key, or None when the municipality has none.

    Raises:
        KeyUnusable: it cannot be read or opened, holds no key, or its certificate is not valid at that moment.
    """
    file = folder / "keys" / f"{ags}.p12"
    if not file.exists():
        return None
    try:
        container = file.read_bytes()
        secret = file.with_suffix(".passphrase")
        passphrase = secret.read_bytes().strip() if secret.exists() else b""
        opened = load_pkcs12(container, passphrase or None)
    except OSError as error:
        raise KeyUnusable(f"Der Signaturschlüssel {file.name} lässt sich nicht lesen ({error.strerror}). Prüfen Sie die Rechte.") from error
    except ValueError as error:
        raise KeyUnusable(
            f"Der Signaturschlüssel {file.name} lässt sich nicht öffnen: Das Kennwort in {file.stem}.passphrase passt nicht, oder die "
            "Datei ist kein PKCS#12."
        ) from error
    if opened.key is None or opened.cert is None:
        raise KeyUnusable(f"In {file.name} fehlt der private Schlüssel oder das Zertifikat. Lassen Sie die Datei neu ausstellen.")
    certificate = opened.cert.certificate
    if not certificate.not_valid_before_utc <= at_utc <= certificate.not_valid_after_utc:
        raise KeyUnusable(
            f"Das Zertifikat in {file.name} gilt vom {certificate.not_valid_before_utc:%d.%m.%Y} bis "
            f"{certificate.not_valid_after_utc:%d.%m.%Y}, heute also nicht. Hinterlegen Sie ein gültiges."
        )
    return SigningKey(_holder(certificate), certificate.not_valid_after_utc, container, passphrase)


def sign(pdf: bytes, key: SigningKey, *, reason: str, location: str) -> bytes:
    """Signieren: a PAdES baseline signature that allows no later change.

    Source: eIDAS Art. 26, 36; ETSI EN 319 142-1 (PAdES B-B).

    Args:
        pdf: a file of the press.
        key: the key.
        reason: shown by readers, e.g. "Bekanntmachung des Wahlergebnisses".
        location: place, shown by readers.

    Returns:
        The signed file, still PDF/A-3a and PDF/UA-1.
    """
    signer = SimpleSigner.load_pkcs12_data(key.container, other_certs=[], passphrase=key.passphrase or None)
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    out = BytesIO()
    unsigned = _AsPrinted(BytesIO(_with_field(pdf)))
    # pyHanko runs an event loop of its own; a thread of its own has none already
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(sign_pdf, unsigned, about, signer=signer, existing_fields_only=True, output=out).result()
    return out.getvalue()


class _AsPrinted(IncrementalPdfFileWriter):
    """Leaves the metadata alone: pyHanko would write them anew and lose what PDF/UA-1 and PDF/A-3a ask for."""

    def _update_meta(self) -> None:
        pass


def _with_field(pdf: bytes) -> bytes:
    """Add an empty signature field without extent, tagged as a form (ISO 14289-1, 7.18.4)."""
    file = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        root: Any = document.Root
        tree = root.StructTreeRoot
        first = document.pages[0].obj
        key = int(tree.get("/ParentTreeNextKey", 0)) or 1 + max(_keys(tree.ParentTree), default=-1)
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(FIELD), TU=String("Elektronische Signatur"), F=132,
                Rect=Array([0, 0, 0, 0]), P=first, StructParent=key,
            )
        )  # fmt: skip
        parent = tree.K[0] if isinstance(tree.K, Array) else tree.K
        form = document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Form, P=parent, K=Dictionary(Type=Name.OBJR, Obj=field, Pg=first))
        )
        children = parent.get("/K", Array([]))
        parent.K = Array([*(children if isinstance(children, Array) else [children]), form])
        _add_key(tree, key, form)
        first.Annots = Array([*first.get("/Annots", []), field])
        root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        document.save(file, deterministic_id=True, static_id=False)
    return file.getvalue()


def _keys(node: Any) -> list[int]:
    return [int(key) for key in list(node.get("/Nums", []))[::2]] + [key for child in node.get("/Kids", []) for key in _keys(child)]


def _add_key(tree: Any, key: int, element: Any) -> None:
    node = tree.ParentTree
    if "/Kids" in node:
        node = node.Kids[-1]
        if "/Limits" in node:
            node.Limits[1] = key
    node.Nums = Array([*node.get("/Nums", []), key, element])
    tree.ParentTreeNextKey = key + 1


def _holder(certificate: Certificate) -> str:
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = certificate.subject.get_attributes_for_oid(kind)
        if found:
            return str(found[0].value)
    return certificate.subject.rfc4514_string()
